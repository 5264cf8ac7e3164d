// `npm run words`: brings the catalogues up to date with the texts in the code, and compiles them.
import { spawnSync } from 'node:child_process'
import process from 'node:process'

for (const command of [
  ['extract', '--clean'],
  ['compile', '--typescript'],
]) {
  const { status } = spawnSync(process.execPath, ['node_modules/@lingui/cli/dist/lingui.js', ...command], {
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(status ?? 1)
}
