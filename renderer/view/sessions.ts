// Which SIP session the window is about, and its call on the platform.
import type { AppState } from '../../common/model/app-state.ts'
import type { PhoneState, Session } from '../../common/model/phone.ts'

export const isLive = (session: Session): boolean => session.status !== 'ended'
export const isRinging = (session: Session): boolean =>
  session.status === 'ringing' && session.direction === 'incoming'

const importance: Record<Session['status'], number> = {
  established: 4,
  answering: 3,
  dialing: 2,
  ringing: 1,
  ended: 0,
}

/** The session in front: a call in progress before one that rings, the newest of several. */
export function frontSession(phone: PhoneState): Session | undefined {
  return phone.sessions
    .filter(isLive)
    .toSorted((a, b) => importance[b.status] - importance[a.status] || b.startedAt - a.startedAt)[0]
}

export function lastEnded(phone: PhoneState): Session | undefined {
  return phone.sessions
    .filter((session) => !isLive(session))
    .toSorted((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0))[0]
}

export function callIdOf(app: Pick<AppState, 'links'>, session: Session | undefined): string | undefined {
  const link = session && app.links[session.id]
  return link?.status === 'linked' ? link.callId : undefined
}

/** Who is on the other side, in the words that say most. */
export function remoteName(session: Session): string {
  const { displayName, user, host } = session.remote
  return displayName || user || host || 'Unknown caller'
}

export function remoteAddress(session: Session): string {
  const { user, host } = session.remote
  return user ? `${user}@${host}` : host
}
