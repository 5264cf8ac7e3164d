// The dial field: what would be called, whether it can be, and the last one again. It never dials by itself.
import type { countryOf, readNumber } from '../../common/kit/phone-number.ts'
import type { AppState } from '../../common/model/app-state.ts'
import { looksLikeNumber, readTarget } from '../../common/model/dial-target.ts'
import { toSource } from '../../common/model/number.ts'
import { phrase, say } from '../../common/words/say.ts'
import type { Actions } from './actions.ts'

export interface DialView {
  /** Calls what is in the field. */
  call: (() => void) | undefined
  /** What pressing the button will do, or what is wrong with the text. */
  hint: string
  wrong: boolean
  /** A number without its country code, as it would be with it: for the field, not dialled. */
  instead: { number: string; label: string } | undefined
  redial: { target: string; call: () => void } | undefined
  /** What is in the field, where it is a telephone number: E.164. */
  number: string | undefined
}

/** They come when they are loaded (state/number-rules.ts). */
export interface NumberRules {
  readNumber: typeof readNumber
  countryOf: typeof countryOf
}

export interface DialAid {
  rules: NumberRules | undefined
  /** Two letters: where a number without country code is meant to be called. */
  home: string | undefined
}

const help = phrase('An extension, a number with +, or a SIP address.')

export function toDial(
  text: string,
  last: string | undefined,
  actions: Pick<Actions, 'dial'>,
  aid: DialAid = { rules: undefined, home: undefined },
): DialView {
  const read = readTarget(text)
  const empty = text.trim() === ''
  const ok = !('wrong' in read)
  return {
    call: ok ? () => actions.dial(text) : undefined,
    hint: empty ? say(help) : ok ? toHint(text, read, aid) : read.wrong,
    wrong: !empty && !ok,
    instead: ok ? toInstead(text, aid) : undefined,
    redial: last === undefined ? undefined : { target: last, call: () => actions.dial(last) },
    number: ok && read.host === undefined && read.user.startsWith('+') ? read.user : undefined,
  }
}

/** Whether the rules can say something about it. */
export const isPerhapsNumber = (text: string) => /^\s*(\+|[\d\s()./-]{7})/.test(text)

/** The country of the number that calls come from, else the region of the language. */
export function toHome(
  { numbers, settings }: Pick<AppState, 'numbers' | 'settings'>,
  rules: NumberRules | undefined,
): string | undefined {
  const own = numbers.status === 'unread' ? [] : numbers.numbers
  const source = toSource(own, settings.sourceNumber)
  const country = source === undefined ? undefined : rules?.countryOf(source)
  return country ?? /-([A-Z]{2})\b/.exec(settings.language)?.[1]
}

type Target = { user: string; host: string | undefined }

function toHint(typed: string, { user, host }: Target, { rules }: DialAid): string {
  if (looksLikeNumber(typed)) return say('Without + this is looked up as extension {user}.', { user })
  if (host !== undefined) return say('Calls {user} at {host}.', { user, host })
  if (!user.startsWith('+')) {
    return user.includes(':') ? say('Calls {user}.', { user }) : say('Calls extension {user}.', { user })
  }
  const number = rules?.readNumber(user)
  if (!number) return say('Calls the number {number}.', { number: user })
  const { shown, country, doubt } = number
  const text =
    country === undefined
      ? say('Calls the number {number}.', { number: shown })
      : say('Calls the number {number} ({country}).', { number: shown, country })
  return doubt === undefined ? text : `${text} ${doubt}`
}

function toInstead(text: string, { rules, home }: DialAid): DialView['instead'] {
  if (!looksLikeNumber(text) || home === undefined) return undefined
  const number = rules?.readNumber(text, home)
  if (!number || number.doubt !== undefined) return undefined
  const { shown, country } = number
  return {
    number: shown,
    label:
      country === undefined
        ? say('Use {number}', { number: shown })
        : say('Use {number} ({country})', { number: shown, country }),
  }
}
