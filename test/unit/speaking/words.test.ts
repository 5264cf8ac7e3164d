// Splitting what is said under 5,000 bytes, and finding it again in what was transcribed.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wordsFound } from '../../../common/kit/words-found.ts'
import { splitText } from '../../../main/speaking/split.ts'

const bytes = (text: string) => Buffer.byteLength(text, 'utf8')

describe('a text to say', () => {
  it('stays whole at 5,000 bytes and is split at 5,001', () => {
    expect(splitText('a'.repeat(5000))).toHaveLength(1)
    expect(splitText('a'.repeat(5001)).map(bytes)).toEqual([5000, 1])
  })
  it('is nothing when it is only white space', () => {
    expect(splitText(' \n\t ')).toEqual([])
  })
  it('counts bytes, not characters', () => {
    expect(splitText('é'.repeat(2501)).map(bytes)).toEqual([5000, 2])
  })
  it('is split at the ends of sentences', () => {
    expect(splitText('One two. Three four! Five six?', 14)).toEqual(['One two.', 'Three four!', 'Five six?'])
  })
  it('is split at words where a sentence is too long', () => {
    expect(splitText('alpha beta gamma delta', 11)).toEqual(['alpha beta', 'gamma delta'])
  })
  it('keeps an emoji of several code points together', () => {
    const family = '👩‍👩‍👧'
    expect(splitText(family.repeat(3), 20)).toEqual([family, family, family])
  })
  it('replaces half an emoji, which cannot be sent', () => {
    expect(splitText('a\ud83d')).toEqual(['a\ufffd'])
  })
  it('never gets too long a piece and never loses a character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.integer({ min: 8, max: 60 }),
        (text, limit) => {
          const pieces = splitText(text, limit)
          expect(pieces.filter((piece) => bytes(piece) > limit)).toEqual([])
          expect(pieces.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''))
          expect(pieces.join('')).not.toMatch(/\p{Surrogate}/u)
        },
      ),
    )
  })
})

describe('the share of words found', () => {
  it.each([
    ['Hello, world!', 'hello world', 1],
    ['one two three four', 'one two', 0.5],
    ['no no no', 'no', 1 / 3],
    ['Crème brûlée', 'creme brulee', 1],
    ["It's fine", 'its fine', 1],
    ['안녕하세요 여러분', '안녕하세요', 0.5],
    ['?!', 'anything', 0],
    ['words', '', 0],
  ])('of “%s” in “%s” is %d', (said, heard, share) => {
    expect(wordsFound(said, heard)).toBeCloseTo(share)
  })
})
