// Two texts word by word: what both have, what only one has, and the word error rate.
import { diffArrays } from 'diff'

export interface WordPiece {
  text: string
  in: 'both' | 'said' | 'transcribed'
}

export interface WordComparison {
  pieces: WordPiece[]
  /** Words of the first text, and those of them that the second one has in the same order. */
  count: number
  shared: number
  /** (substituted + left out + added) / words of the first text; nothing where it has none. */
  errorRate: number | null
}

/** A recogniser writes neither capitals nor commas as a person does: those are no errors. Scripts without spaces: a letter is a word. */
const toKeys = (text: string): string[] =>
  text
    .normalize('NFKC')
    .match(
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{N}\p{M}]+)*/gu,
    ) ?? []

interface Word {
  text: string
  key: string
}

const toWords = (text: string): Word[] => toKeys(text).map((word) => ({ text: word, key: fold(word) }))
const isSame = (a: Word, b: Word) => a.key === b.key
const fold = (word: string) => word.toLocaleLowerCase('en').replaceAll('’', "'")

/** The difference takes time by the square of this, in the window's thread: texts that differ in more words are not compared. */
const mostEdits = 1_000

/** The share of the first text's words, 0 to 1, that the second one has in any order: no more can be shared in order. */
export function couldShare(said: string, transcribed: string): number {
  const free = new Map<string, number>()
  for (const { key } of toWords(transcribed)) free.set(key, (free.get(key) ?? 0) + 1)
  const words = toWords(said)
  let found = 0
  for (const { key } of words) {
    const left = free.get(key) ?? 0
    if (left > 0) found++
    free.set(key, left - 1)
  }
  return words.length === 0 ? 0 : found / words.length
}

/** Nothing where the two differ too much to be compared. */
export function compareWords(said: string, transcribed: string): WordComparison | undefined {
  const [first, second] = [toWords(said), toWords(transcribed)]
  const changes = diffArrays(first, second, { comparator: isSame, maxEditLength: mostEdits })
  if (!changes) return undefined
  const pieces: WordPiece[] = []
  let [shared, errors, left, added] = [0, 0, 0, 0]
  const settle = () => {
    // A word that stands in place of another one is one error, not two.
    errors += Math.max(left, added)
    left = 0
    added = 0
  }
  for (const { value, added: isAdded, removed } of changes) {
    pieces.push({
      text: value.map(({ text }) => text).join(' '),
      in: isAdded ? 'transcribed' : removed ? 'said' : 'both',
    })
    if (isAdded) added += value.length
    else if (removed) left += value.length
    else {
      settle()
      shared += value.length
    }
  }
  settle()
  return { pieces, count: first.length, shared, errorRate: first.length === 0 ? null : errors / first.length }
}
