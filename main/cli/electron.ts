// Brings the declared Electron where the network allows it.
import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { type FoundElectron, findElectron } from '../shells/electron/launch.ts'

const modules = path.resolve(import.meta.dirname, '../../node_modules')

/** Tried once an installation, because without the network it would delay every start. */
export function downloadElectron(): FoundElectron | undefined {
  const tried = path.join(modules, '.companion-electron-tried')
  if (existsSync(tried)) return undefined
  writeFileSync(tried, new Date().toISOString())
  console.log('Downloading Electron (once; at most two minutes) …')
  const script = path.join(modules, 'electron/install.js')
  spawnSync(process.execPath, [script], { stdio: 'ignore', timeout: 120_000 })
  return findElectron()
}
