// One record while it runs: lines at the end of a file, written once a second; ended, it is one compressed file.
import { appendFile, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { RecordAbout } from '../../common/model/record.ts'
import { type JournalLine, toLine } from '../../common/record/journal-lines.ts'

const pack = promisify(gzip)
const unpack = promisify(gunzip)

/** Of one record, in characters: texts of messages, and everything together. Eight hours of a talkative call fit. */
export const bodyBudget = 8 * 1024 * 1024
export const wholeBudget = 24 * 1024 * 1024
/** What a damaged file may become when it is unpacked. */
const unpackLimit = 64 * 1024 * 1024

export interface Journal {
  add(line: JournalLine): void
  /** Resolves when everything added so far is on disk; rejects with what the disk says, and the next one tries again. */
  flush(): Promise<void>
  /** Writes the rest and packs the file. */
  close(about: RecordAbout): Promise<void>
  /** Writes nothing any more. Resolves when what was being written is. */
  discard(): Promise<void>
}

export interface JournalFiles {
  /** While it runs, and afterwards. */
  running: string
  packed: string
}

/** `append` writes at the end of a file: all of it, or a part of it and throws. */
export function createJournal(
  files: JournalFiles,
  about: RecordAbout,
  append: (file: string, text: string) => Promise<void> = (file, text) =>
    appendFile(file, text, { mode: 0o600 }),
): Journal {
  let waiting = [toLine({ about })]
  let writing: Promise<void> = Promise.resolve()
  const used = { bodies: 0, all: 0 }
  const left = { bodies: 0, items: 0 }
  let isDiscarded = false
  /** Bytes of the file that are whole lines, after a write that failed. */
  let torn: number | undefined

  const toFitting = (line: JournalLine): JournalLine | undefined => {
    const body = 'item' in line && 'body' in line.item ? (line.item.body?.length ?? 0) : 0
    if ('item' in line && body > 0 && used.bodies + body > bodyBudget) {
      left.bodies += 1
      const { body: _, ...item } = line.item as { body?: string } & typeof line.item
      return { item: item as typeof line.item }
    }
    used.bodies += body
    return line
  }
  const flush = (): Promise<void> => {
    writing = writing
      .catch(() => {})
      .then(async () => {
        if (waiting.length === 0) return
        const taken = waiting
        waiting = []
        try {
          if (torn !== undefined) await truncate(files.running, torn).catch(orNone)
          torn ??= await stat(files.running).then(
            ({ size }) => size,
            () => 0,
          )
          await append(files.running, taken.join(''))
          torn = undefined
        } catch (thrown) {
          waiting = [...taken, ...waiting]
          throw thrown
        }
      })
    return writing
  }
  return {
    add(line) {
      if (isDiscarded) return
      const fitting = toFitting(line)
      if (!fitting) return
      const text = toLine(fitting)
      if (used.all + text.length > wholeBudget) {
        left.items += 1
        return
      }
      used.all += text.length
      waiting.push(text)
    },
    flush,
    async close(last) {
      waiting.push(toLine({ about: last }))
      if (left.bodies + left.items > 0) waiting.push(toLine({ left }))
      await flush()
      await packFile(files)
    },
    discard() {
      isDiscarded = true
      waiting = []
      return writing.catch(() => {})
    },
  }
}

/** What is not there has nothing torn. */
function orNone(thrown: unknown): void {
  if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')) throw thrown
}

/** Either the running file or the packed one is there, whole. */
export async function packFile({ running, packed }: JournalFiles): Promise<void> {
  const draft = `${packed}.tmp`
  await writeFile(draft, await pack(await readFile(running)), { mode: 0o600 })
  await rename(draft, packed)
  await rm(running, { force: true })
}

export const readPacked = async (file: string): Promise<string> =>
  (await unpack(await readFile(file), { maxOutputLength: unpackLimit })).toString('utf8')
