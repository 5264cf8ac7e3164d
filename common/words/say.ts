// Every text that people read goes through here: `say('Ended after {time}', { time })`. How to: docs/languages.md.
import { type Messages, setupI18n } from '@lingui/core'
import { type CompiledMessage, compileMessage } from '@lingui/message-utils/compileMessage'
import { type Language, languages } from './languages.ts'
import type { Phrase, Value, Values, ValuesOf } from './placeholders.ts'

/** English is the text itself. What it has in braces is read once and kept: no catalogue, no start time. */
const read = new Map<string, CompiledMessage>()
const i18n = setupI18n({ locale: 'en', locales: languages.en.formats, messages: { en: {} } })
i18n.setMessagesCompiler((text) => {
  const known = read.get(text) ?? compileMessage(text)
  read.set(text, known)
  return known
})

/** `pseudo` marks what came through here, for the test that finds what did not. */
let current: Language | 'pseudo' = 'en'
let tell: (text: string) => void = () => {}

/** The text in the person's language. Placeholders and plurals as in ICU MessageFormat; never put parts together. */
export function say<const T extends string>(text: T, ...values: ValuesOf<T>): string
export function say(phrase: Phrase): string
export function say(textOrPhrase: string | Phrase, values?: Values): string {
  const { text, values: given } =
    typeof textOrPhrase === 'string' ? { text: textOrPhrase, values } : textOrPhrase
  tell(text)
  const isPlain = (current === 'en' || current === 'pseudo') && !text.includes('{')
  const said = isPlain ? text : i18n._(text, given && toValues(given))
  return current === 'pseudo' ? `⟦${said}⟧` : said
}

/** A text for later, said by whoever shows it: `phrase('Found {name}', { name })`, then `say(it)`. Plain data. */
export function phrase<const T extends string>(text: T, ...values: ValuesOf<T>): Phrase {
  const [given] = values
  return given ? { text, values: given } : { text }
}

function toValues(values: Values): Record<string, string | number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toValue(value)]))
}

/** In a text from right to left a name or an address keeps its own direction: first-strong isolate, UAX #9 2.4. */
function toValue(value: Value): string | number {
  const said = typeof value === 'object' ? say(value) : value
  return typeof said === 'string' && toDirection() === 'rtl' ? `\u2068${said}\u2069` : said
}

export const toLanguageNow = (): Language => (current === 'pseudo' ? 'en' : current)
export const toDirection = (): 'ltr' | 'rtl' => languages[toLanguageNow()].dir
/** The locale for `Intl`. */
export const toFormats = (): string => languages[toLanguageNow()].formats

/** From now on in this language. `messages` are its catalogue (`load-language.ts`); English has none. */
export function speakIn(language: Language | 'pseudo', messages: Messages = {}): void {
  current = language
  const locale = toLanguageNow()
  i18n.loadAndActivate({ locale, locales: languages[locale].formats, messages })
}

/** After each change of the language. Returns its end. */
export const onLanguage = (listener: () => void): (() => void) => i18n.on('change', listener)

/** For tests: every text that is said from now on. */
export function listenToTexts(listener: (text: string) => void): () => void {
  tell = listener
  return () => {
    tell = () => {}
  }
}
