// Canned phrases: texts with variables that are said often, by a key or found by their words; kept with a profile.
import { z } from 'zod'

export const mostPhraseCharacters = 2_000

export const Phrase = z.object({
  id: z.string().min(1).max(60),
  /** May hold variables: `Hello {name}, about order {order}`. */
  text: z.string().trim().min(1).max(mostPhraseCharacters),
  /** Alt with this digit says it. */
  key: z.number().int().min(1).max(9).optional(),
})
export type Phrase = z.infer<typeof Phrase>

export const mostPhrases = 300

/** No two with one key: the first keeps it. */
export const Phrases = z
  .array(Phrase)
  .max(mostPhrases)
  .overwrite((all) => {
    const firsts = new Map(all.toReversed().map((phrase) => [phrase.key, phrase]))
    return all.map(({ key, ...rest }, at) =>
      key === undefined || firsts.get(key) !== all[at] ? rest : { ...rest, key },
    )
  })
export type Phrases = z.infer<typeof Phrases>

/** `{name}` and `{number}` are known from the call; every other one is asked for before the phrase is said. */
const variable = /\{([\p{L}\p{N}_][\p{L}\p{N}_ -]{0,39})\}/gu

/** In the order in which they stand, each once. */
export const variablesOf = (text: string): string[] => [
  ...new Set([...text.matchAll(variable)].map(([, name = '']) => name)),
]

/** By the names of variables. Only its own: a variable may be called like something that every object has. */
export type PhraseValues = Readonly<Record<string, string>>
const toValue = (values: PhraseValues, name: string) =>
  Object.hasOwn(values, name) ? values[name]?.trim() : undefined

/** Those without a value. */
export const missingOf = (text: string, values: PhraseValues): string[] =>
  variablesOf(text).filter((name) => !toValue(values, name))

/** A value is text: braces in it are no variables. What has no value stays as it stands. */
export const fillPhrase = (text: string, values: PhraseValues): string =>
  text.replaceAll(variable, (whole, name: string) => toValue(values, name) || whole)

/** As a file: plain JSON, without ids, which are this machine's. */
const PhraseFile = z.object({
  phrases: z.array(Phrase.omit({ id: true })).max(mostPhrases),
})

export const toPhraseFile = (phrases: readonly Phrase[]): string =>
  `${JSON.stringify({ phrases: phrases.map(({ id: _, ...phrase }) => phrase) }, null, 2)}\n`

/** The phrases of a file, or nothing when it is none; a bare list of texts is one, too. */
export function parsePhraseFile(text: string): Omit<Phrase, 'id'>[] | undefined {
  try {
    const json: unknown = JSON.parse(text)
    const list = Array.isArray(json) ? json : undefined
    const phrases = list?.map((one) => (typeof one === 'string' ? { text: one } : one))
    const parsed = PhraseFile.safeParse(phrases ? { phrases } : json)
    return parsed.success ? parsed.data.phrases : undefined
  } catch {
    return undefined
  }
}

/** Adds what is not there yet, word for word; a key that is taken stays where it is. */
export function withImported(
  phrases: readonly Phrase[],
  imported: readonly Omit<Phrase, 'id'>[],
  newId: () => string,
): Phrase[] {
  const all = [...phrases]
  for (const { text, key } of imported) {
    if (all.length >= mostPhrases || all.some((phrase) => phrase.text === text)) continue
    const isFree = key !== undefined && !all.some((phrase) => phrase.key === key)
    all.push({ id: newId(), text, ...(isFree ? { key } : {}) })
  }
  return all
}

/** Best first: the beginning of the text, then of a word, then anywhere; no words find all, those with a key first. */
export function findPhrases(phrases: readonly Phrase[], text: string): Phrase[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return phrases.toSorted((a, b) => (a.key ?? 10) - (b.key ?? 10))
  const score = (phrase: Phrase) => {
    const words = phrase.text.toLowerCase()
    if (String(phrase.key) === wanted || words.startsWith(wanted)) return 0
    if (words.includes(` ${wanted}`)) return 1
    return wanted.split(/\s+/).every((word) => words.includes(word)) ? 2 : 3
  }
  return phrases
    .map((phrase) => ({ phrase, at: score(phrase) }))
    .filter(({ at }) => at < 3)
    .toSorted((a, b) => a.at - b.at)
    .map(({ phrase }) => phrase)
}
