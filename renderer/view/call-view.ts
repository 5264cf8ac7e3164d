// The Call screen as a snapshot: idle, ringing, calling, or in a call; and what can be pressed in each.
import type { ErrorData } from '../../common/kit/errors.ts'
import type { AppState } from '../../common/model/app-state.ts'
import type { CallLink } from '../../common/model/call.ts'
import type { PhoneState, Session, SessionMedia } from '../../common/model/phone.ts'
import { whyNot } from '../../common/model/roles.ts'
import { say } from '../../common/words/say.ts'
import type { Actions } from './actions.ts'
import { type BridgedView, toBridged } from './bridged-view.ts'
import { type EndedCall, toEnded } from './ended-view.ts'
import { type HoldView, toHold } from './hold-view.ts'
import { type KeysView, toKeys } from './keys-view.ts'
import { type OtherCall, toOtherCalls } from './other-calls-view.ts'
import { isCallingOut, toProgress } from './outgoing-view.ts'
import { callIdOf, frontSession, isRinging, lastEnded, remoteAddress, remoteName } from './sessions.ts'
import { type TransferView, toTransfer } from './transfer-view.ts'

export type CallView =
  | {
      phase: 'idle'
      title: string
      text: string
      registered: boolean
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
      /** We call; nobody has answered yet. */
      phase: 'calling'
      sessionId: string
      name: string
      /** Nothing where the name says it all. */
      address: string | undefined
      since: number
      /** How far it has come. */
      text: string
      /** They are heard already, and do not hear us. */
      earlyMedia: boolean
      hangUp: () => void
      others: OtherCall[]
    }
  | {
      phase: 'inCall'
      sessionId: string
      name: string
      address: string
      /** Joined with somebody by the platform. */
      bridged: BridgedView | undefined
      /** When it was answered; undefined while it connects. */
      since: number | undefined
      muted: boolean
      mute: (() => void) | undefined
      keys: KeysView
      hangUp: () => void
      link: CallLink
      media: SessionMedia | undefined
      warning: string | undefined
      hold: HoldView | undefined
      /** Puts on hold, or takes off. */
      setHeld: (() => void) | undefined
      transfer: TransferView
      others: OtherCall[]
      /** A call of ours from within this one that nobody took. */
      tried: EndedCall | undefined
      callId: string | undefined
    }

/** What of main's state a call is made of. */
type CallParts = Pick<AppState, 'account' | 'extension' | 'links' | 'people' | 'bridged'>

export function toCall(app: CallParts, phone: PhoneState, actions: Actions): CallView {
  const session = frontSession(phone)
  if (!session) return toIdle(app, phone, actions)
  if (isRinging(session)) {
    return {
      phase: 'ringing',
      sessionId: session.id,
      name: remoteName(session, app),
      address: remoteAddress(session),
      since: session.startedAt,
      answer: () => actions.answer(session.id),
      decline: () => actions.decline(session.id),
    }
  }
  return isCallingOut(session)
    ? toCalling(app, phone, session, actions)
    : toInCall(app, phone, session, actions)
}

function toCalling(app: CallParts, phone: PhoneState, session: Session, actions: Actions): CallView {
  const { displayName, host } = session.remote
  const ours = app.extension.status === 'ready' && app.extension.domain === host
  return {
    phase: 'calling',
    sessionId: session.id,
    name: remoteName(session, app),
    address: ours && displayName === '' ? undefined : remoteAddress(session),
    since: session.startedAt,
    text: toProgress(session),
    earlyMedia: session.earlyMedia === true,
    hangUp: () => actions.hangUp(session.id),
    others: toOtherCalls(phone, session, actions, app),
  }
}

function toInCall(app: CallParts, phone: PhoneState, session: Session, actions: Actions): CallView {
  const established = session.status === 'established'
  const muted = session.sending === 'muted'
  const bridged = toBridged(app, session)
  return {
    phase: 'inCall',
    sessionId: session.id,
    name: remoteName(session, app),
    bridged,
    address: remoteAddress(session),
    since: established ? (session.answeredAt ?? session.startedAt) : undefined,
    muted,
    mute: established ? () => actions.setMuted(session.id, !muted) : undefined,
    keys: toKeys(session, actions),
    hangUp: () => actions.hangUp(session.id),
    link: app.links[session.id] ?? { status: 'linking' },
    media: session.media,
    warning: toWarning(session.media),
    hold: toHold(session),
    setHeld: established ? () => actions.setHeld(session.id, !session.held.byUs) : undefined,
    transfer: toTransfer(session, actions),
    others: toOtherCalls(phone, session, actions, app),
    tried: toTried(phone, session),
    callId: callIdOf(app, session),
  }
}

function toTried(phone: PhoneState, front: Session): EndedCall | undefined {
  const last = lastEnded(phone)
  if (last?.direction !== 'outgoing' || last.answeredAt !== undefined) return undefined
  return last.outcome !== 'hungUpByUs' && last.startedAt > front.startedAt ? toEnded(last) : undefined
}

function toWarning(media: SessionMedia | undefined): string | undefined {
  if (media?.microphone === 'digitalSilence')
    return say('The microphone delivers only digital silence. Check its mute switch.')
  if (media?.microphone === 'none') return say('There is no microphone. The other side cannot hear you.')
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
    title: registered ? say('Waiting for calls') : say('Not reachable'),
    text: registered
      ? say('Registered as {name}', {
          name: extension.status === 'ready' ? extension.extension : registration.contact.user,
        })
      : say('The phone is not registered.'),
    registered,
    place: reason === undefined ? () => void actions.ask('call.placeTest', {}) : undefined,
    reason,
    error:
      registration.status === 'waiting' || registration.status === 'refused' ? registration.error : undefined,
    prepare: registered && account.status === 'signedIn' ? undefined : () => actions.open('quickstart'),
    last: last && toEnded(last, app),
    callId: callIdOf(app, last),
    name: last ? remoteName(last, app) : say('Caller'),
  }
}

function whyNotPlace(account: AppState['account'], registered: boolean): string | undefined {
  if (account.status !== 'signedIn') return say('Sign in first.')
  if (!registered) return say('Register the phone first: nobody can call it now.')
  return whyNot(account, 'placeCalls')
}

/** The match with the platform's call in words (contract G.2). */
export function toLinkText(link: CallLink): { text: string; tone: 'good' | 'busy' | 'warn' } {
  if (link.status === 'linking') return { text: say('Matching with the platform’s call'), tone: 'busy' }
  if (link.status === 'unlinked')
    return { text: say('Not matched: {reason}', { reason: say(link.reason) }), tone: 'warn' }
  const text = {
    contact: say('Matched by our own contact'),
    callIds: say('Matched by the ids of our request'),
    answered: say('Matched by the answered call'),
    callerAndTime: say('Matched by caller and time'),
  }[link.by]
  return { text, tone: 'good' }
}
