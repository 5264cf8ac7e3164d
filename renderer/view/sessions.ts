// Which SIP session the window is about, and its call on the platform.
import type { AppState } from '../../common/model/app-state.ts'
import type { PhoneState, Session } from '../../common/model/phone.ts'
import { toWhom, type WhomParts } from '../../common/model/whom.ts'

export const isLive = (session: Session): boolean => session.status !== 'ended'
export const isRinging = (session: Session): boolean =>
  session.status === 'ringing' && session.direction === 'incoming'

/**
 * What a person is at. A call that they began or are answering comes first, then the one that they speak in, then one
 * that waits on hold, then one that rings.
 */
function toImportance(session: Session): number {
  if (session.status === 'answering' || session.status === 'dialing') return 4
  if (session.status === 'ringing') return session.direction === 'outgoing' ? 4 : 1
  return session.held.byUs ? 2 : 3
}

/** The session in front. Of several alike the one that was brought there, else the newest. */
export function frontSession(phone: PhoneState): Session | undefined {
  return phone.sessions
    .filter(isLive)
    .toSorted(
      (a, b) =>
        toImportance(b) - toImportance(a) ||
        Number(b.id === phone.front) - Number(a.id === phone.front) ||
        b.startedAt - a.startedAt,
    )[0]
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
export const remoteName = (session: Session, app: WhomParts = {}): string => toWhom(session, app).name

export function remoteAddress(session: Session): string {
  const { user, host } = session.remote
  return user ? `${user}@${host}` : host
}
