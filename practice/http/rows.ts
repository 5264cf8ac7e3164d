// What most routes do: find a row of one's own, list a page of them, show one as JSON.
import type { Row } from '../store/resources.ts'
import type { PageQuery, Table } from '../store/table.ts'
import { denied, notFound } from './errors.ts'
import type { ApiRequest, Reply } from './route.ts'

/** The row named by `:id`: 404 for nobody's or a deleted one, 403 for another customer's. */
export function ownRow<R extends Row>(request: ApiRequest, table: Table<R>, what = ''): R {
  const row = table.get(request.params.id ?? '')
  if (!row) throw notFound(what)
  if (row.customer_id !== request.who.customerId) throw denied()
  if (row.tm_delete !== null) throw notFound(what)
  return row
}

export function listOwn<R extends Row>(
  request: ApiRequest,
  table: Table<R>,
  where: (row: R) => boolean = () => true,
  toShown: (row: R) => object = (row) => row,
): Reply {
  const page = table.page(
    pageQuery(request.query),
    (row) => row.customer_id === request.who.customerId && where(row),
  )
  return { body: { ...page, result: page.result.map((row) => request.world.dialect.show(toShown(row))) } }
}

/** 1 to 100; anything else silently becomes 100 (contract B.7). */
export function pageQuery(query: URLSearchParams): PageQuery {
  const size = Number(query.get('page_size') ?? '100')
  return {
    size: Number.isInteger(size) && size >= 1 && size <= 100 ? size : 100,
    token: query.get('page_token') || undefined,
  }
}

export const shown = (request: ApiRequest, row: object, status = 200): Reply => ({
  status,
  body: request.world.dialect.show(row),
})

/** A text of the body; empty when absent. */
export function text(body: Record<string, unknown>, name: string): string {
  const value = body[name]
  return typeof value === 'string' ? value : ''
}
