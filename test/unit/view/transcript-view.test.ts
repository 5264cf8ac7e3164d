import { expect, test } from 'vitest'
import type { SpeakItem } from '../../../common/model/speaking.ts'
import { aLine, someLines } from '../../../renderer/gallery/people.ts'
import { toNaming, toPieces, toRow } from '../../../renderer/view/transcript-view.ts'

const anItem = (text: string, more: Partial<SpeakItem> = {}): SpeakItem => ({
  id: text,
  text,
  status: 'queued',
  createdAt: 0,
  sentAt: 0,
  ...more,
})
const typed = anItem('This sentence was typed and is spoken into the call.', {
  status: 'transcribed',
  wordsFound: 1,
})
const naming = toNaming(someLines, [typed], 'Mina', 'en-US')

test('the two voices have names, and a speaker is named once for several lines', () => {
  expect(toRow(someLines, 0, naming)).toMatchObject({
    voice: 'them',
    name: 'Mina',
    first: true,
    clock: '0:00',
  })
  expect(toRow(someLines, 1, naming)).toMatchObject({ voice: 'you', name: 'You', first: true })
  expect(toRow(someLines, 2, naming)).toMatchObject({ voice: 'you', first: false })
})

test('words that were typed here are yours although the platform spoke them', () => {
  expect(toRow(someLines, 6, naming)).toMatchObject({ voice: 'typed', name: 'You, typed', first: true })
})

test('interim text of a typed sentence is yours while it is spoken', () => {
  const item = anItem('Shall I repeat the number of your order?', { sentAt: 1_000 })
  const voiceOf = (text: string, items: SpeakItem[], arrivedAt = 2_000) =>
    toRow([aLine(0, 'out', text, { status: 'interim', arrivedAt })], 0, toNaming([], items, 'Mina', 'en-US'))
  expect(voiceOf('shall I repeat', [item])).toMatchObject({
    voice: 'typed',
    name: 'You, typed',
    interim: true,
  })
  expect(voiceOf('shall eye repeat the', [item])).toMatchObject({ voice: 'typed' })
  expect(voiceOf('well thank you', [item])).toMatchObject({ voice: 'them' })
  expect(voiceOf('shall I repeat', [item], 900)).toMatchObject({ voice: 'them' })
  expect(voiceOf('shall I repeat', [{ ...item, sentAt: undefined, status: 'waiting' }])).toMatchObject({
    voice: 'them',
  })
})

test('a sentence that was spoken to its end claims no later interim text', () => {
  const line = aLine(0, 'out', 'this sentence was', { status: 'interim' })
  expect(toRow([line], 0, naming)).toMatchObject({ voice: 'them' })
  const begun = { ...typed, wordsFound: 0.6 }
  expect(toRow([line], 0, toNaming([line], [begun], 'Mina', 'en-US'))).toMatchObject({ voice: 'typed' })
})

test('interim text of the microphone is yours whatever is spoken', () => {
  const line = aLine(0, 'in', 'this sentence was', { status: 'interim' })
  expect(toRow([line], 0, toNaming([line], [anItem('this sentence was')], 'Mina', 'en-US'))).toMatchObject({
    voice: 'you',
  })
})

test('a gap tells what was fetched afterwards, and the line after it begins anew', () => {
  expect(toRow(someLines, 4, naming)).toMatchObject({
    kind: 'gap',
    open: false,
    text: expect.stringContaining('1 line fetched'),
  })
  expect(toRow(someLines, 5, naming)).toMatchObject({ first: true, backfilled: true })
})

test('a line in another language than the call says which, a line in a dialect of it does not', () => {
  const lines = [
    aLine(0, 'out', 'Hello.', { language: 'en-US' }),
    aLine(1, 'in', 'Hiya.', { language: 'en-GB' }),
    aLine(2, 'out', '안녕하세요.', { language: 'ko-KR' }),
    aLine(3, 'out', 'Nobody knows.'),
  ]
  const own = toNaming(lines, [], 'Mina', 'en-US')
  expect(lines.map((_, index) => toRow(lines, index, own))).toMatchObject([
    { lang: 'en-US', otherLanguage: undefined },
    { lang: 'en-GB', otherLanguage: undefined },
    { lang: 'ko-KR', otherLanguage: 'Korean' },
    { lang: undefined, otherLanguage: undefined },
  ])
})

test('a text falls into its words and is whole again, whatever its script', () => {
  for (const text of ['one  two three', ' led by a blank', 'مرحبا كيف', '안녕 하세요', '番号は何ですか', 'x'])
    expect(toPieces(text).join('')).toBe(text)
  expect(toPieces('one two')).toEqual(['one ', 'two'])
})
