// A call of ours that is not answered yet: how far it has come, in words.

import type { Session } from '../../common/model/phone.ts'
import type { Phrase } from '../../common/words/placeholders.ts'
import { phrase, say } from '../../common/words/say.ts'

/** RFC 3261 section 21.1: what a provisional answer means to the one who waits. */
const progress: Record<number, Phrase> = {
  180: phrase('Ringing'),
  181: phrase('Being forwarded'),
  182: phrase('In a queue'),
  183: phrase('On its way'),
}

export function toProgress(session: Session): string {
  return say((session.progress !== undefined && progress[session.progress]) || phrase('Calling'))
}

export const isCallingOut = (session: Session): boolean =>
  session.direction === 'outgoing' && (session.status === 'dialing' || session.status === 'ringing')
