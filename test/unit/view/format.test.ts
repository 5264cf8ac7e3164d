import { expect, test } from 'vitest'
import { byteLength, toAge, toClock, toTook } from '../../../renderer/view/format.ts'

test('ages, clocks and durations read as people say them', () => {
  expect([0, 4_000, 61_000, 7_200_000, 200_000_000].map(toAge)).toEqual([
    'just now',
    '4 s ago',
    '1 min ago',
    '2 h ago',
    '2 d ago',
  ])
  expect([0, 78_000, 3_727_000].map(toClock)).toEqual(['0:00', '1:18', '1:02:07'])
  expect([41.4, 5_240, 64_000].map(toTook)).toEqual(['41 ms', '5.2 s', '1 min 4 s'])
})

test('a clock that runs behind never shows negative time', () => {
  expect(toAge(-5_000)).toBe('just now')
  expect(toClock(-5_000)).toBe('0:00')
})

test('bytes are those of UTF-8', () => {
  expect([byteLength('abc'), byteLength('ä'), byteLength('😀')]).toEqual([3, 2, 4])
})
