// One call to a phone, from the INVITE to the BYE, with its audio.
import { randomUUID } from 'node:crypto'
import type {
  IncomingResponse,
  OutgoingInviteRequest,
  OutgoingInviteRequestDelegate,
  Session,
} from 'sip.js/lib/core/index.js'
import type { InviteOptions, Leg, LegEnd, LineStrings } from '../line.ts'
import { createMediaLeg } from '../media/media-leg.ts'
import { createInDialog } from './in-dialog.ts'
import { toInviteMessage } from './invite-message.ts'
import { toLegEnd } from './leg-end.ts'
import { createLegLife } from './leg-state.ts'
import type { Stack } from './stack.ts'

/** How long a BYE or a CANCEL may stay unanswered before the call counts as over anyway. */
const GOODBYE_MS = 2_000

export interface LegParts {
  stack: Stack
  domain: string
  strings: LineStrings
  /** A call without packets from the phone ends after this long. */
  lostMs?: number | undefined
  log(line: string): void
}

export interface LegInside extends Leg {
  /** The edge forgot everything: over at once, without a word to the phone. */
  drop(): void
}

/**
 *   calling ──180──→ ringing ──200, audio──→ answered ──BYE either way──→ ended
 *      └────────────────┴── 3xx–6xx · CANCEL and its 487 · ringMs · no socket ──→ ended
 *
 * A 200 that crosses our CANCEL, or has no audio in it, is acknowledged and followed by BYE.
 */
export function createLeg(
  invite: InviteOptions,
  { stack, domain, strings, lostMs, log }: LegParts,
): LegInside {
  const id = randomUUID()
  const sipCallId = randomUUID()
  const life = createLegLife(`leg ${id.slice(0, 8)}`, log)
  const media = createMediaLeg(strings, lostMs)
  let request: OutgoingInviteRequest | undefined
  let session: Session | undefined
  /** Why we gave up before the answer; the phone's 487 then says nothing new. */
  let givenUp: LegEnd | undefined
  let leaving = false
  life.scope.add(() => media.close())

  const connect = async (accepted: Session, response: IncomingResponse) => {
    session = accepted
    accepted.delegate = createInDialog(life, media, log)
    if (life.ended || givenUp) {
      accepted.bye()
      return life.end('local', givenUp ?? 'canceled')
    }
    const refused = await media.accept(response.message.body).then(
      () => undefined,
      (error: Error) => error.message,
    )
    // The phone may have hung up meanwhile, or we.
    if (life.ended) return
    if (refused === undefined) return life.answered()
    log(`answer refused: ${refused}`)
    accepted.bye()
    life.end('local', 'failed', 200)
  }

  const answers: OutgoingInviteRequestDelegate = {
    onProgress: () => life.ringing(),
    onAccept: (response) => {
      response.ack()
      void connect(response.session, response)
    },
    onRedirect: ({ message }) => life.end('remote', 'failed', message.statusCode),
    onReject: ({ message }) => {
      const status = message.statusCode ?? 500
      if (givenUp) life.end('local', givenUp, status)
      else life.end('remote', toLegEnd(status), status)
    },
  }

  const send = async () => {
    const offer = await media.offer()
    if (life.ended) return
    const message = toInviteMessage({ core: stack.core, domain, invite, callId: sipCallId, offer })
    request = stack.core.invite(message, answers)
    life.scope.after(invite.ringMs, () => giveUp('timeout'))
  }

  const giveUp = (why: LegEnd) => {
    if (life.ended || life.state.status === 'answered' || givenUp) return
    givenUp = why
    if (!request) return life.end('local', why)
    request.cancel()
    // A phone that says nothing at all gets the CANCEL when it wakes up; our side is over now.
    life.scope.after(GOODBYE_MS, () => life.end('local', why))
  }

  const sayGoodbye = (why: LegEnd) => {
    if (leaving) return
    leaving = true
    const over = () => life.end('local', why)
    session?.bye({ onAccept: over, onReject: over, onRedirect: over })
    life.scope.after(GOODBYE_MS, over)
  }
  media.onLost(() => sayGoodbye('failed'))

  if (stack.reaches(invite.contact.uri)) {
    send().catch((error: Error) => {
      log(`could not call: ${error.message}`)
      life.end('local', 'failed')
    })
  } else queueMicrotask(() => life.end('local', 'unreachable'))

  return {
    id,
    sipCallId,
    get state() {
      return life.state
    },
    onChange: life.onChange,
    play: media.play,
    mix: media.mix,
    onAudio: media.onAudio,
    onDtmf: media.onDtmf,
    async hangUp() {
      const over = life.over()
      if (life.state.status === 'answered') sayGoodbye('normal')
      else giveUp('canceled')
      await over
    },
    drop() {
      request?.dispose()
      session?.dispose()
      life.end('local', 'failed')
    },
  }
}
