// Speakings: text typed by a client, spoken into a call (contract C.6).
import { isUp } from '../call/status.ts'
import { badRequest } from '../http/errors.ts'
import { type ApiRequest, isUuid, type Reply, type Route, route } from '../http/route.ts'
import { ownRow, pageQuery, text } from '../http/rows.ts'
import { startSpeaking } from '../speaking/live-speaking.ts'
import type { Speaking } from '../store/resources.ts'

const own = (request: ApiRequest) => ownRow(request, request.world.store.speakings, 'SPEAKING')

export const speakings: Route[] = [
  route('POST', '/speakings', 'member', create),
  route('GET', '/speakings', 'member', (request) => listSpeakings(request)),
  route('GET', '/speakings/:id', 'member', (request) => toReply(request, own(request))),
  route('POST', '/speakings/:id/say', 'member', say),
  route('POST', '/speakings/:id/flush', 'member', (request) => {
    const row = own(request)
    const live = request.world.speaking.get(row.id)
    const rules = request.world.dialect.speaking
    if (row.status !== 'active' || !live || (rules.flushNeedsSay && !live.opened)) throw rules.sayInactive()
    live.flush()
    return toReply(request, row)
  }),
  route('POST', '/speakings/:id/stop', 'member', (request) => {
    const row = own(request)
    request.world.speaking.get(row.id)?.stop()
    return toReply(request, row)
  }),
  route('DELETE', '/speakings/:id', 'member', (request) => {
    const row = own(request)
    request.world.speaking.get(row.id)?.stop()
    return toReply(request, request.world.store.speakings.remove(row))
  }),
]

function create(request: ApiRequest): Reply {
  const { world, body, who } = request
  const rules = world.dialect.speaking
  const type = text(body, 'reference_type')
  const callId = text(body, 'reference_id')
  const direction = readDirection(body)
  if (type !== 'call' && type !== 'confbridge') throw badRequest('Unsupported reference_type.')
  if (!isUuid(callId)) throw badRequest('The reference_id is not valid.', 'INVALID_ID')
  const call = world.store.calls.get(callId)
  const up = world.live.has(callId) && call !== undefined && call.customer_id === who.customerId
  if (!up || (rules.needsAnswered && !isUp(call))) throw rules.notUp()
  const other = world.store.speakings.all((row) => row.reference_id === callId && row.status !== 'stopped')
  if (other.length > 0) throw rules.second()
  const row = world.store.speakings.add({
    ...world.store.row(who.customerId),
    reference_type: type,
    reference_id: callId,
    language: text(body, 'language') || 'en-US',
    provider: text(body, 'provider') || 'elevenlabs',
    voice_id: text(body, 'voice_id'),
    direction,
    status: 'initiating',
  })
  startSpeaking(world, row)
  return toReply(request, row, 201)
}

function readDirection(body: Record<string, unknown>): Speaking['direction'] {
  const direction = text(body, 'direction')
  if (direction === '' || direction === 'in' || direction === 'out' || direction === 'both') return direction
  throw badRequest('Unknown direction.')
}

/** 200 means queued, not audible. */
function say(request: ApiRequest): Reply {
  const row = own(request)
  const rules = request.world.dialect.speaking
  const words = text(request.body, 'text')
  if (!words || rules.tooLong(words)) throw badRequest('The text is empty or too long.')
  const live = request.world.speaking.get(row.id)
  if (row.status !== 'active' || !live) throw rules.sayInactive()
  live.say(words)
  return toReply(request, row)
}

const toReply = ({ world }: ApiRequest, row: Speaking, status = 200): Reply => ({
  status,
  body: world.dialect.speaking.show(row),
})

function listSpeakings({ world, who, query }: ApiRequest): Reply {
  const page = world.store.speakings.page(pageQuery(query), (row) => row.customer_id === who.customerId)
  return { body: { ...page, result: page.result.map(world.dialect.speaking.show) } }
}
