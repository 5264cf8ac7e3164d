// One outgoing session from the dialling to the answer, the refusal or our giving up.
//
//   microphone → INVITE sent → (100 … 199) → 200   established
//       │             │            ├──→ 3xx … 6xx  ended, with the reason
//       └─────────────┴────────────┴──→ given up   CANCEL, at the earliest after a first answer
import { type Core, type Inviter, SessionState } from 'sip.js'
import { AppError, toAppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import { type Ending, toRefusal } from './outcome.ts'
import { createTalk, type LiveSession, type SessionOptions, type Talk } from './session.ts'

export interface OutgoingOptions extends SessionOptions {
  inviter: Inviter
  /** Without an answer for so long it is given up. */
  dialMs: number
  /** The tone of their ringing, until its scope ends. */
  ringBack(scope: Scope): void
}

export interface OutgoingSession extends LiveSession {
  /** Resolves when the INVITE has left; fails when there is no microphone or no offer. */
  dial(): Promise<void>
}

export function openOutgoing(options: OutgoingOptions): OutgoingSession {
  const { inviter, audio, scope, get, note } = options
  const talk = createTalk(inviter, options, true)
  const { end } = talk
  const cancelling = createCancel(inviter, note)
  const giveUp = (found: Ending, error?: AppError) => {
    // The 200 is here and its description is being taken: it wants its ACK, and BYE after that.
    if (inviter.state === SessionState.Establishing && inviter.dialog) return end.because(found, error)
    cancelling.cancel()
    end.now(found, error)
  }

  const early: { branch?: string | undefined } = {}
  /** Another call was taken while this one is dialled: it goes on, unheard, and waits on hold when it is answered. */
  let elsewhere = false
  let tone: Scope | undefined
  /** Our own tone only where nothing of theirs is heard. */
  const playTone = () => {
    const { status, earlyMedia } = get()
    const wanted = status === 'ringing' && !earlyMedia && !elsewhere
    if (wanted === (tone !== undefined)) return
    if (tone) void tone.end()
    tone = wanted ? scope.child('ring back') : undefined
    if (tone) options.ringBack(tone)
  }
  const beforeAnswer = (unheard: boolean) => {
    elsewhere = unheard
    audio.setSilent(unheard)
    playTone()
  }

  inviter.stateChange.addListener((state) => {
    if (state !== SessionState.Established) return
    // The 200 was faster than our giving up (RFC 3261 section 9.1).
    if (end.why) return void end.withBye(end.why)
    if (elsewhere) audio.setSilent(false)
    talk.establish(elsewhere)
    playTone()
    // The browser stays on the path of the branch that it heard first, as long as that one answers.
    if (early.branch !== undefined && early.branch !== inviter.dialog?.remoteTag) talk.restartIce()
  })

  const dial = async () => {
    audio.prepare(undefined, 'outgoing')
    try {
      await Promise.race([audio.ready(), end.over])
      if (get().status === 'ended') throw new AppError('call.gone', { detail: get().outcome })
      options.onFront()
      const on = { answered: cancelling.answered, playTone, giveUp }
      const requestDelegate = followProgress(options, talk, early, on)
      await Promise.race([inviter.invite({ requestDelegate }), end.over])
      if (get().status === 'ended') throw new AppError('call.gone', { detail: get().outcome })
    } catch (thrown) {
      const error = toAppError(thrown)
      // Without it SIP.js keeps the call that never left, for as long as the registration lasts.
      cancelling.cancel()
      end.now({ outcome: 'failed' }, error)
      throw error
    }
    const reason = 'nobody answered in time'
    scope.after(options.dialMs, () => {
      if (get().status !== 'established') giveUp({ outcome: 'notAnswered', reason })
    })
  }

  const hangUp = async () => {
    const { status } = get()
    if (status === 'ended') return
    if (status === 'established') return end.withBye({ outcome: 'hungUpByUs' })
    giveUp({ outcome: 'hungUpByUs' })
    await end.over
  }

  return {
    ...talk,
    id: options.id,
    dial,
    answer: () => Promise.reject(new AppError('call.gone', { detail: 'this call was dialled here' })),
    decline: hangUp,
    hangUp,
    async park() {
      if (get().status === 'established') return talk.park()
      beforeAnswer(true)
    },
    async takeBack() {
      if (get().status === 'established') return talk.takeBack()
      beforeAnswer(false)
      options.onFront()
    },
    offline() {
      talk.offline()
      // An answer goes the way the INVITE came, and that is gone.
      if (get().status === 'established') return
      giveUp({ outcome: 'failed' }, new AppError('sip.unreachable', { detail: 'lost before the answer' }))
    },
  }
}

/** RFC 3261 section 9.1: no CANCEL before a provisional answer; SIP.js would lose it over a 401 or 407. */
function createCancel(inviter: Inviter, note: SessionOptions['note']) {
  let heard = false
  let wanted = false
  const send = () => {
    void inviter.cancel().catch((error: unknown) => note(`CANCEL: ${String(error)}`, 'bad'))
  }
  return {
    cancel() {
      if (wanted) return
      wanted = true
      const { state } = inviter
      if (state === SessionState.Initial || (heard && state === SessionState.Establishing)) send()
    },
    answered() {
      heard = true
      if (wanted && inviter.state === SessionState.Establishing) send()
    },
  }
}

function followProgress(
  { audio, get, set }: SessionOptions,
  { end, timer }: Talk,
  early: { branch?: string | undefined },
  on: { answered(): void; playTone(): void; giveUp(found: Ending, error?: AppError): void },
): Core.OutgoingInviteRequestDelegate {
  const refused = ({ message }: Core.IncomingResponse) => {
    const status = message.statusCode ?? 500
    const { ending, error } = toRefusal(status, message.reasonPhrase, message.getHeader('reason'))
    if (get().status !== 'ended') set({ sipStatus: status })
    end.now(ending, error)
  }
  return {
    onTrying: on.answered,
    onAccept: ({ message }) => timer.heardAnswer(message),
    onProgress({ message }) {
      on.answered()
      const { status } = get()
      if (status !== 'dialing' && status !== 'ringing') return
      const progress = message.statusCode ?? 183
      const isSdp = /^application\/sdp/i.test(message.getHeader('content-type') ?? '')
      const sdp = isSdp && message.body !== '' ? message.body : undefined
      set({
        progress,
        status: progress === 180 ? 'ringing' : status,
        ...(sdp === undefined ? {} : { earlyMedia: true }),
      })
      on.playTone()
      if (sdp === undefined) return
      // SIP.js waits with the description for the 200, for there may be several of these (RFC 3261 section 13.2.1).
      early.branch ??= message.toTag
      audio.startEarly(sdp)
      const refusal = audio.refusal()
      if (refusal) on.giveUp({ outcome: 'failed' }, refusal)
    },
    onRedirect: refused,
    onReject: refused,
  }
}
