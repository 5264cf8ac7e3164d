// Who is on air, and who hears it: the AI voice, the person's own microphone, both, or nobody.
import type { AppState } from '../../common/model/app-state.ts'
import type { PhoneState, Session } from '../../common/model/phone.ts'
import { type HeardBy, isSaidNow, type SpeakItem, type Speaking } from '../../common/model/speaking.ts'
import { say } from '../../common/words/say.ts'
import { callIdOf, frontSession } from './sessions.ts'

export interface OnAirView {
  who: 'voice' | 'voiceAndYou' | 'you' | 'nobody'
  title: string
  /** Who hears it. */
  text: string
}

/** Nothing outside of a call that is up. */
export function toOnAir(
  app: Pick<AppState, 'links' | 'speakings'>,
  phone: PhoneState,
): OnAirView | undefined {
  const session = frontSession(phone)
  if (session?.status !== 'established') return undefined
  const speaking = app.speakings[callIdOf(app, session) ?? '']
  const open = session.sending === 'on' && !session.held.byUs && !session.held.byThem && !toNoVoice(session)
  const spoken = speaking && toSpokenNow(speaking)
  if (speaking && spoken) {
    // Of the session it was sent on: another choice counts from the next text on.
    const { alone, voice } = speaking
    const text = toHearers({ voice: { ...voice, heardBy: spoken.heardBy ?? voice.heardBy }, alone })
    return open
      ? {
          who: 'voiceAndYou',
          title: say('The voice is on air, and your microphone is open'),
          text,
        }
      : { who: 'voice', title: say('The voice is on air'), text }
  }
  if (open) return { who: 'you', title: say('You are on air'), text: toYourHearers(speaking) }
  return { who: 'nobody', title: say('Nobody is on air'), text: toWhyNobody(session) }
}

/** By its sound in our ear; where that is no proof, because it is not in our ear, by what the platform took. */
const toSpokenNow = ({ items, sounding, voice }: Speaking): SpeakItem | undefined =>
  items.find(
    (item) =>
      isSaidNow(item, sounding) &&
      (item.status === 'speaking' ||
        item.status === 'transcribed' ||
        (item.heardBy ?? voice.heardBy) === 'them'),
  )

/** Of the typed text (contract C.6 item 6). */
export function toHearers({ voice, alone }: Pick<Speaking, 'voice' | 'alone'>): string {
  if (alone) return say('Only you hear it: nobody else is in a test call.')
  return toHeardBy(voice.heardBy)
}

export function toHeardBy(heardBy: HeardBy): string {
  if (heardBy === 'both') return say('You and the other side hear it.')
  return heardBy === 'them'
    ? say('Only the other side hears it; here it cannot be heard.')
    : say('Only you hear it, the other side does not.')
}

const toYourHearers = (speaking: Speaking | undefined): string =>
  speaking?.alone
    ? say('The platform hears your microphone; nobody else is in a test call.')
    : say('The other side hears your microphone.')

function toWhyNobody(session: Session): string {
  const { held, sending } = session
  if (held.byUs) return say('You hold the call.')
  if (held.byThem) return say('The other side holds the call.')
  return sending === 'muted' ? say('Your microphone is muted.') : (toNoVoice(session) ?? '')
}

/** Why nothing can be heard of a microphone that is not muted. One that gave sound before may only be gated: it is open. */
function toNoVoice({ media }: Session): string | undefined {
  if (media?.microphone === 'none') return say('There is no microphone. The other side cannot hear you.')
  return media?.microphone === 'digitalSilence' && media.firstSpokenAt === undefined
    ? say('The microphone delivers only digital silence. Check its mute switch.')
    : undefined
}
