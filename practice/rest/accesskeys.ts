// Access keys: the token is shown once, at creation (contract B.2).

import { badRequest } from '../http/errors.ts'
import { type Route, route } from '../http/route.ts'
import { listOwn, ownRow, shown, text } from '../http/rows.ts'
import { addAccesskey } from '../store/seed.ts'

export const accesskeys: Route[] = [
  route('GET', '/accesskeys', 'admin', (request) => listOwn(request, request.world.store.accesskeys)),
  route('POST', '/accesskeys', 'admin', (request) => {
    const { store } = request.world
    const customer = store.customers.get(request.who.customerId)
    if (!customer) return { status: 500 }
    const expire = readExpire(request.body.expire)
    const { row, token } = addAccesskey(store, customer, text(request.body, 'name'), expire)
    row.detail = text(request.body, 'detail')
    return shown(request, { ...row, token })
  }),
  route('GET', '/accesskeys/:id', 'admin', (request) =>
    shown(request, ownRow(request, request.world.store.accesskeys)),
  ),
  route('PUT', '/accesskeys/:id', 'admin', (request) => {
    const row = ownRow(request, request.world.store.accesskeys)
    const fields = { name: text(request.body, 'name'), detail: text(request.body, 'detail') }
    return shown(request, request.world.store.accesskeys.change(row, fields))
  }),
  route('DELETE', '/accesskeys/:id', 'admin', (request) => {
    const { store } = request.world
    const row = ownRow(request, store.accesskeys)
    store.keys.delete(row.id)
    return shown(request, store.accesskeys.remove(row))
  }),
]

/** Seconds from now; nothing for a key that never ends. */
function readExpire(value: unknown): number | null {
  if (value === undefined || value === null || value === 0) return null
  const century = 3_200_000_000
  if (typeof value !== 'number' || !(value > 0 && value < century)) throw badRequest('expire is not valid.')
  return value
}
