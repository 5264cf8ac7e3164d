// What each browser said when it was asked for its version: asking costs as much as a page, at every start.
import { readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export interface KnownVersions {
  /** Nothing when it was never asked, or has changed since. */
  get(file: string): string | undefined
  put(file: string, version: string): void
}

/** Remembers nothing. */
export const noKnownVersions: KnownVersions = { get: () => undefined, put: () => {} }

/** In the profile's folder; a file that cannot be read or written only costs the time. */
export function openKnownVersions(dataDir: string): KnownVersions {
  const file = path.join(dataDir, 'browsers.json')
  const known = new Map<string, string>(Object.entries(readKnown(file)))
  return {
    get: (browser) => known.get(toKey(browser)),
    put(browser, version) {
      known.set(toKey(browser), version)
      try {
        writeFileSync(file, JSON.stringify(Object.fromEntries([...known].slice(-8))), { mode: 0o600 })
      } catch {
        // Asked again next time.
      }
    },
  }
}

/** The file behind the links, and what changes when it is replaced. */
function toKey(browser: string): string {
  const real = realpathSync(browser)
  const { size, mtimeMs } = statSync(real)
  return `${real} ${size} ${mtimeMs}`
}

function readKnown(file: string): Record<string, string> {
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'))
    const rows = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : []
    return Object.fromEntries(rows.filter((row): row is [string, string] => typeof row[1] === 'string'))
  } catch {
    return {}
  }
}
