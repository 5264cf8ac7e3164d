// Lists: pages until one is empty, short or brings nothing new; rows that cannot be read are left out (contract B.7).
import { z } from 'zod'
import type { Http } from './http.ts'

const pageSize = 100
/** 2,000 rows: more than any list we need; a guard against a server that never ends. */
const longest = 20

const Page = z.object({
  result: z.array(z.unknown()).nullish(),
  next_page_token: z.string().catch(''),
})
/** Some answers are the bare list. */
const AnyPage = z.union([
  z.array(z.unknown()).transform((rows) => ({ rows, next: '' })),
  Page.transform((page) => ({ rows: page.result ?? [], next: page.next_page_token })),
])

export interface PageQuery<T> {
  path: string
  query?: Record<string, string | undefined>
  row: z.ZodType<T>
  /** One page of this size only. */
  only?: number
}

/** Newest first, as the platform sorts, without duplicates. */
export async function listAll<T extends { id: string }>(http: Http, wanted: PageQuery<T>): Promise<T[]> {
  const found = new Map<string, T>()
  let token: string | undefined
  for (let count = 0; count < longest; count++) {
    const size = wanted.only ?? pageSize
    const query = { ...wanted.query, page_size: String(size), page_token: token }
    const page = await http.request({ method: 'GET', path: wanted.path, query }, AnyPage)
    const before = found.size
    for (const raw of page.rows) {
      const row = wanted.row.safeParse(raw)
      if (row.success && !found.has(row.data.id)) found.set(row.data.id, row.data)
    }
    // The token is there on the last page too, and `/transcripts` ignores it (contract B.7).
    const ended = page.next === '' || page.next === token || page.rows.length < size || found.size === before
    if (ended || wanted.only !== undefined) break
    token = page.next
  }
  return [...found.values()]
}
