// Keys in words: a pressed one as the table of actions writes it, and one of the table as people and screen readers read it.
import { say } from '../../common/words/say.ts'
import { type ActionId, toAction } from './action-table.ts'

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/**
 * `Ctrl+Shift+A`. On a Mac Ctrl is the command key, and its own Ctrl moves about in texts. The sign of a layout counts, not
 * where it is printed.
 */
export function toChord(pressed: Pressed, mac = isMac()): string {
  const { ctrlKey, metaKey, altKey, shiftKey } = pressed
  const isCommand = metaKey || (ctrlKey && !mac)
  const name = toName(pressed, isCommand && shiftKey)
  // A sign may need Shift on one keyboard and not on another: "/" on a German one.
  const isSign = name.length === 1 && !/[A-Z0-9]/.test(name)
  return [
    mac && ctrlKey ? 'Control' : '',
    isCommand ? 'Ctrl' : '',
    altKey ? 'Alt' : '',
    shiftKey && !isSign ? 'Shift' : '',
    name,
  ]
    .filter(Boolean)
    .join('+')
}

/** A Mac makes another sign of them with Alt. */
const signs: Record<string, string | undefined> = { Period: '.', Comma: ',' }

/** Letters and digits by their place where the layout has other ones there: Cyrillic, or digits of a French keyboard. */
function toName({ key, code }: Pressed, isShiftCommand: boolean): string {
  if (key.length > 1) return key
  if (/^[a-z0-9]$/i.test(key)) return key.toUpperCase()
  // An Arabic keyboard has "/" on its L with Shift; a German one has it on its 7, and there it is meant.
  const letter = /^Key(\w)$/.exec(code)?.[1]
  if (isShiftCommand && letter) return letter
  if (key === '/' || key === ',' || key === '.') return key
  // Where it is another sign ("-" of a German keyboard) that one is meant.
  if (code === 'Slash' && /^(?!\p{Script=Latin})\p{L}$/u.test(key)) return '/'
  return signs[code] ?? letter ?? /^Digit(\w)$/.exec(code)?.[1] ?? key
}

/** Without a command key it is a letter that somebody types. */
export const isBare = (chord: string): boolean => !/^(Ctrl|Alt)\+/.test(chord)

/** On a Mac Option types signs: `@` is Option+2 on a Spanish keyboard, Option+L on a German one. */
export const isTyped = ({ key, ctrlKey, metaKey, altKey }: Pressed, mac = isMac()): boolean =>
  mac && altKey && !ctrlKey && !metaKey && key.length === 1 && !/^[a-z0-9]$/i.test(key)

export const isMac = (): boolean =>
  typeof navigator !== 'undefined' && /^(Mac|iP)/.test(navigator.platform ?? '')

/** As it is printed on the keys: `Ctrl+Shift+A`, `⇧⌘A`. */
export function toKeyText(chord: string, mac = isMac()): string {
  if (!mac) return chord
  const parts = chord.split('+').filter(Boolean)
  const name = parts.at(-1) ?? ''
  const sign = { Alt: '⌥', Shift: '⇧', Ctrl: '⌘' } as const
  const order = (['Alt', 'Shift', 'Ctrl'] as const).filter((one) => parts.slice(0, -1).includes(one))
  return order.map((one) => sign[one]).join('') + name
}

/** For `aria-keyshortcuts`. */
export function toAriaKeys(id: ActionId, mac = isMac()): string {
  return toAction(id)
    .keys.map((chord) => chord.replace('Ctrl+', mac ? 'Meta+' : 'Control+'))
    .join(' ')
}

/** What a tooltip says: the words, and the key that does the same. */
export const toTip = (says: string, id: ActionId): string =>
  say('{says} ({key})', { says, key: toKeyText(toAction(id).keys[0]) })
