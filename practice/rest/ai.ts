// AI summaries; practice has no AI calls, so their lists are empty (contract C.8).
import { createSummary } from '../call/summary.ts'
import { badRequest, denied, notFound } from '../http/errors.ts'
import { type ApiRequest, isUuid, type Reply, type Route, route } from '../http/route.ts'
import { listOwn, ownRow, shown, text } from '../http/rows.ts'

const own = (request: ApiRequest) => ownRow(request, request.world.store.summaries, 'SUMMARY')
const none = (): Reply => ({ body: { result: [], next_page_token: '' } })

export const ai: Route[] = [
  route('POST', '/aisummaries', 'member', create),
  route('GET', '/aisummaries', 'member', (request) => listOwn(request, request.world.store.summaries)),
  route('GET', '/aisummaries/:id', 'member', (request) => shown(request, own(request))),
  route('DELETE', '/aisummaries/:id', 'member', (request) => {
    const summary = request.world.store.summaries.remove(own(request))
    request.world.events.publish('summary_deleted', summary)
    return shown(request, summary)
  }),
  route('GET', '/aicalls', 'member', none),
  route('GET', '/aimessages', 'member', none),
]

function create(request: ApiRequest): Reply {
  const { world, body, who } = request
  const type = text(body, 'reference_type')
  const id = text(body, 'reference_id')
  if (!['call', 'conference', 'transcribe', 'recording'].includes(type))
    throw badRequest('Unknown reference_type.')
  if (!isUuid(id)) throw badRequest('The reference_id is not valid.', 'INVALID_ID')
  const row = world.store.calls.get(id) ?? world.store.transcribes.get(id) ?? world.store.recordings.get(id)
  if (!row) throw notFound('')
  if (row.customer_id !== who.customerId) throw denied()
  return shown(request, createSummary(world, who.customerId, type, id, text(body, 'language') || 'en-US'))
}
