// Recordings; their files live in an object storage that practice does not have (contract C.7).
import { ApiError } from '../http/errors.ts'
import { type Route, route } from '../http/route.ts'
import { listOwn, ownRow, shown } from '../http/rows.ts'

export const recordings: Route[] = [
  route('GET', '/recordings', 'member', (request) => listOwn(request, request.world.store.recordings)),
  route('GET', '/recordings/:id', 'member', (request) =>
    shown(request, ownRow(request, request.world.store.recordings)),
  ),
  route('DELETE', '/recordings/:id', 'member', (request) =>
    shown(request, request.world.store.recordings.remove(ownRow(request, request.world.store.recordings))),
  ),
  route('GET', '/recordingfiles/:id', 'member', (request) => {
    ownRow(request, request.world.store.recordings)
    throw new ApiError(503, 'SIGNING_NOT_CONFIGURED', 'There is no object storage.')
  }),
]
