// Which ended calls a person has missed, and why.
import { type People, toCaller } from '../../common/model/caller.ts'
import { type HistoryOutcome, isMissed, toHistoryOutcome } from '../../common/model/history.ts'
import type { Session } from '../../common/model/phone.ts'
import type { MissedCall } from '../../common/model/ringing.ts'

/** Nothing for calls that were answered, here or elsewhere, and for those that the person declined. */
export function toMissed(session: Session, people: People): MissedCall | undefined {
  if (session.status !== 'ended') return undefined
  const { direction, answeredAt } = session
  const outcome = toHistoryOutcome(session)
  // As in the history: one call is not missed here and declined there.
  if (!isMissed({ direction, answeredAt, outcome })) return undefined
  const { name, address, user } = toCaller(session.remote, people)
  return {
    sessionId: session.id,
    name,
    address,
    user,
    at: session.startedAt,
    why: toWhy(outcome),
    seen: false,
  }
}

function toWhy(outcome: HistoryOutcome): MissedCall['why'] {
  if (outcome === 'doNotDisturb') return 'doNotDisturb'
  return outcome === 'engaged' ? 'busy' : 'notAnswered'
}
