// Calls: place, look, hang up, and what can be done to one that is up (contract C.3, G.1).
import type { LiveCall } from '../call/live-call.ts'
import { placeCalls } from '../call/place.ts'
import { startRecording, stopRecording } from '../call/recording.ts'
import { isOver, isUp } from '../call/status.ts'
import { ApiError, badRequest, denied, internal, notFound } from '../http/errors.ts'
import { type ApiRequest, type Reply, type Route, route } from '../http/route.ts'
import { listOwn, shown, text } from '../http/rows.ts'
import type { Call } from '../store/resources.ts'

export const calls: Route[] = [
  route('POST', '/calls', 'member', async (request) => {
    const placed = await placeCalls(request)
    const { show } = request.world.dialect
    return { body: { calls: placed.calls.map(show), groupcalls: placed.groupcalls.map(show) } }
  }),
  route('GET', '/calls', 'member', (request) => listOwn(request, request.world.store.calls)),
  route('GET', '/calls/:id', 'member', (request) => shown(request, ownCall(request))),
  route('DELETE', '/calls/:id', 'member', async (request) => {
    const call = ownCall(request)
    await request.world.live.get(call.id)?.hangUp()
    request.world.store.calls.remove(call)
    request.world.events.publish('call_deleted', call)
    return shown(request, call)
  }),
  route('POST', '/calls/:id/hangup', 'member', (request) => {
    const call = ownCall(request)
    // Answered while the leg is still ending, as the platform does.
    void request.world.live.get(call.id)?.hangUp()
    return shown(request, call)
  }),
  ...['hold', 'moh', 'silence'].flatMap((what) => [
    route('POST', `/calls/:id/${what}`, 'member', (request) => muffle(request, true)),
    route('DELETE', `/calls/:id/${what}`, 'member', (request) => muffle(request, false)),
  ]),
  route('POST', '/calls/:id/mute', 'member', (request) => mute(request, true)),
  route('DELETE', '/calls/:id/mute', 'member', (request) => mute(request, false)),
  route('POST', '/calls/:id/talk', 'member', talk),
  route('POST', '/calls/:id/recording_start', 'member', (request) => {
    const live = liveCall(request)
    if (!live) throw request.world.dialect.recording.wrongState()
    startRecording(request.world, live)
    return shown(request, live.call)
  }),
  route('POST', '/calls/:id/recording_stop', 'member', (request) => {
    const live = liveCall(request)
    if (live) stopRecording(request.world, live)
    return shown(request, ownCall(request))
  }),
]

/** A deleted call is a conflict, not a gap (contract C.3). */
export function ownCall(request: ApiRequest): Call {
  const call = request.world.store.calls.get(request.params.id ?? '')
  if (!call) throw notFound('CALL')
  if (call.customer_id !== request.who.customerId) throw denied()
  if (call.tm_delete !== null) throw new ApiError(409, 'STATE_INVALID', 'The call is deleted.')
  return call
}

const liveCall = (request: ApiRequest): LiveCall | undefined => request.world.live.get(ownCall(request).id)

function needLive(request: ApiRequest): LiveCall {
  const live = liveCall(request)
  if (!live || isOver(live.call)) throw internal('The call is over.')
  return live
}

/** Hold and silence take the platform's voice away from the leg; practice has no music. */
function muffle(request: ApiRequest, on: boolean): Reply {
  needLive(request).mouth.muffled = on
  return {}
}

/** A JSON body is required, even an empty object; without a direction both sides are meant. */
function mute(request: ApiRequest, on: boolean): Reply {
  const live = needLive(request)
  const wanted = text(request.body, 'direction') || 'both'
  if (wanted !== 'both' && wanted !== 'in' && wanted !== 'out') throw badRequest('Unknown direction.')
  if (wanted !== 'out') live.ear.deaf = on
  if (wanted !== 'in') live.mouth.muffled = on
  request.world.store.calls.change(live.call, { mute_direction: on ? wanted : '' })
  request.world.events.publish('call_updated', live.call)
  return {}
}

async function talk(request: ApiRequest): Promise<Reply> {
  const live = needLive(request)
  const words = text(request.body, 'text')
  if (!words) throw badRequest('There is no text.')
  if (!isUp(live.call)) throw internal('The call was not answered.')
  const spoken = live.mouth.say(words, text(request.body, 'language') || 'en-US', live.scope.signal)
  // The front server waits a while only; the talk goes on behind its back (contract B.5, J).
  const late = new Promise<'late'>((resolve) =>
    setTimeout(() => resolve('late'), request.world.timings.talkMs).unref(),
  )
  if ((await Promise.race([spoken, late])) === 'late')
    throw new ApiError(503, 'REQUEST_TIMEOUT', 'The talk takes longer than the server waits.')
  return {}
}
