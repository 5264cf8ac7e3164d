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

const toId = (name: string) => name.replace(/(?:\.running\.jsonl|\.jsonl\.gz(?:\.tmp)?)$/, '')
const toNames = (id: string) => [id + packedEnd, `${id}${packedEnd}.tmp`, id + runningEnd]
const isId = (id: string) => /^[\w.-]{1,120}$/.test(id)

export function openShelf(dataDir: string): Shelf {
  const folder = path.join(dataDir, 'records')
  const files = (id: string): JournalFiles => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return { running: path.join(folder, id + runningEnd), packed: path.join(folder, id + packedEnd) }
  }
  const names = () => readdir(folder).catch((): string[] => [])
  const kept = async (running: ReadonlySet<string>) => {
    const found = (await names()).filter(
      (name) => name.endsWith(packedEnd) || (name.endsWith(runningEnd) && !running.has(toId(name))),
    )
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
      const own = (await names()).filter((name) => !running.has(toId(name)))
      for (const name of own.filter((one) => one.endsWith('.tmp'))) {
        await rm(path.join(folder, name), { force: true })
      }
      let total = 0
      const oldest = days === 0 ? 0 : Date.now() - days * 86_400_000
      for (const { file, at, size } of await kept(running)) {
        total += size
        if (at < oldest || total > megabytes * 1024 * 1024) await rm(file, { force: true })
      }
      // Last: on a full disk there is room only now. One that cannot be packed stops no other.
      const orphans = (await names()).filter((name) => name.endsWith(runningEnd) && own.includes(name))
      const packed = await Promise.allSettled(orphans.map((name) => packFile(files(toId(name)))))
      for (const one of packed) if (one.status === 'rejected') throw one.reason
    },
    async remove(ids) {
      // The folder stays: a call that begins now writes into it.
      const gone = ids === 'all' ? await names() : ids.filter(isId).flatMap(toNames)
      for (const name of gone) await rm(path.join(folder, name), { force: true })
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
