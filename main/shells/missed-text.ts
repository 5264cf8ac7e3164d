// A missed call as a notification says it: the same words in both shells.
import type { MissedCall } from '../../common/model/ringing.ts'

/** `missed`: how many nobody has seen yet. */
export function toMissedText(
  { name, address, why }: MissedCall,
  missed: number,
): { title: string; body: string } {
  const because = {
    notAnswered: '',
    doNotDisturb: 'Refused as busy: do not disturb is on.',
    busy: 'Refused as busy: you were in a call.',
  }[why]
  return {
    title: missed > 1 ? `${missed} missed calls, the last by ${name}` : `Missed call: ${name}`,
    body: [address, because].filter((part) => part !== '').join('\n'),
  }
}
