// Which keeper of the history there is: the database, else a plain file, else memory; a broken database is set aside.

import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '../../common/kit/errors.ts'
import type { Log } from '../../common/kit/log.ts'
import { phrase } from '../../common/words/say.ts'
import { openJournal, readJournal } from './journal.ts'
import { createMemoryStore } from './memory-store.ts'
import { NewerHistory } from './sqlite-schema.ts'
import { loadSqlite, openSqliteStore, type Sqlite } from './sqlite-store.ts'
import type { HistoryStore } from './store.ts'

export interface OpenedStore {
  store: HistoryStore
  /** Why it is not the database. */
  why?: string
}

interface OpenParts {
  dataDir: string
  log: Log
  tell(error: AppError): void
  /** Another runtime's database, for tests; nothing = none. */
  sqlite?: Sqlite | undefined
}

export const toDatabaseFile = (dataDir: string) => path.join(dataDir, 'history.db')
export const toJournalFile = (dataDir: string) => path.join(dataDir, 'history.jsonl')

/** Throws when the disk refuses now and may not later. */
export function openStore(parts: OpenParts): OpenedStore {
  const sqlite = 'sqlite' in parts ? parts.sqlite : loadSqlite()
  const journal = toJournalFile(parts.dataDir)
  if (!sqlite) {
    return {
      store: openJournal(journal),
      why: phrase('This runtime has no database, so the history is kept in a plain file.').text,
    }
  }
  try {
    const store = openDatabase(sqlite, parts)
    takeOver(store, journal)
    return { store }
  } catch (thrown) {
    if (!(thrown instanceof NewerHistory)) throw thrown
    parts.tell(new AppError('history.newer', { detail: thrown.message, cause: thrown }))
    return {
      store: createMemoryStore(),
      why: phrase('The history on disk is of a newer companion; calls of this run are kept in memory.').text,
    }
  }
}

function openDatabase(sqlite: Sqlite, parts: OpenParts): HistoryStore {
  const file = toDatabaseFile(parts.dataDir)
  try {
    return openSqliteStore(sqlite, file)
  } catch (thrown) {
    if (!isCorrupt(thrown)) throw thrown
    setAside(parts, thrown)
    return openSqliteStore(sqlite, file)
  }
}

/** What a runtime without a database kept meanwhile. */
function takeOver(store: HistoryStore, journal: string): void {
  if (!existsSync(journal)) return
  // Opened once as what it is: calls in it without an end get theirs.
  openJournal(journal).close()
  store.apply(readJournal(journal).changes)
  rmSync(journal)
}

/** Whoever deletes all calls means those in broken files, too. */
export function removeSetAside(dataDir: string): void {
  const prefix = `${path.basename(toDatabaseFile(dataDir))}.broken-`
  for (const name of readdirSync(dataDir)) if (name.startsWith(prefix)) rmSync(path.join(dataDir, name))
}

/** The broken file keeps what a person may want back. */
export function setAside({ dataDir, log, tell }: OpenParts, cause: unknown): void {
  const file = toDatabaseFile(dataDir)
  const kept = `${file}.broken-${new Date().toISOString().replace(/[:.]/g, '-')}`
  for (const end of ['', '-wal', '-shm']) if (existsSync(file + end)) renameSync(file + end, kept + end)
  log.warn(`the history was broken, kept as ${path.basename(kept)}`, cause)
  tell(new AppError('history.broken', { detail: path.basename(kept), cause }))
}

/** SQLITE_CORRUPT and SQLITE_NOTADB, with their extended codes. */
export function isCorrupt(thrown: unknown): boolean {
  const code = thrown instanceof Error && 'errcode' in thrown ? Number(thrown.errcode) : 0
  return [11, 26].includes(code & 0xff)
}
