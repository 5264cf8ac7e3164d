// Speaking sessions over REST (contract C.6).
import type { Http } from './http.ts'
import { listAll } from './pages.ts'
import type { Platform } from './platform.ts'
import { WireSpeakingRow } from './wire/speech.ts'

export function createSpeakings(http: Http): Platform['speakings'] {
  const act = (id: string, verb: string, body?: unknown) =>
    http.send({ method: 'POST', path: `/speakings/${id}/${verb}`, ...(body === undefined ? {} : { body }) })
  return {
    create: ({ callId, language, provider, voiceId, direction }) => {
      const body = {
        reference_type: 'call',
        reference_id: callId,
        language,
        // Empty texts are left out: the platform then takes its own default (contract C.6).
        ...(provider ? { provider } : {}),
        ...(voiceId ? { voice_id: voiceId } : {}),
        // Always sent: without it nobody may hear it.
        direction,
      }
      return http.request({ method: 'POST', path: '/speakings', body }, WireSpeakingRow)
    },
    get: (id) => http.request({ method: 'GET', path: `/speakings/${id}` }, WireSpeakingRow),
    list: () => listAll(http, { path: '/speakings', row: WireSpeakingRow }),
    say: (id, text) => act(id, 'say', { text }),
    flush: (id) => act(id, 'flush'),
    stop: (id) => act(id, 'stop'),
    remove: (id) => http.send({ method: 'DELETE', path: `/speakings/${id}` }),
  }
}
