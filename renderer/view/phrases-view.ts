// Canned phrases in a call: what is known of the call fills them in, the rest is asked for, then they are said.
import type { AppState } from '../../common/model/app-state.ts'
import { toCaller } from '../../common/model/caller.ts'
import type { PhoneState } from '../../common/model/phone.ts'
import { fillPhrase, findPhrases, missingOf, type Phrase } from '../../common/model/phrases.ts'
import { frontSession } from './sessions.ts'

export interface PhraseView {
  id: string
  /** With what the call tells; what is asked for stands in braces. */
  text: string
  key: number | undefined
  /** Names of what must be asked for first. */
  asks: string[]
}

type Parts = Pick<AppState, 'settings' | 'people'>
type Values = Readonly<Record<string, string>>

/** What a call tells of whoever is at the other end; a name that nobody knows is asked for. */
function toCallValues({ people }: Parts, phone: PhoneState): Values {
  const remote = frontSession(phone)?.remote
  if (!remote) return {}
  const { name, by } = toCaller(remote, people)
  return { name: by === 'number' || by === 'nobody' ? '' : name, number: remote.user }
}

const toView = ({ id, text, key }: Phrase, values: Values): PhraseView => ({
  id,
  text: fillPhrase(text, values),
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
export function toPhraseText(phrase: PhraseView, typed: Values): string | undefined {
  return missingOf(phrase.text, typed).length > 0 ? undefined : fillPhrase(phrase.text, typed)
}

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
