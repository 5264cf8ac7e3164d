// Which ended calls a person has missed, and why.
import type { Session } from '../../common/model/phone.ts'
import { type MissedCall, refusalReasons } from '../../common/model/ringing.ts'

/** Nothing for calls that were answered, here or elsewhere, and for those that the person declined. */
export function toMissed(session: Session): MissedCall | undefined {
  if (session.direction !== 'incoming' || session.status !== 'ended') return undefined
  if (session.answeredAt !== undefined) return undefined
  const why = toWhy(session)
  if (!why) return undefined
  return { sessionId: session.id, ...toCaller(session), at: session.startedAt, why, seen: false }
}

function toWhy({ outcome, reason }: Session): MissedCall['why'] | undefined {
  if (outcome === 'declined') {
    if (reason === refusalReasons.doNotDisturb) return 'doNotDisturb'
    // A person declines without a reason.
    return reason === refusalReasons.busy ? 'busy' : undefined
  }
  return outcome === 'answeredElsewhere' || outcome === 'hungUpByUs' ? undefined : 'notAnswered'
}

/** In the words that say most. */
export function toCaller({ remote: { displayName, user, host } }: Session) {
  const name = displayName || user || host || 'Unknown caller'
  const address = user ? `${user}@${host}` : host
  return { name, address: address === name ? '' : address, user }
}
