// Groupcalls (contract C.4). Where the dialect answers plain calls, the groups behind them are not shown.
import { hangUpGroup } from '../call/group.ts'
import { placeGroup } from '../call/place.ts'
import { type ApiRequest, type Route, route } from '../http/route.ts'
import { listOwn, ownRow, shown } from '../http/rows.ts'

const own = (request: ApiRequest) => ownRow(request, request.world.store.groupcalls, 'GROUPCALL')

export const groupcalls: Route[] = [
  route('POST', '/groupcalls', 'member', async (request) => shown(request, await placeGroup(request))),
  route('GET', '/groupcalls', 'member', (request) =>
    listOwn(
      request,
      request.world.store.groupcalls,
      () => request.world.dialect.call.placedAs === 'groupcalls',
    ),
  ),
  route('GET', '/groupcalls/:id', 'member', (request) => shown(request, own(request))),
  route('POST', '/groupcalls/:id/hangup', 'member', (request) => {
    const groupcall = own(request)
    void hangUpGroup(request.world, groupcall)
    return shown(request, groupcall)
  }),
  route('DELETE', '/groupcalls/:id', 'member', async (request) => {
    const groupcall = own(request)
    await hangUpGroup(request.world, groupcall)
    request.world.store.groupcalls.remove(groupcall)
    request.world.events.publish('groupcall_deleted', groupcall)
    return shown(request, groupcall)
  }),
]
