// SIP extensions (contract C.1).
import { badRequest } from '../http/errors.ts'
import { type ApiRequest, type Route, route } from '../http/route.ts'
import { listOwn, ownRow, shown, text } from '../http/rows.ts'
import type { Extension } from '../store/resources.ts'
import { addExtension, toDirectHash } from '../store/seed.ts'

const table = (request: ApiRequest) => request.world.store.extensions

export const extensions: Route[] = [
  route('GET', '/extensions', 'member', (request) => listOwn(request, table(request))),
  route('POST', '/extensions', 'member', create),
  route('GET', '/extensions/:id', 'member', (request) =>
    shown(request, ownRow(request, table(request), 'EXTENSION')),
  ),
  route('PUT', '/extensions/:id', 'member', (request) => {
    const row = ownRow(request, table(request), 'EXTENSION')
    // `extension` itself cannot be changed.
    const names = ['name', 'detail', 'password'].filter((name) => typeof request.body[name] === 'string')
    const fields = Object.fromEntries(names.map((name) => [name, text(request.body, name)]))
    return told(request, table(request).change(row, fields))
  }),
  route('DELETE', '/extensions/:id', 'member', async (request) => {
    const row = ownRow(request, table(request), 'EXTENSION')
    await request.world.line.setPassword?.(row.extension, undefined)
    return shown(request, table(request).remove(row))
  }),
  route('POST', '/extensions/:id/direct-hash-regenerate', 'member', (request) => {
    const row = ownRow(request, table(request), 'EXTENSION')
    return shown(request, table(request).change(row, { direct_hash: toDirectHash() }))
  }),
]

function create(request: ApiRequest) {
  const { world, body, who } = request
  const rules = world.dialect.extension
  const missing = ['name', 'detail', 'extension', 'password'].filter((name) => !text(body, name))
  if (rules.needsAllFields && missing.length > 0) throw badRequest(`Missing: ${missing.join(', ')}.`)
  const extension = text(body, 'extension')
  const taken = table(request).all(
    (row) => row.customer_id === who.customerId && row.extension === extension && extension !== '',
  )
  if (taken.length > 0) throw rules.duplicate()
  const customer = world.store.customers.get(who.customerId)
  if (!customer) return { status: 500 }
  const wanted = {
    extension,
    name: text(body, 'name'),
    detail: text(body, 'detail'),
    password: text(body, 'password'),
  }
  return told(request, addExtension(world.store, customer, wanted))
}

/** The registrar knows the password before the answer leaves: a phone may register at once. */
async function told(request: ApiRequest, row: Extension) {
  await request.world.line.setPassword?.(row.extension, row.password)
  return shown(request, row)
}
