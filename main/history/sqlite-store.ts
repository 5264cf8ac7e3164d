// The history in SQLite: one file with a write-ahead log and a full-text index; what was taken survives a killed process.
import { closeSync, openSync } from 'node:fs'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { createFind } from './sqlite-find.ts'
import { toCall, toEntry, toItem, toMoment, type Values } from './sqlite-rows.ts'
import { entryShift, migrate } from './sqlite-schema.ts'
import type { Change, HistoryStore } from './store.ts'

export type Sqlite = typeof import('node:sqlite')

/** Nothing where the runtime has none: Node 20, and with it Electron 33. */
export const loadSqlite = (): Sqlite | undefined =>
  (process as { getBuiltinModule?: (id: string) => unknown }).getBuiltinModule?.('node:sqlite') as
    | Sqlite
    | undefined

/** Throws what the file or the disk says; then nothing stays open. */
export function openSqliteStore({ DatabaseSync: Database }: Sqlite, file: string): HistoryStore {
  // Made by us, so that nobody else may read it; the files beside it take its mode over.
  closeSync(openSync(file, 'a', 0o600))
  const db = new Database(file)
  try {
    migrate(db)
    endInterrupted(db)
    return createStore(db)
  } catch (thrown) {
    db.close()
    throw thrown
  }
}

function createStore(db: DatabaseSync): HistoryStore {
  const change = createChange(db)
  const find = createFind(db)
  const one = db.prepare('SELECT * FROM calls WHERE id = ?')
  const entries = db.prepare('SELECT * FROM entries WHERE call = ? ORDER BY coalesce(place, at), no')
  const spoken = db.prepare('SELECT * FROM spoken WHERE call = ? ORDER BY created_at')
  const moments = db.prepare('SELECT * FROM moments WHERE call = ? ORDER BY at')
  return {
    kept: 'database',
    apply(changes) {
      db.exec('BEGIN IMMEDIATE')
      try {
        changes.forEach(change)
        db.exec('COMMIT')
      } catch (thrown) {
        if (db.isTransaction) db.exec('ROLLBACK')
        throw thrown
      }
      // What was deleted stands in the log of writes, too, until that is emptied.
      if (changes.some(({ op }) => op.startsWith('remove'))) db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    },
    find,
    get(id) {
      const row = one.get(id)
      if (!row) return undefined
      const call = toCall(row)
      return {
        call,
        entries: entries.all(row.no ?? 0).map((entry) => toEntry(entry, call.callId ?? call.id)),
        spoken: spoken.all(row.no ?? 0).map(toItem),
        moments: moments.all(row.no ?? 0).map(toMoment),
      }
    },
    close: () => db.close(),
  }
}

/** Calls without an end are of a process that was ended in the middle of them. */
function endInterrupted(db: DatabaseSync): void {
  db.exec(`UPDATE calls SET outcome = 'interrupted', ended_at = max(
    started_at, coalesce(answered_at, 0), coalesce((SELECT max(at) FROM entries WHERE call = calls.no), 0)
  ) WHERE outcome IS NULL`)
}

function createChange(db: DatabaseSync): (change: Change) => void {
  const put =
    db.prepare(`INSERT INTO calls (id, profile, customer, direction, name, address, started_at, answered_at,
    ended_at, outcome, call_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
    name = excluded.name, address = excluded.address, answered_at = excluded.answered_at,
    ended_at = excluded.ended_at, outcome = excluded.outcome, call_id = excluded.call_id`)
  const number = db.prepare('SELECT no FROM calls WHERE id = ?')
  const add = createAdd(db)
  const mark = createMark(db)
  const remove = db.prepare('DELETE FROM calls WHERE id = ?')
  const removeBefore = db.prepare('DELETE FROM calls WHERE started_at < ?')
  return (one) => {
    if (one.op === 'call') put.run(...toValues(one.call))
    else if (one.op === 'remove') for (const id of one.ids) remove.run(id)
    else if (one.op === 'removeBefore') removeBefore.run(one.at)
    else if (one.op === 'removeAll') db.exec('DELETE FROM calls')
    else if (one.op === 'lines' || one.op === 'spoken') add(Number(number.get(one.id)?.no ?? 0), one)
    else mark(one)
  }
}

