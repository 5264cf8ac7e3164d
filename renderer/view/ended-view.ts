// The call that ended last: who, how it came out, how long it was.

import type { ErrorData } from '../../common/kit/errors.ts'
import type { Session } from '../../common/model/phone.ts'
import { toRecordId } from '../../common/model/record.ts'
import type { WhomParts } from '../../common/model/whom.ts'
import type { Phrase } from '../../common/words/placeholders.ts'
import { phrase, say } from '../../common/words/say.ts'
import { remoteName } from './sessions.ts'

export interface EndedCall {
  name: string
  text: string
  /** Of its flight record. */
  recordId: string
  endedAt: number | undefined
  lengthMs: number | undefined
  error: ErrorData | undefined
}

const outcomes: Record<NonNullable<Session['outcome']>, Phrase> = {
  hungUpByUs: phrase('You hung up'),
  hungUpByThem: phrase('They hung up'),
  declined: phrase('Declined'),
  canceled: phrase('Missed: the caller gave up'),
  answeredElsewhere: phrase('Answered on another device'),
  notAnswered: phrase('Not answered'),
  busy: phrase('Busy'),
  refused: phrase('They declined'),
  transferred: phrase('Transferred'),
  failed: phrase('Failed'),
}
/** What a call of ours that was never answered came to. */
const outgoing: Partial<typeof outcomes> = {
  hungUpByUs: phrase('You gave up'),
  notAnswered: phrase('No answer'),
  failed: phrase('Not connected'),
}

export function toEnded(session: Session, app: WhomParts = {}): EndedCall {
  const { answeredAt, endedAt } = session
  return {
    name: remoteName(session, app),
    recordId: toRecordId(session),
    text: toText(session),
    endedAt,
    lengthMs: answeredAt !== undefined && endedAt !== undefined ? endedAt - answeredAt : undefined,
    error: session.error,
  }
}

function toText(session: Session): string {
  const { outcome, direction, answeredAt, transfer, reason, error } = session
  if (!outcome) return say('Ended')
  if (outcome === 'transferred' && transfer) return say('Transferred to {to}', { to: transfer.to })
  // The one reason that the phone gives then.
  if (outcome === 'hungUpByThem' && reason && transfer)
    return say('They hung up before it was known whether the transfer worked')
  if (direction === 'incoming' || answeredAt !== undefined) return say(outcomes[outcome])
  // With an error the reason is not a person's.
  if (outcome === 'refused' && error) return say('Not connected')
  return say(outgoing[outcome] ?? outcomes[outcome])
}
