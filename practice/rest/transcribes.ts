// Transcribes, the processes (contract C.5).
import { isOver } from '../call/status.ts'
import { badRequest, denied, notFound } from '../http/errors.ts'
import { type ApiRequest, isUuid, type Reply, type Route, route } from '../http/route.ts'
import { listOwn, ownRow, shown, text } from '../http/rows.ts'
import { createTranscribe } from '../transcribe/create-transcribe.ts'

const own = (request: ApiRequest) => ownRow(request, request.world.store.transcribes)

export const transcribes: Route[] = [
  route('POST', '/transcribes', 'member', startTranscribe),
  route('GET', '/transcribes', 'member', listTranscribes),
  route('GET', '/transcribes/:id', 'member', (request) => shown(request, own(request))),
  route('POST', '/transcribes/:id/stop', 'member', (request) => {
    const transcribe = own(request)
    stop(request, transcribe.id, transcribe.reference_id)
    return shown(request, transcribe)
  }),
  route('DELETE', '/transcribes/:id', 'member', (request) => {
    const { store } = request.world
    const transcribe = own(request)
    stop(request, transcribe.id, transcribe.reference_id)
    for (const line of store.transcripts.all((row) => row.transcribe_id === transcribe.id))
      store.transcripts.remove(line)
    return shown(request, store.transcribes.remove(transcribe))
  }),
]

export function startTranscribe(request: ApiRequest): Reply {
  const { world, body, who } = request
  const type = text(body, 'reference_type')
  const id = text(body, 'reference_id')
  if (!['call', 'conference', 'recording'].includes(type)) throw badRequest('Unsupported reference_type.')
  if (!isUuid(id)) throw badRequest('The reference_id is not valid.', 'INVALID_ID')
  const call = world.store.calls.get(id)
  // Practice has no conferences, and its recordings have no sound.
  if (type !== 'call' || !call) throw notFound(type === 'call' ? 'CALL' : '')
  if (call.customer_id !== who.customerId) throw denied()
  const live = world.live.get(id)
  if (!live || isOver(call)) throw world.dialect.transcribe.overCall()
  const language = text(body, 'language') || 'en-US'
  const wish = { language, direction: body.direction, provider: body.provider }
  return shown(request, createTranscribe(world, live, wish))
}

/** Both filters or neither. */
export function listTranscribes(request: ApiRequest): Reply {
  const type = request.query.get('reference_type')
  const id = request.query.get('reference_id')
  if ((type === null) !== (id === null))
    throw badRequest('Give reference_type and reference_id, or neither.', 'INVALID_REFERENCE_FILTER')
  return listOwn(
    request,
    request.world.store.transcribes,
    (row) => id === null || (row.reference_type === type && row.reference_id === id),
  )
}

function stop({ world }: ApiRequest, id: string, callId: string): void {
  world.live.get(callId)?.transcribers.get(id)?.()
}
