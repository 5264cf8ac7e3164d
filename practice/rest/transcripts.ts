// Transcripts, the utterances, and the paging trap of theirs (contract B.7, C.5).
import { badRequest, denied, notFound } from '../http/errors.ts'
import { type ApiRequest, type Reply, type Route, route } from '../http/route.ts'
import { listOwn } from '../http/rows.ts'
import { toShownTranscript } from '../transcribe/live-transcribe.ts'

export const transcripts: Route[] = [
  route('GET', '/transcripts', 'member', (request) => {
    const id = readTranscribeId(request)
    // Both page parameters are ignored: always the newest 100, and still a token for more.
    return listTranscripts({ ...request, query: new URLSearchParams() }, id)
  }),
]

export const listTranscripts = (request: ApiRequest, id: string): Reply =>
  listOwn(request, request.world.store.transcripts, (row) => row.transcribe_id === id, toShownTranscript)

export function readTranscribeId(request: ApiRequest): string {
  const id = request.query.get('transcribe_id')
  if (!id) throw badRequest('transcribe_id is missing.', 'MISSING_REQUEST_PARAMETER')
  const transcribe = request.world.store.transcribes.get(id)
  if (!transcribe) throw notFound('')
  if (transcribe.customer_id !== request.who.customerId) throw denied()
  return id
}
