// The window's title: what a person must see on the task bar.
import type { People } from '../../common/model/caller.ts'
import type { PhoneState } from '../../common/model/phone.ts'
import { isCallingOut } from './outgoing-view.ts'
import { frontSession, isRinging, remoteName } from './sessions.ts'

const product = 'VoIPBIN Companion'

export function toTitle(phone: PhoneState, missed = 0, people?: People): string {
  const ringing = phone.sessions.find(isRinging)
  if (ringing) return `Ringing: ${remoteName(ringing, people)} · ${product}`
  const session = frontSession(phone)
  if (session && isCallingOut(session)) return `Calling: ${remoteName(session, people)} · ${product}`
  if (session) return `In call: ${remoteName(session, people)} · ${product}`
  return missed > 0 ? `(${missed}) ${product}` : product
}
