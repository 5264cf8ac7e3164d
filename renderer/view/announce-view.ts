// What a screen reader is told without being asked: where the call stands, and whether calls can come.
import type { PhoneState, Session } from '../../common/model/phone.ts'
import type { WhomParts } from '../../common/model/whom.ts'
import { say } from '../../common/words/say.ts'
import { toEnded } from './ended-view.ts'
import { toHold } from './hold-view.ts'
import { isCallingOut } from './outgoing-view.ts'
import { frontSession, isRinging, lastEnded, remoteName } from './sessions.ts'

/** The call in front. What rings tells itself (an alert), and so does the way of a call of ours. */
export function toCallNews(phone: PhoneState, app: WhomParts = {}): string {
  const session = frontSession(phone)
  if (!session) {
    const last = lastEnded(phone)
    return last ? say('{name}: {outcome}', { name: remoteName(last, app), outcome: toEnded(last).text }) : ''
  }
  if (isRinging(session) || isCallingOut(session)) return ''
  const name = remoteName(session, app)
  if (session.status !== 'established') return say('Connecting to {name}', { name })
  return [say('In a call with {name}.', { name }), ...toCondition(session)].join(' ')
}

function toCondition(session: Session): string[] {
  const hold = toHold(session)
  return [
    ...(hold ? [`${hold.title}.`] : []),
    ...(session.sending === 'muted' ? [say('Your microphone is muted.')] : []),
  ]
}

export function toLineNews({ registration }: PhoneState): string {
  switch (registration.status) {
    case 'registered':
      return say('The phone is registered: calls can come.')
    case 'waiting':
      return lost()
    case 'refused':
      return say('The registration was refused: no calls can come.')
    case 'offline':
      return say('The phone is offline.')
    case 'connecting':
    case 'registering':
      // The same words through all tries: a region that is filled again is read again.
      return registration.attempt > 0 ? lost() : ''
    default:
      return ''
  }
}

const lost = () => say('The registration is lost and tried again: no calls can come.')
