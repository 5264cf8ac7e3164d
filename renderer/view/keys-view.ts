// Keys of the dial pad, one by one or as a row with pauses.
import type { Session } from '../../common/model/phone.ts'
import { say } from '../../common/words/say.ts'
import type { Actions } from './actions.ts'

export interface KeysView {
  press: ((tones: string) => void) | undefined
  /** How far a row of keys is; empty where none is on its way. */
  text: string
  goOn: (() => void) | undefined
  stop: (() => void) | undefined
}

export function toKeys(session: Session, actions: Actions): KeysView {
  const { id, keys, status } = session
  const press = status === 'established' ? (tones: string) => actions.sendDtmf(id, tones) : undefined
  if (!keys || !press) return { press, text: '', goOn: undefined, stop: undefined }
  const waits = keys.status === 'waiting'
  return {
    press,
    text: waits
      ? say('{n, plural, one {Waits for you with # key.} other {Waits for you with # keys.}}', {
          n: keys.left,
        })
      : say('Sending keys'),
    goOn: waits ? () => actions.goOnKeys(id) : undefined,
    stop: () => actions.stopKeys(id),
  }
}

const longest = 128

/** Blanks and what people write between digits goes; the phone understands the rest. */
export const toKeysText = (text: string): string => text.replace(/[\s()./-]/g, '')

/** What is wrong with it, in words. */
export function whyNotKeys(text: string): string | undefined {
  const keys = toKeysText(text)
  if (!/^[0-9*#a-d,;pw]*$/i.test(keys)) return say('Only digits, * # A B C D, a comma and a semicolon.')
  return keys.length > longest ? say('At most {n} keys at once.', { n: longest }) : undefined
}
