// Finds Electron's binary and starts the companion in it; for plain Node, so `electron` itself is never imported.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { findProgramFiles } from '../root-dir.ts'

export interface FoundElectron {
  path: string
  version: string
}

/** The binary that is there already; nothing is downloaded. */
export function findElectron(
  root: string = findProgramFiles().root,
  env: Record<string, string | undefined> = process.env,
): FoundElectron | undefined {
  const places = [env.ELECTRON_OVERRIDE_DIST_PATH, path.join(root, 'node_modules', 'electron', 'dist')]
  for (const dist of places) {
    if (!dist) continue
    const binary = path.join(dist, toBinary(process.platform))
    if (existsSync(binary)) return { path: binary, version: readVersion(dist) }
  }
  return undefined
}

function toBinary(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return platform === 'win32' ? 'electron.exe' : 'electron'
}

function readVersion(dist: string): string {
  try {
    return readFileSync(path.join(dist, 'version'), 'utf8').trim().replace(/^v/, '')
  } catch {
    return ''
  }
}

/** Starts the built companion with the person's arguments; its output is ours. Resolves with its exit code. */
export function launchElectron(electron: FoundElectron, args: readonly string[]): Promise<number> {
  const { root } = findProgramFiles()
  const env = { ...process.env }
  // Set by editors that are Electron themselves; it would make ours a plain Node.
  delete env.ELECTRON_RUN_AS_NODE
  const child = spawn(electron.path, [...rootFlags(), root, ...args], { stdio: 'inherit', env })
  const passOn = (signal: NodeJS.Signals) => void child.kill(signal)
  const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM']
  for (const signal of signals) process.on(signal, passOn)
  return new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => {
      for (const signal of signals) process.off(signal, passOn)
      resolve(code ?? 1)
    })
  })
}

/** Chromium refuses to run as root with its sandbox; everybody else keeps it. */
function rootFlags(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : []
}
