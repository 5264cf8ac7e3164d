// Canned phrases: variables, finding, and the way into a file and out of it.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  fillPhrase,
  findPhrases,
  missingOf,
  type Phrase,
  Phrases,
  parsePhraseFile,
  toPhraseFile,
  variablesOf,
  withImported,
} from '../../../common/model/phrases.ts'

const phrase = (text: string, key?: number): Phrase => ({ id: text, text, ...(key ? { key } : {}) })

test('variables are words in braces, each asked for once; other braces are text', () => {
  expect(variablesOf('Hello {name}, order {order no}: {name}! {} { } {a{b}} {größe}')).toEqual([
    'name',
    'order no',
    'b',
    'größe',
  ])
  expect(missingOf('{name} {day}', { name: 'Ada', day: ' ' })).toEqual(['day'])
})

test('a value is text, whatever it holds; what has none stays as it stands', () => {
  expect(fillPhrase('{a} and {b}', { a: '{b} $& $1', b: 'two' })).toBe('{b} $& $1 and two')
  expect(fillPhrase('{a} and {b}', { b: 'two' })).toBe('{a} and two')
  expect(fillPhrase('{constructor} {__proto__}', {})).toBe('{constructor} {__proto__}')
  expect(missingOf('{constructor}', {})).toEqual(['constructor'])
})

test('those that begin with the words come first; a digit finds by key; nothing finds all, keys first', () => {
  const all = [phrase('About the order'), phrase('Order {order} is here', 2), phrase('Good-bye', 1)]
  expect(findPhrases(all, 'order').map(({ text }) => text)).toEqual([
    'Order {order} is here',
    'About the order',
  ])
  expect(findPhrases(all, '2').map(({ key }) => key)).toEqual([2])
  expect(findPhrases(all, '').map(({ key }) => key)).toEqual([1, 2, undefined])
  expect(findPhrases(all, 'nothing like it')).toEqual([])
})

test('what was exported is imported word for word', () => {
  const texts = fc.uniqueArray(
    fc.string({ minLength: 1, maxLength: 40 }).map((text) => `x${text}x`),
    {
      maxLength: 20,
    },
  )
  fc.assert(
    fc.property(texts, (all) => {
      const phrases = all.map((text, at) => phrase(text, at < 9 ? at + 1 : undefined))
      const read = parsePhraseFile(toPhraseFile(phrases))
      expect(read).toEqual(phrases.map(({ id: _, ...rest }) => rest))
      let made = 0
      const imported = withImported([], read ?? [], () => `id ${++made}`)
      expect(imported.map(({ text, key }) => [text, key])).toEqual(
        phrases.map(({ text, key }) => [text, key]),
      )
      expect(withImported(imported, read ?? [], () => 'again')).toEqual(imported)
    }),
  )
})

test('of two phrases with one key the first keeps it', () => {
  const all = [phrase('One', 1), phrase('Two', 1), phrase('Three'), phrase('Four', 4)]
  expect(Phrases.parse(all)).toEqual([all[0], phrase('Two'), all[2], all[3]])
})

test('a bare list of texts is a file too; anything else is none, and an imported key never takes one away', () => {
  expect(parsePhraseFile('["One", "Two"]')).toEqual([{ text: 'One' }, { text: 'Two' }])
  for (const text of [
    '',
    'no JSON',
    '7',
    '{"phrases": 1}',
    '[{"text": ""}]',
    '{"phrases":[{"text":"a","key":10}]}',
  ])
    expect(parsePhraseFile(text)).toBeUndefined()
  expect(withImported([phrase('mine', 1)], [{ text: 'theirs', key: 1 }], () => 'new')).toEqual([
    phrase('mine', 1),
    { id: 'new', text: 'theirs' },
  ])
})
