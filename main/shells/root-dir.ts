// Finds the program's own files, whether it runs from source, from dist or from inside a package.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export interface ProgramFiles {
  root: string
  version: string
  /** The built page. */
  pageDir: string
  preload: string
  practice: string
}

export function findProgramFiles(from: string = import.meta.url): ProgramFiles {
  for (let dir = path.dirname(fileURLToPath(from)); ; dir = path.dirname(dir)) {
    const version = versionAt(dir)
    if (version !== undefined) {
      const dist = path.join(dir, 'dist')
      return {
        root: dir,
        version,
        pageDir: path.join(dist, 'renderer'),
        preload: path.join(dist, 'preload', 'preload.cjs'),
        practice: path.join(dist, 'practice', 'practice.js'),
      }
    }
    if (dir === path.dirname(dir)) throw new Error('The program’s own files cannot be found.')
  }
}

function versionAt(dir: string): string | undefined {
  const file = path.join(dir, 'package.json')
  if (!existsSync(file)) return undefined
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown; version?: unknown }
  return manifest.name === 'voipbin-companion' ? String(manifest.version) : undefined
}
