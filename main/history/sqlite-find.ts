// Looking for calls in the database: filters, and words through the full-text index.
import type { DatabaseSync } from 'node:sqlite'
import { type HistoryQuery, missedOutcomes, toWords } from '../../common/model/history.ts'
import { toCall, type Values } from './sqlite-rows.ts'
import { entryShift } from './sqlite-schema.ts'
import { type HistoryStore, isUnspaced } from './store.ts'

interface Condition {
  sql: string
  values: Values
}

export function createFind(db: DatabaseSync): HistoryStore['find'] {
  const line = db.prepare('SELECT text FROM entries WHERE no = ?')
  return (query) => {
    const words = toWords(query.text)
    const where = toConditions(query)
    const hits = new Map<unknown, { first: number; count: number }>()
    if (words.length > 0) {
      const { sql, values } = toHits(words, query.text)
      for (const { call, first, count } of db.prepare(sql).all(...values))
        hits.set(call, { first: Number(first), count: Number(count) })
      where.push(toWordCondition(words, [...hits.keys()]))
    }
    // Matches are small rows; a call and the line that was found are read for those that are shown only.
    const rows = db
      .prepare(
        `WITH matches AS MATERIALIZED (SELECT no, started_at AS at FROM calls
          ${where.length > 0 ? `WHERE ${where.map(({ sql }) => sql).join(' AND ')}` : ''}
        ) SELECT calls.*, (SELECT count(*) FROM matches) AS total
        FROM (SELECT * FROM matches ORDER BY at DESC LIMIT ?) page JOIN calls ON calls.no = page.no
        ORDER BY page.at DESC`,
      )
      .all(...where.flatMap(({ values }) => values), query.limit)
    const calls = rows.map((row) => {
      const hit = hits.get(row.no)
      return toCall(hit ? { ...row, hits: hit.count, hit_text: line.get(hit.first)?.text ?? '' } : row)
    })
    return { calls, total: Number(rows[0]?.total ?? 0) }
  }
}

/** In a line of it, or in what is known about it. */
function toWordCondition(words: readonly string[], found: readonly unknown[]): Condition {
  const about = words.map(() => `(name || ' ' || address || ' ' || note) LIKE ? ESCAPE '\\'`)
  const sql = `(no IN (SELECT value FROM json_each(?)) OR (${about.join(' AND ')}))`
  return { sql, values: [JSON.stringify(found), ...words.map(toPattern)] }
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

function toConditions({ kind, flagged, profile, customer, fromAt, untilAt }: HistoryQuery): Condition[] {
  const where: Condition[] = []
  if (flagged) where.push({ sql: 'flagged = 1', values: [] })
  if (profile !== '') where.push({ sql: 'profile = ?', values: [profile] })
  if (customer !== '') where.push({ sql: "customer IN (?, '')", values: [customer] })
  if (fromAt !== undefined) where.push({ sql: 'started_at >= ?', values: [fromAt] })
  if (untilAt !== undefined) where.push({ sql: 'started_at < ?', values: [untilAt] })
  if (kind === 'answered') where.push({ sql: 'answered_at IS NOT NULL', values: [] })
  else if (kind === 'missed') {
    const outcomes = missedOutcomes.map(() => '?').join()
    const sql = `direction = 'incoming' AND answered_at IS NULL AND outcome IN (${outcomes})`
    where.push({ sql, values: [...missedOutcomes] })
  } else if (kind !== 'all') where.push({ sql: 'direction = ?', values: [kind] })
  return where
}

const toPattern = (word: string) => `%${word.replace(/[\\%_]/g, '\\$&')}%`
