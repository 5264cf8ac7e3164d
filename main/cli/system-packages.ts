// Programs of the system that we need or can use: finds them, installs them where that is allowed, or says how.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { isExecutable } from '../shells/is-executable.ts'

export interface SystemPackage {
  /** The program to look for in PATH. */
  command: string
  debian: string
  /** Completes "… is needed to". */
  why: string
}

export const xvfb: SystemPackage = {
  command: 'Xvfb',
  debian: 'xvfb',
  why: 'open a window on a machine without a display',
}
export const espeak: SystemPackage = {
  command: 'espeak-ng',
  debian: 'espeak-ng',
  why: 'speak any text on the practice platform',
}

/** True where we may install without asking: root, a Debian-like system, and nobody at a terminal to ask. */
export function mayInstall(): boolean {
  return process.getuid?.() === 0 && !process.stdin.isTTY && existsSync('/usr/bin/apt-get')
}

export function isInstalled(command: string): boolean {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .some((folder) => isExecutable(path.join(folder, command)))
}

/** The missing ones are installed where `mayInstall`; returns those that are still missing. */
export function ensureInstalled(wanted: readonly SystemPackage[]): SystemPackage[] {
  const missing = wanted.filter((one) => !isInstalled(one.command))
  if (missing.length === 0 || !mayInstall()) return missing
  const names = missing.map((one) => one.debian)
  console.log(`Installing ${names.join(', ')} with apt-get …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['update', '-qq'], { env, stdio: 'ignore' })
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...names]
  const { status, stderr } = spawnSync('apt-get', install, { env, encoding: 'utf8' })
  if (status !== 0) console.error(stderr)
  return missing.filter((one) => !isInstalled(one.command))
}

/** One paragraph a missing program: what, why, the command. */
export function missingText(missing: readonly SystemPackage[]): string {
  return missing
    .map((one) => `${one.command} is missing; it is needed to ${one.why}.\n  ${installCommand(one.debian)}`)
    .join('\n')
}

export function installCommand(debian: string): string {
  if (process.platform === 'darwin') return `brew install ${debian}`
  if (process.platform === 'win32') return `See the web site of ${debian}`
  return `sudo apt-get install ${debian}`
}
