// An Electron to test with: one named by the environment, the declared one, or a runtime prepared beside the project.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

const top = path.resolve(import.meta.dirname, '../..')

/** Its folder; nothing where none is to be had, with the reason on standard error when preparing one failed. */
export function findElectronRuntime(): string | undefined {
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (named) return named
  const own = path.join(top, 'node_modules/electron/dist')
  if (existsSync(path.join(own, 'version'))) return own
  const script = path.resolve(top, '../shared/electron-runtime/prepare.mjs')
  if (!existsSync(script)) return undefined
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' })
  if (status === 0) return stdout.trim().split('\n').at(-1)
  console.error(`The Electron test runtime could not be prepared:\n${stderr}`)
  return undefined
}
