// The buttons of a headset as Settings shows them.
import type { PhoneState } from '../../common/model/phone.ts'
import { say } from '../../common/words/say.ts'
import type { Actions } from './actions.ts'
import type { Tone } from './tone.ts'

export interface HeadsetView {
  text: string
  tone: Tone
  /** What to do about it. */
  help: string
  connect: (() => void) | undefined
  forget: (() => void) | undefined
}

export function toHeadset(
  { headset }: Pick<PhoneState, 'headset'>,
  actions: Pick<Actions, 'connectHeadset' | 'forgetHeadset'>,
): HeadsetView {
  const connect = () => actions.connectHeadset()
  const forget = () => actions.forgetHeadset()
  switch (headset.status) {
    case 'unavailable':
      return {
        text: say('Not possible here'),
        tone: 'idle',
        help: say('The browser engine of this window knows no headset buttons (WebHID).'),
        connect: undefined,
        forget: undefined,
      }
    case 'none':
      return {
        text: say('No headset with buttons is connected'),
        tone: 'idle',
        help: say('You choose the headset once; nothing else of it is read.'),
        connect,
        forget: undefined,
      }
    case 'connecting':
      return { text: say('Connecting'), tone: 'busy', help: '', connect: undefined, forget: undefined }
    case 'connected':
      return {
        text: say('Buttons of {name}', { name: headset.name }),
        tone: 'good',
        help: toHas(headset.has),
        connect: undefined,
        forget,
      }
    case 'away':
      return {
        text: say('{name} is not connected', { name: headset.name }),
        tone: 'warn',
        help: say('Its buttons work again as soon as it is plugged in.'),
        connect,
        forget,
      }
    case 'failed':
      return {
        text: say('{name} could not be opened', { name: headset.name }),
        tone: 'bad',
        help: say(
          'Another program may hold it; on Linux its device file may need a rule (docs/devices.md). {why}',
          {
            why: headset.why,
          },
        ),
        connect,
        forget,
      }
  }
}

type Has = Extract<PhoneState['headset'], { status: 'connected' }>['has']

function toHas({ hook, mute, muteLight }: Has): string {
  if (hook && mute)
    return muteLight
      ? say('It answers, hangs up and mutes; its lights follow the call.')
      : say('It answers, hangs up and mutes.')
  if (hook) return say('It answers and hangs up; it has no mute button of its own.')
  return mute ? say('It mutes; it has no button to answer.') : say('It has no button for calls.')
}
