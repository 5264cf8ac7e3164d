// The history in a plain file, for runtimes without a database: each change is a line at its end, read again at the start.
import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createMemoryStore, type MemoryStore } from './memory-store.ts'
import type { Change, HistoryStore } from './store.ts'

export function openJournal(file: string): HistoryStore {
  const store = createMemoryStore()
  const { changes, broken } = readJournal(file)
  store.apply(changes)
  const ended = toEnds(store)
  store.apply(ended)
  // Something was removed, or a line is broken: the file begins anew with what counts.
  let isUntidy = broken || ended.length > 0 || changes.some(isRemoval)
  if (isUntidy) writeJournal(file, store)
  isUntidy = false
  return {
    ...store,
    kept: 'file',
    apply(changed) {
      // The file first: what it does not take is not there.
      if (changed.some(isRemoval)) {
        const next = createMemoryStore()
        next.apply([...store.changes(), ...changed])
        writeJournal(file, next)
      } else appendFileSync(file, changed.map(toLine).join(''), { mode: 0o600 })
      store.apply(changed)
    },
  }
}

/** Everything that the file still says; a line that was cut off by a crash is left out. */
export function readJournal(file: string): { changes: Change[]; broken: boolean } {
  if (!existsSync(file)) return { changes: [], broken: false }
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  const changes = lines.flatMap(parseLine)
  return { changes, broken: changes.length < lines.length }
}

function parseLine(line: string): Change[] {
  try {
    const change: unknown = JSON.parse(line)
    return typeof change === 'object' && change !== null && 'op' in change ? [change as Change] : []
  } catch {
    return []
  }
}

/** Either the old file or the new one, whole. */
function writeJournal(file: string, store: MemoryStore): void {
  const draft = `${file}.tmp`
  try {
    writeFileSync(draft, store.changes().map(toLine).join(''), { mode: 0o600 })
    renameSync(draft, file)
  } catch (thrown) {
    rmSync(draft, { force: true })
    throw thrown
  }
}

/** Calls without an end are of a process that was ended in the middle of them. */
function toEnds(store: MemoryStore): Change[] {
  return store.changes().flatMap((change): Change[] => {
    if (change.op !== 'call' || change.call.outcome !== undefined) return []
    const last = store.get(change.call.id)?.entries.at(-1)?.createdAt ?? 0
    const endedAt = Math.max(change.call.startedAt, change.call.answeredAt ?? 0, last)
    return [{ op: 'call', call: { ...change.call, endedAt, outcome: 'interrupted' } }]
  })
}

const isRemoval = ({ op }: Change) => op.startsWith('remove')
const toLine = (change: Change) => `${JSON.stringify(change)}\n`
