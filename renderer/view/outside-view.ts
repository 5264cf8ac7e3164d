// What of the phone outlives its window in this shell, and why the rest does not.
import type { Ringing } from '../../common/model/ringing.ts'
import { say } from '../../common/words/say.ts'

export interface OutsideView {
  mayStay: boolean
  closing: string
  mayStart: boolean
  login: string
}

export function toOutside({ tray }: Ringing): OutsideView {
  const closing = {
    there: say('The icon in the tray brings the window back, and quits.'),
    missing: say('This desktop shows no tray icons, so nothing would lead back: closing quits.'),
    none: say(
      'In a browser window the phone ends with its window. The desktop program keeps it in the tray.',
    ),
  }[tray]
  const login =
    tray === 'none'
      ? say('Only the desktop program can wait for calls without a window.')
      : say('Hidden in the tray, or minimised where there is none.')
  return { mayStay: tray === 'there', closing, mayStart: tray !== 'none', login }
}
