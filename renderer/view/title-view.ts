// The window's title: what a person must see on the task bar.
import type { PhoneState } from '../../common/model/phone.ts'
import type { WhomParts } from '../../common/model/whom.ts'
import { say } from '../../common/words/say.ts'
import { isCallingOut } from './outgoing-view.ts'
import { frontSession, isRinging, remoteName } from './sessions.ts'

const product = 'VoIPBIN Companion'

/** `voice`: typed text is being spoken. */
export function toTitle(phone: PhoneState, missed = 0, app: WhomParts = {}, voice = false): string {
  const ringing = phone.sessions.find(isRinging)
  if (ringing) return say('Ringing: {name} · {product}', { name: remoteName(ringing, app), product })
  const session = frontSession(phone)
  if (session && isCallingOut(session))
    return say('Calling: {name} · {product}', { name: remoteName(session, app), product })
  if (session && voice)
    return say('Voice on air: {name} · {product}', { name: remoteName(session, app), product })
  if (session) return say('In call: {name} · {product}', { name: remoteName(session, app), product })
  return missed > 0 ? `(${missed}) ${product}` : product
}
