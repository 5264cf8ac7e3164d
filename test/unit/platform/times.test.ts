// Times on the wire, in all forms the platform has been seen to write.
import { describe, expect, it } from 'vitest'
import { parseOffset, parseTime } from '../../../main/platform/wire/times.ts'

describe('a time on the wire', () => {
  it.each([
    ['2026-08-30T10:00:00.123456789Z', Date.UTC(2026, 7, 30, 10, 0, 0, 123)],
    ['2026-08-30T10:00:00Z', Date.UTC(2026, 7, 30, 10)],
    ['2026-08-30 10:00:00.5', Date.UTC(2026, 7, 30, 10, 0, 0, 500)],
    ['2026-08-30T12:00:00+02:00', Date.UTC(2026, 7, 30, 10)],
    ['2026-08-30T08:30:00-0130', Date.UTC(2026, 7, 30, 10)],
  ])('reads %s', (text, ms) => expect(parseTime(text)).toBe(ms))

  it.each([
    [''],
    [null],
    [undefined],
    ['9999-01-01 00:00:00.000000'],
    ['0001-01-01T00:00:00Z'],
    ['soon'],
    [5],
  ])('takes %s for no time', (value) => expect(parseTime(value)).toBeUndefined())
})

describe('an offset of a transcript', () => {
  it('is the distance from the first moment of year 1', () => {
    expect(parseOffset('0001-01-01T00:00:05.123Z')).toBe(5_123)
    expect(parseOffset('0001-01-01 01:00:00')).toBe(3_600_000)
    expect(parseOffset('0001-01-02T00:00:00Z')).toBe(86_400_000)
  })

  it('is nothing for a real time', () => {
    expect(parseOffset('2026-08-30T10:00:00Z')).toBeUndefined()
    expect(parseOffset(null)).toBeUndefined()
  })
})
