// A call of ours that is not answered yet: how far it has come, in words.
import type { Session } from '../../common/model/phone.ts'

/** RFC 3261 section 21.1: what a provisional answer means to the one who waits. */
const progress: Record<number, string> = {
  180: 'Ringing',
  181: 'Being forwarded',
  182: 'In a queue',
  183: 'On its way',
}

export function toProgress(session: Session): string {
  return (session.progress !== undefined && progress[session.progress]) || 'Calling'
}

export const isCallingOut = (session: Session): boolean =>
  session.direction === 'outgoing' && (session.status === 'dialing' || session.status === 'ringing')
