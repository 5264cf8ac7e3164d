// `npm run package`: a directory package for this system, made from an unpacked Electron.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import { findElectron } from '../shells/electron/launch.ts'
import { downloadElectron } from './electron.ts'

const top = path.resolve(import.meta.dirname, '../..')
const electron = findElectron() ?? downloadElectron()

if (electron) {
  const builder = path.join(top, 'node_modules/electron-builder/cli.js')
  const target =
    { linux: '--linux', darwin: '--mac', win32: '--win' }[process.platform as string] ?? '--linux'
  const args = [
    target,
    'dir',
    `-c.electronDist=${toDist(electron.path)}`,
    `-c.electronVersion=${electron.version}`,
  ]
  const { status } = spawnSync(process.execPath, [builder, ...args], { cwd: top, stdio: 'inherit' })
  process.exitCode = status ?? 1
} else {
  console.error(
    'Electron is needed to make a package, and it is not there.\n' +
      'Download it:  node node_modules/electron/install.js\n' +
      'or name a folder that has it:  ELECTRON_OVERRIDE_DIST_PATH=…',
  )
  process.exitCode = 1
}

/** On macOS the binary lies inside the bundle. */
function toDist(binary: string): string {
  return process.platform === 'darwin' ? path.resolve(binary, '../../../..') : path.dirname(binary)
}
