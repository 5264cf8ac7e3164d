// The Call screen as a snapshot: idle, ringing, or in a call; and what can be pressed in each.
import type { ErrorData } from '../../common/kit/errors.ts'
import type { AppState } from '../../common/model/app-state.ts'
import type { CallLink } from '../../common/model/call.ts'
import type { PhoneState, Session, SessionMedia } from '../../common/model/phone.ts'
import type { Actions } from './actions.ts'
import { callIdOf, frontSession, isRinging, lastEnded, remoteAddress, remoteName } from './sessions.ts'

export interface WaitingCall {
  sessionId: string
  name: string
  answer: (() => void) | undefined
  decline: () => void
}

export interface EndedCall {
  name: string
  text: string
  endedAt: number | undefined
  lengthMs: number | undefined
  error: ErrorData | undefined
}

export type CallView =
  | {
      phase: 'idle'
      title: string
      text: string
      place: (() => void) | undefined
      /** Why `place` is not possible. */
      reason: string | undefined
      /** Why the phone is not reachable, when something failed. */
      error: ErrorData | undefined
      /** The way to make it possible. */
      prepare: (() => void) | undefined
      last: EndedCall | undefined
      callId: string | undefined
      name: string
    }
  | {
      phase: 'ringing'
      sessionId: string
      name: string
      address: string
      since: number
      answer: (() => void) | undefined
      decline: (() => void) | undefined
    }
  | {
      phase: 'inCall'
      sessionId: string
      name: string
      address: string
      /** When it was answered; undefined while it connects. */
      since: number | undefined
      muted: boolean
      mute: (() => void) | undefined
      dtmf: ((tones: string) => void) | undefined
      hangUp: () => void
      link: CallLink
      media: SessionMedia | undefined
      warning: string | undefined
      waiting: WaitingCall[]
      callId: string | undefined
    }

/** What of main's state a call is made of. */
type CallParts = Pick<AppState, 'account' | 'extension' | 'links'>

export function toCall(app: CallParts, phone: PhoneState, actions: Actions): CallView {
  const session = frontSession(phone)
  if (!session) return toIdle(app, phone, actions)
  if (isRinging(session)) {
    return {
      phase: 'ringing',
      sessionId: session.id,
      name: remoteName(session),
      address: remoteAddress(session),
      since: session.startedAt,
      answer: () => actions.answer(session.id),
      decline: () => actions.decline(session.id),
    }
  }
  return toInCall(app, phone, session, actions)
}

function toInCall(app: CallParts, phone: PhoneState, session: Session, actions: Actions): CallView {
  const established = session.status === 'established'
  const muted = session.sending === 'muted'
  return {
    phase: 'inCall',
    sessionId: session.id,
    name: remoteName(session),
    address: remoteAddress(session),
    since: established ? (session.answeredAt ?? session.startedAt) : undefined,
    muted,
    mute: established ? () => actions.setMuted(session.id, !muted) : undefined,
    dtmf: established ? (tones) => actions.sendDtmf(session.id, tones) : undefined,
    hangUp: () => actions.hangUp(session.id),
    link: app.links[session.id] ?? { status: 'linking' },
    media: session.media,
    warning: toWarning(session.media),
    waiting: phone.sessions
      .filter((one) => one.id !== session.id && isRinging(one))
      .map((one) => ({
        sessionId: one.id,
        name: remoteName(one),
        answer: () => actions.answer(one.id),
        decline: () => actions.decline(one.id),
      })),
    callId: callIdOf(app, session),
  }
}

function toWarning(media: SessionMedia | undefined): string | undefined {
  if (media?.microphone === 'digitalSilence')
    return 'The microphone delivers only digital silence. Check its mute switch.'
  if (media?.microphone === 'none') return 'There is no microphone. The other side cannot hear you.'
  return undefined
}

function toIdle(app: CallParts, phone: PhoneState, actions: Actions): CallView {
  const { registration } = phone
  const { extension, account } = app
  const registered = registration.status === 'registered'
  const reason = whyNotPlace(account, registered)
  const last = lastEnded(phone)
  return {
    phase: 'idle',
    title: registered ? 'Waiting for calls' : 'Not reachable',
    text: registered
      ? `Registered as ${extension.status === 'ready' ? extension.extension : registration.contact.user}`
      : 'The phone is not registered.',
    place: reason === undefined ? () => void actions.ask('call.placeTest', {}) : undefined,
    reason,
    error:
      registration.status === 'waiting' || registration.status === 'refused' ? registration.error : undefined,
    prepare: registered && account.status === 'signedIn' ? undefined : () => actions.open('quickstart'),
    last: last && toEnded(last),
    callId: callIdOf(app, last),
    name: last ? remoteName(last) : 'Caller',
  }
}

/** Contract B.4: a plain agent may not place calls. */
function whyNotPlace(account: AppState['account'], registered: boolean): string | undefined {
  if (account.status !== 'signedIn') return 'Sign in first.'
  if (!registered) return 'Register the phone first: nobody can call it now.'
  if (account.role === 'agent')
    return 'Placing calls needs the manager or admin permission; this account is an agent. Calls to it ring here.'
  return undefined
}

const outcomes: Record<NonNullable<Session['outcome']>, string> = {
  hungUpByUs: 'You hung up',
  hungUpByThem: 'They hung up',
  declined: 'Declined',
  canceled: 'Missed: the caller gave up',
  answeredElsewhere: 'Answered on another device',
  notAnswered: 'Not answered',
  busy: 'Busy',
  refused: 'Not accepted',
  transferred: 'Transferred',
  failed: 'Failed',
}

function toEnded(session: Session): EndedCall {
  const { answeredAt, endedAt } = session
  return {
    name: remoteName(session),
    text: session.outcome ? outcomes[session.outcome] : 'Ended',
    endedAt,
    lengthMs: answeredAt !== undefined && endedAt !== undefined ? endedAt - answeredAt : undefined,
    error: session.error,
  }
}

/** The match with the platform's call in words (contract G.2). */
export function toLinkText(link: CallLink): { text: string; tone: 'good' | 'busy' | 'warn' } {
  if (link.status === 'linking') return { text: 'Matching with the platform’s call', tone: 'busy' }
  if (link.status === 'unlinked') return { text: `Not matched: ${link.reason}`, tone: 'warn' }
  const by = {
    contact: 'by our own contact',
    callIds: 'by the ids of our request',
    answered: 'by the answered call',
    callerAndTime: 'by caller and time',
  }[link.by]
  return { text: `Matched ${by}`, tone: 'good' }
}
