// Canned phrases in a call: what is known of the call fills them in, the rest is asked for, then they are said.
import type { AppState } from '../../common/model/app-state.ts'
import type { PhoneState } from '../../common/model/phone.ts'
import {
  fillPhrase,
  findPhrases,
  missingOf,
  type Phrase,
  type PhraseValues,
} from '../../common/model/phrases.ts'
import { toWhom, type WhomParts } from '../../common/model/whom.ts'
import { frontSession } from './sessions.ts'

export interface PhraseView {
  id: string
  /** With what the call tells; what is asked for stands in braces. */
  text: string
  /** As it is kept, and what the call tells: filled once, so that braces in a name stay text. */
  template: string
  known: PhraseValues
  key: number | undefined
  /** Names of what must be asked for first. */
  asks: string[]
}

type Parts = Pick<AppState, 'settings'> & WhomParts

/** What a call tells of whoever is at the other end; a name that nobody knows is asked for. */
function toCallValues(app: Parts, phone: PhoneState): PhraseValues {
  const session = frontSession(phone)
  if (!session) return {}
  const { name, by, user } = toWhom(session, app)
  return { name: by === 'number' || by === 'nobody' ? '' : name, number: user }
}

const toView = ({ id, text, key }: Phrase, values: PhraseValues): PhraseView => ({
  id,
  text: fillPhrase(text, values),
  template: text,
  known: values,
  key,
  asks: missingOf(text, values),
})

/** Those with these words, best first; at most eight, so that each can be seen. */
export function toPhrases(app: Parts, phone: PhoneState, text: string, most = 8): PhraseView[] {
  const values = toCallValues(app, phone)
  return findPhrases(app.settings.phrases, text)
    .slice(0, most)
    .map((phrase) => toView(phrase, values))
}

export function findPhrase(app: Parts, phone: PhoneState, id: string): PhraseView | undefined {
  const phrase = app.settings.phrases.find((one) => one.id === id)
  return phrase && toView(phrase, toCallValues(app, phone))
}

export function phraseOfKey(app: Parts, phone: PhoneState, key: number): PhraseView | undefined {
  const phrase = app.settings.phrases.find((one) => one.key === key)
  return phrase && toView(phrase, toCallValues(app, phone))
}

/** The text to say, or nothing while a value is missing. */
export function toPhraseText({ template, known, asks }: PhraseView, typed: PhraseValues): string | undefined {
  const values = withTyped(known, asks, typed)
  return missingOf(template, values).length > 0 ? undefined : fillPhrase(template, values)
}

/** The same while something is missing: it stays in braces. */
export const toPhrasePreview = ({ template, known, asks }: PhraseView, typed: PhraseValues): string =>
  fillPhrase(template, withTyped(known, asks, typed))

const withTyped = (known: PhraseValues, asks: readonly string[], typed: PhraseValues): PhraseValues => ({
  ...known,
  ...Object.fromEntries(asks.map((name) => [name, Object.hasOwn(typed, name) ? (typed[name] ?? '') : ''])),
})

/** Changes of the list in Settings. A key belongs to one phrase: giving it to another takes it away. */
export function withPhrase(phrases: readonly Phrase[], changed: Phrase): Phrase[] {
  const others = phrases.map((one) => {
    if (one.id === changed.id || changed.key === undefined || one.key !== changed.key) return one
    const { key: _, ...rest } = one
    return rest
  })
  return others.some(({ id }) => id === changed.id)
    ? others.map((one) => (one.id === changed.id ? changed : one))
    : [...others, changed]
}
