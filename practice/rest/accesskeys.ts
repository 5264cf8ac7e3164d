// Access keys: the token is shown once, at creation (contract B.2).

import { type Route, route } from '../http/route.ts'
import { listOwn, ownRow, shown, text } from '../http/rows.ts'
import { addAccesskey } from '../store/seed.ts'

export const accesskeys: Route[] = [
  route('GET', '/accesskeys', 'admin', (request) => listOwn(request, request.world.store.accesskeys)),
  route('POST', '/accesskeys', 'admin', (request) => {
    const { store } = request.world
    const customer = store.customers.get(request.who.customerId)
    if (!customer) return { status: 500 }
    const expire = typeof request.body.expire === 'number' ? request.body.expire : null
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
