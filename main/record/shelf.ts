// The folder of the records: one file each. The oldest go first when they are too old, or all together too large.
import { mkdirSync } from 'node:fs'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { FlightRecord } from '../../common/model/record.ts'
import { readLines } from '../../common/record/journal-lines.ts'
import { type JournalFiles, packFile, readPacked } from './journal.ts'

const runningEnd = '.running.jsonl'
const packedEnd = '.jsonl.gz'

export interface Shelf {
  files(id: string): JournalFiles
  /** Nothing when there is none. Throws what the disk says, or what is wrong with the file. */
  read(id: string): Promise<FlightRecord | undefined>
  /** Packs what a crash left behind, then lets old ones go. `running` are left alone. */
  tidy(limits: { days: number; megabytes: number; running: ReadonlySet<string> }): Promise<void>
  remove(ids: readonly string[] | 'all'): Promise<void>
}

const isId = (id: string) => /^[\w.-]{1,120}$/.test(id)

export function openShelf(dataDir: string): Shelf {
  const folder = path.join(dataDir, 'records')
  const files = (id: string): JournalFiles => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return { running: path.join(folder, id + runningEnd), packed: path.join(folder, id + packedEnd) }
  }
  const names = () => readdir(folder).catch((): string[] => [])
  const kept = async () => {
    const found = (await names()).filter((name) => name.endsWith(packedEnd))
    const rows = await Promise.all(
      found.map(async (name) => {
        const about = await stat(path.join(folder, name)).catch(() => undefined)
        return about ? [{ file: path.join(folder, name), at: about.mtimeMs, size: about.size }] : []
      }),
    )
    return rows.flat().sort((a, b) => b.at - a.at)
  }
  return {
    files,
    async read(id) {
      if (!isId(id)) return undefined
      const own = files(id)
      const packed = await orNothing(readPacked(own.packed))
      const text = packed ?? (await orNothing(readFile(own.running, 'utf8')))
      return text === undefined ? undefined : readLines(text)
    },
    async tidy({ days, megabytes, running }) {
      for (const name of await names()) {
        if (name.endsWith('.tmp')) await rm(path.join(folder, name), { force: true })
        const id = name.endsWith(runningEnd) ? name.slice(0, -runningEnd.length) : undefined
        if (id !== undefined && !running.has(id)) await packFile(files(id))
      }
      let total = 0
      const oldest = days === 0 ? 0 : Date.now() - days * 86_400_000
      for (const { file, at, size } of await kept()) {
        total += size
        if (at < oldest || total > megabytes * 1024 * 1024) await rm(file, { force: true })
      }
    },
    async remove(ids) {
      if (ids === 'all') return rm(folder, { recursive: true, force: true })
      for (const id of ids.filter(isId)) await rm(files(id).packed, { force: true })
    },
  }
}

async function orNothing(work: Promise<string>): Promise<string | undefined> {
  try {
    return await work
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return undefined
    throw thrown
  }
}
