// Where the figures come from: without it no figure can be compared with another.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { findChromium } from '../../main/shells/chromium/find-chromium.ts'

export interface Machine {
  date: string
  processor: string
  memory: string
  system: string
  node: string
  browser: string
  commit: string
  /** Processes that wanted to run, in the minute before. */
  load: string
}

export function describeMachine(): Machine {
  const cpus = os.cpus()
  return {
    date: new Date().toISOString().slice(0, 16).replace('T', ' '),
    processor: `${cpus.length} × ${cpus[0]?.model.trim() ?? 'unknown'}`,
    memory: `${Math.round(os.totalmem() / 1024 ** 3)} GB`,
    system: `${systemName()}, ${os.type()} ${os.release()} ${os.arch()}`,
    node: process.version,
    browser: findChromium()?.version ?? 'none',
    commit: readCommit(),
    load: (os.loadavg()[0] ?? 0).toFixed(1),
  }
}

function systemName(): string {
  try {
    return /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? os.platform()
  } catch {
    return os.platform()
  }
}

function readCommit(): string {
  const cwd = path.resolve(import.meta.dirname, '../..')
  const { stdout, status } = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd, encoding: 'utf8' })
  return status === 0 ? stdout.trim() : 'unknown'
}
