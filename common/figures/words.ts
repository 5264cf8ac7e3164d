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

const isSame = (a: string, b: string) => fold(a) === fold(b)
const fold = (word: string) => word.toLocaleLowerCase('en').replaceAll('’', "'")

export function compareWords(said: string, transcribed: string): WordComparison {
  const [first, second] = [toKeys(said), toKeys(transcribed)]
  const changes = diffArrays(first, second, { comparator: isSame })
  const pieces: WordPiece[] = []
  let [shared, errors, left, added] = [0, 0, 0, 0]
  const settle = () => {
    // A word that stands in place of another one is one error, not two.
    errors += Math.max(left, added)
    left = 0
    added = 0
  }
  for (const { value, added: isAdded, removed } of changes) {
    pieces.push({ text: value.join(' '), in: isAdded ? 'transcribed' : removed ? 'said' : 'both' })
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
