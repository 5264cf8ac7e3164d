// What closing the window does. Pure.
import type { DeskFace } from '../../../common/model/ringing.ts'

/** `ask`: quitting would end a call, which nobody does by closing a window unasked. */
export function chooseClosing(
  { whenClosed, inCall }: Pick<DeskFace, 'whenClosed' | 'inCall'>,
  hasTray: boolean,
): 'hide' | 'quit' | 'ask' {
  if (whenClosed === 'stay' && hasTray) return 'hide'
  return inCall ? 'ask' : 'quit'
}
