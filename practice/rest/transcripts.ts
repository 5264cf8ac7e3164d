// Transcripts, the utterances, and the paging trap of theirs (contract B.7, C.5).
import { badRequest, denied, notFound } from '../http/errors.ts'
import { type ApiRequest, type Route, route } from '../http/route.ts'
import { listOwn } from '../http/rows.ts'
import type { Transcript } from '../store/resources.ts'

export const transcripts: Route[] = [
  route('GET', '/transcripts', 'member', (request) => {
    const id = readTranscribeId(request)
    // Both page parameters are ignored: always the newest 100, and still a token for more.
    const query = new URLSearchParams()
    return listOwn({ ...request, query }, request.world.store.transcripts, (row) => row.transcribe_id === id)
  }),
]

export const ofTranscribe = (id: string) => (row: Transcript) => row.transcribe_id === id

export function readTranscribeId(request: ApiRequest): string {
  const id = request.query.get('transcribe_id')
  if (!id) throw badRequest('transcribe_id is missing.', 'MISSING_REQUEST_PARAMETER')
  const transcribe = request.world.store.transcribes.get(id)
  if (!transcribe) throw notFound('')
  if (transcribe.customer_id !== request.who.customerId) throw denied()
  return id
}
