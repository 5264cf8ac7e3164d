// Transcribe sessions and their transcripts over REST (contract C.5).
import { AppError, toAppError } from '../../common/kit/errors.ts'
import type { Http } from './http.ts'
import { listAll } from './pages.ts'
import type { Platform, WireTranscript } from './platform.ts'
import { WireTranscribeRow, WireTranscriptRow } from './wire/speech.ts'

export function createTranscribes(http: Http, agentOnly: boolean): Platform['transcribes'] {
  const base = agentOnly ? '/service_agents/transcribes' : '/transcribes'
  // The filter wants both parameters or neither.
  const ofCall = (callId: string) =>
    listAll(http, {
      path: base,
      query: { reference_type: 'call', reference_id: callId },
      row: WireTranscribeRow,
    }).then((rows) => rows.filter((row) => row.referenceId === callId))
  return {
    ofCall,
    get: (id) => http.request({ method: 'GET', path: `/transcribes/${id}` }, WireTranscribeRow),
    async start({ callId, language, direction }) {
      const body = { reference_type: 'call', reference_id: callId, language, direction }
      try {
        return await http.request({ method: 'POST', path: base, body }, WireTranscribeRow)
      } catch (thrown) {
        const error = toAppError(thrown)
        if (error.status !== 409) throw error
        const running = (await ofCall(callId)).filter((row) => row.status === 'progressing')
        const same = running.find((row) => row.language === language) ?? running[0]
        if (!same) throw new AppError('platform.conflict', { status: 409, cause: error })
        return same
      }
    },
    stop: (id) => http.send({ method: 'POST', path: `/transcribes/${id}/stop` }),
  }
}

export function createTranscripts(http: Http, agentOnly: boolean): Platform['transcripts'] {
  const path = agentOnly ? '/service_agents/transcripts' : '/transcripts'
  return {
    async list(transcribeId) {
      const rows = await listAll(http, {
        path,
        query: { transcribe_id: transcribeId },
        row: WireTranscriptRow,
      })
      return rows.reverse().sort(byTime)
    },
  }
}

/** By offset within one transcribe (contract E.7), else by creation; the sort is stable, so ties keep their order. */
function byTime(a: WireTranscript, b: WireTranscript): number {
  if (a.offsetMs !== undefined && b.offsetMs !== undefined) return a.offsetMs - b.offsetMs
  return (a.createdAt ?? 0) - (b.createdAt ?? 0)
}
