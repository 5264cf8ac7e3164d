// re-INVITEs of one session: one after the other, and tried again when both sides asked at once (RFC 3261 section 14.1).
//
//   asked → waiting for a registration → sent → answered      2xx or a refusal, which changes nothing
//           and for each ACK of a 200 of ours
//                      ↑    ↑             │ │
//                      │    └── glare ────┘ │                 491, 500 with a time, or theirs was first: later again
//                      └─── socket lost ────┘                 the answer can no longer come
import { Core, SessionState, type Session as SipSession } from 'sip.js'
import { AppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import { abandonReinvite, theirReinvite } from './sipjs-patches.ts'

export interface ReinviteRequest {
  iceRestart?: boolean
  headers?: string[]
}

export interface ReinviteAnswer {
  status: number
  header(name: string): string | undefined
}

export interface Reinviter {
  /** Resolves with the final answer; fails with `call.gone` when the session ends before. */
  ask(request?: ReinviteRequest): Promise<ReinviteAnswer>
  /** Something is asked already, and will tell the far end where we are as well. */
  readonly asking: boolean
  /** The socket is gone by which an answer would have come. */
  offline(): void
  /** Registered again. */
  online(): void
  /** The ACK of a 200 of ours has come. */
  acknowledged(): void
}

export interface ReinviterParts {
  sip: SipSession
  scope: Scope
  /** We made the Call-ID: then it is us who wait longer. */
  ours: boolean
  isRegistered(): boolean
  note(title: string, tone?: 'good' | 'bad' | 'plain'): void
}

const glareTries = 5
const glare: ReinviteAnswer = { status: 491, header: () => undefined }

export function createReinviter(parts: ReinviterParts): Reinviter {
  const { sip, scope } = parts
  let last: Promise<unknown> = Promise.resolve()
  let asking = 0
  let online = () => {}
  let giveUp = () => {}
  let acknowledged = () => {}
  const gone = new Promise<never>((_resolve, reject) => scope.add(() => reject(new AppError('call.gone'))))
  gone.catch(() => {})

  const registered = () =>
    parts.isRegistered()
      ? Promise.resolve()
      : new Promise<void>((resolve) => {
          online = resolve
        })

  /**
   * Before the ACK of our 200 there is no dialog to ask in (RFC 3261 section 13.3.1.4); SIP.js would end the call. And
   * while their re-INVITE is under way nothing may be asked (section 14.1): an offer would be made in vain.
   */
  const confirmed = async () => {
    for (;;) {
      const { dialog } = sip
      const theirs = dialog && theirReinvite(dialog)
      if (!theirs && dialog?.sessionState !== Core.SessionState.AckWait) return
      await new Promise<void>((resolve) => {
        acknowledged = resolve
        // A refusal of ours gets its ACK out of sight: it is over with the refusal.
        theirs?.addStateChangeListener(() => {
          if (theirReinvite(dialog) !== theirs) resolve()
        })
      })
    }
  }

  /** `undefined`: the answer got lost with its socket. */
  const send = (request: ReinviteRequest) =>
    new Promise<ReinviteAnswer | undefined>((resolve, reject) => {
      if (sip.state !== SessionState.Established) return reject(new AppError('call.gone'))
      giveUp = () => resolve(undefined)
      const settle = ({ message }: { message: IncomingAnswer }) => resolve(toAnswer(message))
      const sent = sip.invite({
        sessionDescriptionHandlerOptions: { iceRestart: request.iceRestart ?? false } as object,
        requestOptions: { extraHeaders: request.headers ?? [] },
        requestDelegate: { onAccept: settle, onReject: settle },
      })
      sent.catch(async (error: unknown) => {
        parts.note(`re-INVITE not sent: ${String(error)}`)
        // A re-INVITE of theirs is under way: as good as a 491, and the offer was made in vain.
        await sip.sessionDescriptionHandler?.rollbackDescription?.().catch(() => {})
        resolve(glare)
      })
    })

  const untilAnswered = async (request: ReinviteRequest): Promise<ReinviteAnswer> => {
    for (let tried = 1; ; ) {
      await registered()
      await confirmed()
      const answer = await send(request)
      if (!answer) continue
      const waitMs = toWait(answer, parts.ours)
      if (waitMs === undefined || tried === glareTries) return answer
      tried += 1
      await scope.sleep(waitMs)
    }
  }

  return {
    ask(request = {}) {
      asking += 1
      const answered = Promise.race([last.then(() => untilAnswered(request)), gone])
      last = answered
        .catch(() => {})
        .then(() => {
          asking -= 1
        })
      return answered
    },
    get asking() {
      return asking > 0
    },
    offline() {
      giveUp()
      if (sip.dialog) abandonReinvite(sip.dialog)
    },
    online: () => online(),
    acknowledged: () => acknowledged(),
  }
}

interface IncomingAnswer {
  statusCode?: number | undefined
  getHeader(name: string): string | undefined
}

function toAnswer(message: IncomingAnswer): ReinviteAnswer {
  return { status: message.statusCode ?? 0, header: (name) => message.getHeader(name) }
}

/** `undefined`: a final word. */
function toWait({ status, header }: ReinviteAnswer, ours: boolean): number | undefined {
  if (status === 491) return glareMs(ours)
  // RFC 3261 section 14.2: they are still busy with the one before, and say how long, up to 10 s.
  const seconds = status === 500 ? Number.parseInt(header('retry-after') ?? '', 10) : Number.NaN
  return seconds >= 0 && seconds <= 10 ? seconds * 1000 : undefined
}

/** RFC 3261 section 14.1: in steps of 10 ms, so that the two do not meet again. */
export function glareMs(ours: boolean, random = Math.random()): number {
  return ours ? 2100 + Math.floor(random * 191) * 10 : Math.floor(random * 201) * 10
}
