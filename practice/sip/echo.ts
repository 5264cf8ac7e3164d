// The extension `echo`: whoever calls it hears himself a moment later. A microphone and a headset are tried this way.
import type { IncomingInviteRequest } from 'sip.js/lib/core/index.js'
import { createMediaLeg } from '../media/media-leg.ts'
import { createInDialog } from './in-dialog.ts'
import { toSdpBody } from './invite-message.ts'
import type { LegParts } from './leg.ts'
import { createLegLife } from './leg-state.ts'

/** Late enough to be told from a bad echo canceller. */
const DELAY_MS = 400

/** Answers the call. Returns what ends it at once; `onEnd` is told when it has ended. */
export function answerEcho(
  request: IncomingInviteRequest,
  { strings, log }: Pick<LegParts, 'strings' | 'log'>,
  onEnd: () => void,
): () => void {
  const life = createLegLife(`echo ${request.message.callId.slice(0, 8)}`, log)
  const media = createMediaLeg(strings)
  life.scope.add(() => media.close())
  life.scope.add(onEnd)
  request.delegate = {
    onCancel() {
      request.reject({ statusCode: 487 })
      life.end('remote', 'canceled')
    },
  }
  request.trying()

  const answer = async () => {
    const sdp = await media.renegotiate(request.message.body)
    if (life.ended) return
    const { session } = request.accept({ statusCode: 200, body: toSdpBody(sdp) })
    session.delegate = {
      ...createInDialog(life, media, log),
      onAckTimeout: () => life.end('local', 'failed'),
    }
    media.onLost(() => {
      session.bye()
      life.end('local', 'failed')
    })
    life.answered()
    void media.play(new Int16Array(DELAY_MS * 8))
    media.onAudio((frame) => void media.play(frame))
  }
  answer().catch((error: Error) => {
    log(`echo cannot answer: ${error.message}`)
    request.reject({ statusCode: 488 })
    life.end('local', 'failed')
  })
  return () => life.end('local', 'failed')
}