/** What a person notes of a call. */
function createMark(db: DatabaseSync) {
  const mark = db.prepare(
    'UPDATE calls SET note = coalesce(?, note), flagged = coalesce(?, flagged) WHERE id = ?',
  )
  const add = db.prepare(
    'INSERT OR REPLACE INTO moments (call, id, kind, at, line) SELECT no, ?, ?, ?, ? FROM calls WHERE id = ?',
  )
  const remove = db.prepare('DELETE FROM moments WHERE id = ? AND call = (SELECT no FROM calls WHERE id = ?)')
  return (one: Extract<Change, { op: 'mark' | 'moment' | 'removeMoment' }>) => {
    if (one.op === 'removeMoment') remove.run(one.momentId, one.id)
    else if (one.op === 'moment') {
      const { id, kind, at, lineId } = one.moment
      add.run(id, kind, at, lineId ?? null, one.id)
    } else {
      const flagged = one.flagged === undefined ? null : Number(one.flagged)
      mark.run(one.note ?? null, flagged, one.id)
    }
  }
}

function createAdd(db: DatabaseSync) {
  const next: StatementSync = db.prepare(
    `SELECT coalesce(max(no), $from) + 1 AS no FROM entries WHERE no >= $from AND no < $until`,
  )
  const line =
    db.prepare(`INSERT INTO entries (no, call, id, kind, at, text, direction, offset_ms, arrived_at, source,
    transcribe_id, ended_at, filled, language, place) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (call, id) DO UPDATE SET
    at = excluded.at, text = excluded.text, ended_at = excluded.ended_at, filled = excluded.filled RETURNING no`)
  // Added up: counting all lines of a call at each new one takes longer with every line.
  const count = db.prepare('UPDATE calls SET lines = lines + $fresh WHERE no = $no')
  const item =
    db.prepare(`INSERT OR REPLACE INTO spoken (call, id, text, status, created_at, sent_at, heard_at,
    transcript) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
  return (call: number, change: Extract<Change, { op: 'lines' | 'spoken' }>) => {
    if (call === 0) return
    if (change.op === 'spoken') {
      for (const one of change.items) item.run(call, ...toItemValues(one))
      return
    }
    const from = call * 2 ** entryShift
    const until = from + 2 ** entryShift
    let no = Number(next.get({ from, until })?.no)
    let fresh = 0
    for (const entry of change.entries) {
      // A line that was there keeps its number.
      const isNew = Number(line.get(no, call, ...toLineValues(entry))?.no) === no
      if (isNew && entry.kind === 'line') fresh++
      no++
    }
    if (fresh > 0) count.run({ no: call, fresh })
  }
}

function toValues(call: Extract<Change, { op: 'call' }>['call']): Values {
  const { id, profile, customerId, direction, name, address, startedAt, answeredAt, endedAt } = call
  const ends = [startedAt, answeredAt ?? null, endedAt ?? null, call.outcome ?? null, call.callId ?? null]
  return [id, profile, customerId, direction, name, address, ...ends]
}

function toLineValues(entry: Extract<Change, { op: 'lines' }>['entries'][number]): Values {
  if (entry.kind === 'gap') {
    const nothing = [null, null, null, null, null]
    return [entry.id, 'gap', entry.createdAt, '', ...nothing, entry.endedAt ?? null, entry.filled, null, null]
  }
  const { id, createdAt, text, direction, offsetMs, arrivedAt, source, transcribeId, language, placeAt } =
    entry
  return [
    id,
    'line',
    createdAt,
    text,
    direction,
    offsetMs ?? null,
    arrivedAt,
    source,
    transcribeId,
    null,
    null,
    language ?? null,
    placeAt ?? null,
  ]
}

function toItemValues(item: Extract<Change, { op: 'spoken' }>['items'][number]): Values {
  const { id, text, status, createdAt, sentAt, heardAt, transcriptText } = item
  return [id, text, status, createdAt, sentAt ?? null, heardAt ?? null, transcriptText ?? null]
}
