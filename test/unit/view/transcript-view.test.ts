import { expect, test } from 'vitest'
import { aLine, someLines } from '../../../renderer/gallery/people.ts'
import { toRow, toSpoken } from '../../../renderer/view/transcript-view.ts'

const naming = { them: 'Mina', typed: new Set(['This sentence was typed and is spoken into the call.']) }

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

test('a gap tells what was fetched afterwards, and the line after it begins anew', () => {
  expect(toRow(someLines, 4, naming)).toMatchObject({
    kind: 'gap',
    open: false,
    text: expect.stringContaining('1 line fetched'),
  })
  expect(toRow(someLines, 5, naming)).toMatchObject({ first: true, backfilled: true })
})

test('a screen reader hears finished sentences only, the newest twenty at most, in order', () => {
  const spoken = toSpoken(someLines, naming)
  expect(spoken.map(({ id }) => id)).not.toContain('interim-in')
  expect(spoken[0]?.text).toMatch(/^Mina: Hello/)
  const many = Array.from({ length: 50 }, (_, i) => aLine(i, 'in', `line ${i}`))
  expect(toSpoken(many, naming).map(({ text }) => text)).toEqual(
    Array.from({ length: 20 }, (_, i) => `You: line ${i + 30}`),
  )
})
