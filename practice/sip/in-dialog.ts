// What a phone may ask inside a call, and what it is answered.
import type { IncomingInviteRequest, SessionDelegate } from 'sip.js/lib/core/index.js'
import type { MediaLeg } from '../media/media-leg.ts'
import { toSdpBody } from './invite-message.ts'
import type { LegLife } from './leg-state.ts'

export function createInDialog(life: LegLife, media: MediaLeg, log: (line: string) => void): SessionDelegate {
  return {
    onBye(bye) {
      bye.accept()
      life.end('remote', 'normal')
    },
    onInvite: (again) => void renegotiate(again, life, media, log),
    // Keys as INFO are allowed and ignored: the phone sends them as RTP (contract A.4).
    onInfo: (info) => void info.accept(),
    onNotify: (notify) => void notify.accept(),
    onMessage: (text) => void text.reject({ statusCode: 405 }),
    onRefer: (refer) => void refer.reject({ statusCode: 501, reasonPhrase: 'Transfer over the API' }),
  }
}

async function renegotiate(
  again: IncomingInviteRequest,
  life: LegLife,
  media: MediaLeg,
  log: (line: string) => void,
): Promise<void> {
  const { body } = again.message
  // Without an offer of theirs ours stands as it is (RFC 3264 section 8).
  const described = body ? media.renegotiate(body) : Promise.resolve(media.current())
  const answer = await described.catch((error) => {
    log(`re-INVITE refused: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  })
  if (life.ended) return
  if (answer === undefined) again.reject({ statusCode: 488 })
  else again.accept({ statusCode: 200, body: toSdpBody(answer) })
}
