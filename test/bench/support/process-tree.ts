// Memory and processor time of a process and everything it started, from /proc. Linux only.

import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** Itself and all its descendants. */
export function processTree(root: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? Number(statOf(Number(name))?.[1]) : 0
    if (parent > 0) children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const all: number[] = []
  const walk = (pid: number) => {
    all.push(pid)
    for (const child of children.get(pid) ?? []) walk(child)
  }
  walk(root)
  return all
}

/** Resident bytes of one process. */
export const residentBytes = (pid: number) => readKb(`/proc/${pid}/status`, 'VmRSS') * 1024

/** Bytes of all of them, memory that is shared counted once. */
export const proportionalBytes = (pids: readonly number[]) =>
  pids.reduce((sum, pid) => sum + readKb(`/proc/${pid}/smaps_rollup`, 'Pss') * 1024, 0)

/** Bytes that would be free if they ended: what other programs share with them does not count. */
export const privateBytes = (pids: readonly number[]) =>
  pids.reduce((sum, pid) => {
    const file = `/proc/${pid}/smaps_rollup`
    return sum + (readKb(file, 'Private_Clean') + readKb(file, 'Private_Dirty')) * 1024
  }, 0)

/** Processor time used so far by all of them. */
export function processorMs(pids: readonly number[]): number {
  const ticks = pids.reduce((sum, pid) => {
    const fields = statOf(pid)
    return sum + Number(fields?.[11] ?? 0) + Number(fields?.[12] ?? 0)
  }, 0)
  return (ticks * 1000) / ticksPerSecond
}

/** Who takes how much, the largest first. */
export function kindsOf(
  tree: readonly number[],
  text: (bytes: number) => string,
  bytesOf: (pids: readonly number[]) => number = proportionalBytes,
): string {
  const kinds = new Map<string, number>()
  for (const pid of tree) {
    const kind = kindOf(pid)
    kinds.set(kind, (kinds.get(kind) ?? 0) + bytesOf([pid]))
  }
  const rows = [...kinds].sort((a, b) => b[1] - a[1])
  return rows.map(([kind, bytes]) => `${kind} ${text(bytes)}`).join(', ')
}

function kindOf(pid: number): string {
  const line = read(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ') ?? ''
  const sub = /--utility-sub-type=\S*?(\w+)(?:Service)?(?:\s|$)/.exec(line)?.[1]
  const type = /--type=(\S+)/.exec(line)?.[1]
  if (type) return sub ? `${type} (${sub})` : type
  return line.includes('--user-data-dir') ? 'browser' : line.includes('companion') ? 'main' : 'other'
}

const ticksPerSecond = Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout) || 100

/** The fields after the name, which may hold spaces: state, parent, … */
function statOf(pid: number): string[] | undefined {
  const text = read(`/proc/${pid}/stat`)
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')
}

function readKb(file: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(read(file) ?? '')?.[1] ?? 0)
}

/** A process may end while we look at it. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
