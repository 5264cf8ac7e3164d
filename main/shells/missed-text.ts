// A missed call as a notification says it: the same words in both shells.
import type { MissedCall } from '../../common/model/ringing.ts'
import { say } from '../../common/words/say.ts'

/** `missed`: how many nobody has seen yet. */
export function toMissedText(
  { name, address, why }: MissedCall,
  missed: number,
): { title: string; body: string } {
  const because = {
    notAnswered: '',
    doNotDisturb: say('Refused as busy: do not disturb is on.'),
    busy: say('Refused as busy: you were in a call.'),
  }[why]
  return {
    title: say('{missed, plural, one {Missed call: {name}} other {# missed calls, the last by {name}}}', {
      missed,
      name,
    }),
    body: [address, because].filter((part) => part !== '').join('\n'),
  }
}
