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
    const { hits, where } = toSearch(query)
    const filter = where.length > 0 ? `WHERE ${where.map(({ sql }) => sql).join(' AND ')}` : ''
    // Matches are small rows; a call and the line that was found are read for those that are shown only.
    const rows = db
      .prepare(
        `WITH hits AS MATERIALIZED (${hits.sql}), matches AS MATERIALIZED (
          SELECT calls.no AS no, calls.started_at AS at, hits.count AS hits, hits.first AS first
          FROM calls LEFT JOIN hits ON hits.call = calls.no ${filter}
        ), page AS (SELECT * FROM matches ORDER BY at DESC LIMIT ?)
        SELECT calls.*, page.hits AS hits, entries.text AS hit_text, (SELECT count(*) FROM matches) AS total
        FROM page JOIN calls ON calls.no = page.no LEFT JOIN entries ON entries.no = page.first
        ORDER BY page.at DESC`,
      )
      .all(...hits.values, ...where.flatMap(({ values }) => values), query.limit)
    return { calls: rows.map(toCall), total: Number(rows[0]?.total ?? 0) }
  }
}

function toSearch(query: HistoryQuery): { hits: Condition; where: Condition[] } {
  const words = toWords(query.text)
  const where = toConditions(query)
  if (words.length === 0) {
    return { hits: { sql: 'SELECT 0 AS call, NULL AS first, NULL AS count', values: [] }, where }
  }
  const about = words.map(
    () => `(calls.name || ' ' || calls.address || ' ' || calls.note) LIKE ? ESCAPE '\\'`,
  )
  where.push({ sql: `(hits.call IS NOT NULL OR (${about.join(' AND ')}))`, values: words.map(toPattern) })
  return { hits: toHits(words, query.text), where }
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
