// One resource in memory: rows by id, newest first, deleted ones hidden from lists but still there.
import type { Row } from './resources.ts'

export interface Page<R> {
  result: R[]
  next_page_token: string
}

export interface Table<R extends Row> {
  add(row: R): R
  get(id: string): R | undefined
  /** Changes fields, stamps `tm_update`. */
  change(row: R, fields: Partial<R>): R
  remove(row: R): R
  /** Not deleted, newest first. */
  all(where?: (row: R) => boolean): R[]
  page(query: PageQuery, where: (row: R) => boolean): Page<R>
}

export interface PageQuery {
  size: number
  /** `tm_create` of the last row of the page before. */
  token: string | undefined
}

export function createTable<R extends Row>(stamp: () => string): Table<R> {
  const rows = new Map<string, R>()
  const table: Table<R> = {
    add(row) {
      rows.set(row.id, row)
      return row
    },
    get: (id) => rows.get(id),
    change: (row, fields) => Object.assign(row, fields, { tm_update: stamp() }),
    remove(row) {
      row.tm_delete ??= stamp()
      row.tm_update = row.tm_delete
      return row
    },
    all: (where = () => true) =>
      [...rows.values()]
        .filter((row) => row.tm_delete === null && where(row))
        .sort((a, b) => (a.tm_create < b.tm_create ? 1 : -1)),
    page({ size, token }, where) {
      const older = table.all((row) => where(row) && (token === undefined || row.tm_create < token))
      const result = older.slice(0, size)
      // Non-empty whenever the page is, also on the last page (contract B.7).
      return { result, next_page_token: result.at(-1)?.tm_create ?? '' }
    },
  }
  return table
}
