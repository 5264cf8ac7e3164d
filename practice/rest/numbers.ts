// Telephone numbers of the account (contract C.2).

import { type Route, route } from '../http/route.ts'
import { listOwn, ownRow, shown } from '../http/rows.ts'

export const numbers: Route[] = [
  route('GET', '/numbers', 'member', (request) => listOwn(request, request.world.store.numbers)),
  route('GET', '/numbers/:id', 'member', (request) =>
    shown(request, ownRow(request, request.world.store.numbers)),
  ),
]
