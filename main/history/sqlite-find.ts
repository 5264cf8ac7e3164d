// Looking for calls in the database: filters, and words through the full-text index.
import type { DatabaseSync } from 'node:sqlite'
import { type HistoryQuery, missedOutcomes } from '../../common/model/history.ts'
import { toCall, type Values } from './sqlite-rows.ts'
import { entryShift } from './sqlite-schema.ts'
import { type HistoryStore, isUnspaced, toWords } from './store.ts'

interface Condition {
  sql: string
  values: Values
}

export function createFind(db: DatabaseSync): HistoryStore['find'] {
  return (query) => {
    const words = toWords(query.text)
    const where = toConditions(query)
    const found = words.length > 0 ? toHits(words, query.text) : undefined
    const about = words.map((word): Condition => {
      const sql = `(calls.name || ' ' || calls.address || ' ' || calls.note) LIKE ? ESCAPE '\\'`
      return { sql, values: [toPattern(word)] }
    })
    if (found) {
      const sql = `(hits.call IS NOT NULL OR (${about.map((one) => one.sql).join(' AND ')}))`
      where.push({ sql, values: about.flatMap(({ values }) => values) })
    }
    const rows = db
      .prepare(
        `${found ? `WITH hits AS (${found.sql})` : ''} SELECT calls.*, count(*) OVER () AS total
        ${found ? ', hits.count AS hits, first.text AS hit_text' : ''} FROM calls
        ${found ? 'LEFT JOIN hits ON hits.call = calls.no LEFT JOIN entries first ON first.no = hits.first' : ''}
        ${where.length > 0 ? `WHERE ${where.map(({ sql }) => sql).join(' AND ')}` : ''}
        ORDER BY calls.started_at DESC LIMIT ?`,
      )
      .all(...(found?.values ?? []), ...where.flatMap(({ values }) => values), query.limit)
    return { calls: rows.map(toCall), total: Number(rows[0]?.total ?? 0) }
  }
}

/** Each call with its first line that holds all words, and how many such lines it has. */
function toHits(words: readonly string[], typed: string): Condition {
  if (isUnspaced(typed)) {
    const each = words.map(() => `text LIKE ? ESCAPE '\\'`).join(' AND ')
    const sql = `SELECT call, min(no) AS first, count(*) AS count FROM entries WHERE ${each} GROUP BY call`
    return { sql, values: words.map(toPattern) }
  }
  // Quoted, so that no word is an operator of the index.
  const match = words.map((word) => `"${word}"*`).join(' ')
  const sql = `SELECT rowid >> ${entryShift} AS call, min(rowid) AS first, count(*) AS count FROM words
    WHERE words MATCH ? GROUP BY 1`
  return { sql, values: [match] }
}

function toConditions({ kind, flagged, profile, fromAt, untilAt }: HistoryQuery): Condition[] {
  const where: Condition[] = []
  if (flagged) where.push({ sql: 'flagged = 1', values: [] })
  if (profile !== '') where.push({ sql: 'profile = ?', values: [profile] })
  if (fromAt !== undefined) where.push({ sql: 'started_at >= ?', values: [fromAt] })
  if (untilAt !== undefined) where.push({ sql: 'started_at < ?', values: [untilAt] })
  if (kind === 'answered') where.push({ sql: 'answered_at IS NOT NULL', values: [] })
  else if (kind === 'missed') {
    const outcomes = missedOutcomes.map(() => '?').join()
    const sql = `calls.direction = 'incoming' AND answered_at IS NULL AND outcome IN (${outcomes})`
    where.push({ sql, values: [...missedOutcomes] })
  } else if (kind !== 'all') where.push({ sql: 'calls.direction = ?', values: [kind] })
  return where
}

const toPattern = (word: string) => `%${word.replace(/[\\%_]/g, '\\$&')}%`
