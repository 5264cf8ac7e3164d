// One incoming session from its INVITE to its answer or refusal.
import { type Invitation, SessionState } from 'sip.js'
import { AppError, toAppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import { type Ending, toCancelEnding } from './outcome.ts'
import { createTalk, type LiveSession, type SessionOptions } from './session.ts'

export interface IncomingOptions extends SessionOptions {
  invitation: Invitation
  /** Rings until its scope ends. */
  ring(scope: Scope): void
}

export function openIncoming(options: IncomingOptions): LiveSession {
  const { invitation, audio, scope, get, set, note } = options
  const ringing = scope.child('ringing')
  const talk = createTalk(invitation, options, false)
  const { end } = talk
  let answering = false

  invitation.delegate = {
    ...invitation.delegate,
    onCancel: (cancel) => end.because(toCancelEnding(cancel.request.getHeader('reason'))),
  }
  options.ring(ringing)

  const audioReady = async () => {
    try {
      // A CANCEL closes the peer connection, and one that is closed never answers.
      await Promise.race([audio.ready(), end.over])
    } catch (thrown) {
      const error = toAppError(thrown)
      // Still ringing at the caller: allow the microphone and answer again.
      if (isUnanswered()) set({ status: 'ringing', error: error.toData() })
      throw error
    }
  }

  const isUnanswered = () => ['ringing', 'answering'].includes(get().status)

  const answer = async () => {
    if (get().status === 'established') return
    if (!isUnanswered() || answering) throw new AppError('call.gone')
    answering = true
    // The 200 is ready and leaves within this task; drawing that it will, and silencing the ring, would come before it.
    const forgetSlow = scope.after(0, () => {
      // What kept the last try from answering is over, or it is told anew.
      if (isUnanswered()) set({ status: 'answering', error: undefined })
      void ringing.end()
    })
    try {
      await accept()
    } finally {
      answering = false
      forgetSlow()
    }
    void ringing.end()
    talk.establish()
  }

  const accept = async () => {
    await audioReady()
    if (get().status === 'ended') throw new AppError('call.gone', { detail: get().outcome })
    try {
      const accepted = invitation.accept({ extraHeaders: talk.timer.answerHeaders(invitation.request) })
      await Promise.race([accepted, end.over])
    } catch (thrown) {
      const error = new AppError('call.notAnswered', { detail: String(thrown), cause: thrown })
      end.now({ outcome: 'failed' }, error)
      throw error
    }
    // The promise is no proof: a CANCEL may have won the race.
    if (invitation.state !== SessionState.Established || get().status === 'ended') {
      throw new AppError('call.gone', { detail: get().outcome })
    }
  }

  const reject = async (statusCode: number, found: Ending) => {
    end.because(found)
    await invitation.reject({ statusCode }).catch((error: unknown) => note(`reject: ${String(error)}`, 'bad'))
    end.now(found)
  }

  /** Until the 200 has left only a refusal ends the ringing at the caller; afterwards only BYE ends the call. */
  const leave = async (statusCode: number, found: Ending) => {
    if (get().status === 'ended') return
    // The state of SIP.js, not ours: the 200 leaves a moment before the call is shown as established.
    const unanswered = [SessionState.Initial, SessionState.Establishing].includes(invitation.state)
    if (unanswered) return reject(statusCode, found)
    await end.withBye({ outcome: 'hungUpByUs' })
  }
  // RFC 3261 section 21.6.2
  const decline = () => leave(603, { outcome: 'declined' })

  return {
    ...talk,
    id: options.id,
    answer,
    decline,
    hangUp: () => (get().status === 'ringing' ? decline() : leave(480, { outcome: 'hungUpByUs' })),
  }
}
