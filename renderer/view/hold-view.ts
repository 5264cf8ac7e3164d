// Who holds a call, in words, and the way to change it.
import type { Session } from '../../common/model/phone.ts'
import { say } from '../../common/words/say.ts'

export interface HoldView {
  by: 'us' | 'them' | 'both'
  title: string
  /** What it means for who hears whom. */
  text: string
  since: number | undefined
}

export function toHold({ held, heldAt }: Session): HoldView | undefined {
  if (held.byUs && held.byThem) {
    return { by: 'both', title: say('On hold by both'), text: say('Nobody hears the other.'), since: heldAt }
  }
  if (held.byUs)
    return { by: 'us', title: say('On hold by you'), text: say('Nobody hears the other.'), since: heldAt }
  if (held.byThem) {
    return { by: 'them', title: say('On hold by them'), text: say('They do not hear you.'), since: undefined }
  }
  return undefined
}
