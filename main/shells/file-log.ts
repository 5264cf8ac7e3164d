// The log on disk: `logs/companion.log`, redacted by createLog, turned over at 2 MB, two old files kept.
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'
import { createLog, type Log, type LogLevel } from '../../common/kit/log.ts'

export interface FileLogOptions {
  least?: LogLevel
  maxBytes?: number
  /** Also hands each line here, such as to the terminal. */
  echo?: (line: string, level: LogLevel) => void
}

/** Lines are few (one a transition), so they are written at once: the last one before a crash is the one that counts. */
export function openFileLog(dataDir: string, options: FileLogOptions = {}): Log {
  const { maxBytes = 2_000_000, least = 'info', echo } = options
  const file = path.join(dataDir, 'logs', 'companion.log')
  let size = prepare(file)
  return createLog((line, level) => {
    echo?.(line, level)
    if (size === undefined) return
    try {
      if (size > maxBytes) size = turnOver(file)
      appendFileSync(file, `${line}\n`, { mode: 0o600 })
      size += Buffer.byteLength(line) + 1
    } catch {
      // A full disk must not take the phone down; the next line tries again.
    }
  }, least)
}

/** Size of what is there, or nothing when the folder cannot be made. */
function prepare(file: string): number | undefined {
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
    return statSync(file, { throwIfNoEntry: false })?.size ?? 0
  } catch {
    return undefined
  }
}

function turnOver(file: string): number {
  for (const [from, to] of [
    [`${file}.1`, `${file}.2`],
    [file, `${file}.1`],
  ] as const) {
    try {
      renameSync(from, to)
    } catch {
      // There is no old one yet.
    }
  }
  return 0
}
