// The status strip: account, registration, events and call, each with its proof. Nothing is green without one.
import { AppError, type ErrorData } from '../../common/kit/errors.ts'
import type { AppState } from '../../common/model/app-state.ts'
import type { PhoneState } from '../../common/model/phone.ts'
import { say } from '../../common/words/say.ts'
import { toHold } from './hold-view.ts'
import { isCallingOut } from './outgoing-view.ts'
import { frontSession, remoteName } from './sessions.ts'
import type { Tone } from './tone.ts'

export interface StatusItem {
  id: 'account' | 'registration' | 'events' | 'call'
  label: string
  value: string
  tone: Tone
  /** What proves it, and when: `proven 4 s ago`. */
  proof?: { text: string; at: number }
  /** After this the proof is too old to be called good. Epoch ms. */
  goodUntil?: number
  /** Said instead of a proof. */
  note?: string
  /** When it is tried again. */
  retryAt?: number
  error?: ErrorData
}

/** Server pings come every 10 s (contract E.1); three missed ones end the trust. */
const pingTrustMs = 35_000

export const toStatus = (app: AppState, phone: PhoneState): StatusItem[] => [
  toAccountItem(app),
  toRegistrationItem(phone),
  toEventsItem(app),
  toCallItem(phone, app),
]

function toAccountItem({ account, profiles }: AppState): StatusItem {
  // Of which server, where there are several.
  const profile = profiles.list.length > 1 ? profiles.list.find(({ id }) => id === profiles.now) : undefined
  const item = { id: 'account' as const, label: profile?.name ?? say('Account') }
  switch (account.status) {
    case 'signedOut':
      return { ...item, value: say('Signed out'), tone: 'idle', note: say('no account') }
    case 'signingIn':
      return { ...item, value: say('Signing in'), tone: 'busy', note: say('asking the platform') }
    case 'signedIn':
      return {
        ...item,
        value: account.customerName ?? account.username ?? say('Signed in'),
        tone: 'good',
        proof: { text: say('accepted'), at: account.provenAt },
        ...(account.expiresAt === undefined ? {} : { goodUntil: account.expiresAt }),
      }
    case 'expired':
      return { ...item, value: say('Expired'), tone: 'bad', note: say('sign in again'), error: account.error }
    case 'failed':
      return {
        ...item,
        value: say('Not signed in'),
        tone: 'bad',
        note: say('last try failed'),
        error: account.error,
      }
  }
}

function toRegistrationItem({ registration }: PhoneState): StatusItem {
  const item = { id: 'registration', label: say('Registration') } as const
  switch (registration.status) {
    case 'offline':
      return { ...item, value: say('Offline'), tone: 'idle', note: say('no calls') }
    case 'connecting':
      return { ...item, value: say('Connecting'), tone: 'busy', note: toAttempt(registration.attempt) }
    case 'registering':
      return { ...item, value: say('Registering'), tone: 'busy', note: toAttempt(registration.attempt) }
    case 'registered':
      return {
        ...item,
        value: say('Registered'),
        tone: 'good',
        proof: { text: '200 OK', at: registration.provenAt },
        goodUntil: registration.expiresAt,
      }
    case 'waiting':
      return {
        ...item,
        value: say('Lost'),
        tone: 'warn',
        retryAt: registration.retryAt,
        error: registration.error,
      }
    case 'refused':
      return {
        ...item,
        value: say('Refused'),
        tone: 'bad',
        note: say('not retried'),
        error: registration.error,
      }
  }
}

function toEventsItem({ subscription }: AppState): StatusItem {
  const item = { id: 'events', label: say('Events') } as const
  switch (subscription.status) {
    case 'closed':
      return { ...item, value: say('Closed'), tone: 'idle', note: say('no events') }
    case 'connecting':
      return { ...item, value: say('Connecting'), tone: 'busy', note: toAttempt(subscription.attempt) }
    case 'waiting':
      return {
        ...item,
        value: say('Lost'),
        tone: 'warn',
        retryAt: subscription.retryAt,
        error: subscription.error,
      }
    case 'refused':
      return {
        ...item,
        value: say('Refused'),
        tone: 'bad',
        note: say('not retried'),
        error: subscription.error,
      }
    case 'open':
      return toOpenEvents(item, subscription)
  }
}

function toOpenEvents(
  item: { id: 'events'; label: string },
  open: Extract<AppState['subscription'], { status: 'open' }>,
): StatusItem {
  if (open.delivery === 'silent') {
    return {
      ...item,
      value: say('Silent'),
      tone: 'warn',
      proof: { text: say('read over REST, found'), at: open.silentSince ?? open.openedAt },
      error: new AppError('events.silent').toData(),
    }
  }
  if (open.delivery === 'unproven') {
    // It may stay so for hours: nothing is under way, so nothing turns (and keeps the processor busy).
    return { ...item, value: say('Open'), tone: 'idle', note: say('not proven yet') }
  }
  const heardAt = Math.max(open.lastPingAt ?? 0, open.lastEventAt ?? 0, open.openedAt)
  return {
    ...item,
    value: say('{n, plural, one {# event} other {# events}}', { n: open.events }),
    tone: 'good',
    proof: { text: say('proven'), at: Math.max(open.provenAt ?? 0, open.lastEventAt ?? 0) || open.openedAt },
    goodUntil: heardAt + pingTrustMs,
  }
}

function toCallItem(phone: PhoneState, app: AppState): StatusItem {
  const item = { id: 'call', label: say('Call') } as const
  const session = frontSession(phone)
  if (!session) return { ...item, value: say('None'), tone: 'idle', note: say('no call now') }
  const name = remoteName(session, app)
  if (session.status !== 'established') {
    const ringing = session.status === 'ringing' && session.direction === 'incoming'
    const value = ringing ? say('Ringing') : isCallingOut(session) ? say('Calling') : say('Connecting')
    return { ...item, value, tone: 'busy', note: name }
  }
  // Silence is meant then: no warning, and no proof either.
  const hold = toHold(session)
  if (hold) {
    return {
      ...item,
      value: say('On hold'),
      tone: 'idle',
      note: { us: say('by you'), them: say('by them'), both: say('by both') }[hold.by],
    }
  }
  const { media } = session
  if (media?.firstHeardAt === undefined) {
    return { ...item, value: say('In call'), tone: 'busy', note: say('no sound yet') }
  }
  return {
    ...item,
    value: say('In call'),
    tone: 'good',
    proof: { text: say('sound heard'), at: media.firstHeardAt },
  }
}

const toAttempt = (attempt: number): string => say('attempt {attempt}', { attempt })
