// The log: info one line per transition, warn a retry, error given up, debug the rest. It redacts by itself.
import { redact } from './redact.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

export interface Log {
  debug(message: string, more?: unknown): void
  info(message: string, more?: unknown): void
  warn(message: string, more?: unknown): void
  error(message: string, more?: unknown): void
}

const rank: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 }

/** A log that hands each redacted line to `write`; lines under `least` are dropped. */
export function createLog(write: (line: string, level: LogLevel) => void, least: LogLevel = 'info'): Log {
  const at = (level: LogLevel) => (message: string, more?: unknown) => {
    if (rank[level] < rank[least]) return
    const tail = more === undefined ? '' : ` ${toText(more)}`
    write(`${new Date().toISOString()} ${level.padEnd(5)} ${String(redact(message))}${tail}`, level)
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

function toText(more: unknown): string {
  if (more instanceof Error) return String(redact(more.stack ?? more.message))
  try {
    return JSON.stringify(redact(more))
  } catch {
    return String(more)
  }
}
