// The call that ended last: who, how it came out, how long it was.
import type { ErrorData } from '../../common/kit/errors.ts'
import type { People } from '../../common/model/caller.ts'
import type { Session } from '../../common/model/phone.ts'
import { remoteName } from './sessions.ts'

export interface EndedCall {
  name: string
  text: string
  endedAt: number | undefined
  lengthMs: number | undefined
  error: ErrorData | undefined
}

const outcomes: Record<NonNullable<Session['outcome']>, string> = {
  hungUpByUs: 'You hung up',
  hungUpByThem: 'They hung up',
  declined: 'Declined',
  canceled: 'Missed: the caller gave up',
  answeredElsewhere: 'Answered on another device',
  notAnswered: 'Not answered',
  busy: 'Busy',
  refused: 'They declined',
  transferred: 'Transferred',
  failed: 'Failed',
}
/** What a call of ours that was never answered came to. */
const outgoing: Partial<typeof outcomes> = {
  hungUpByUs: 'You gave up',
  notAnswered: 'No answer',
  failed: 'Not connected',
}

export function toEnded(session: Session, people?: People): EndedCall {
  const { answeredAt, endedAt } = session
  return {
    name: remoteName(session, people),
    text: toText(session),
    endedAt,
    lengthMs: answeredAt !== undefined && endedAt !== undefined ? endedAt - answeredAt : undefined,
    error: session.error,
  }
}

function toText(session: Session): string {
  const { outcome, direction, answeredAt, transfer, reason, error } = session
  if (!outcome) return 'Ended'
  if (outcome === 'transferred' && transfer) return `Transferred to ${transfer.to}`
  if (outcome === 'hungUpByThem' && reason && transfer) return `They hung up ${reason}`
  if (direction === 'incoming' || answeredAt !== undefined) return outcomes[outcome]
  // With an error the reason is not a person's.
  if (outcome === 'refused' && error) return 'Not connected'
  return outgoing[outcome] ?? outcomes[outcome]
}
