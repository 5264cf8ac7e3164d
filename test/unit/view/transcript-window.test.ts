// Which rows of a long transcript are in the page.
import { describe, expect, it } from 'vitest'
import { toWindow } from '../../../renderer/view/transcript-window.ts'

const px = 50
const rows = (fromEnd: number, count = 10_000) => toWindow(count, () => px, { fromEnd, height: 600 })

describe('the rows in the page', () => {
  it('are the newest ones, a screen and a bit, while the list is followed', () => {
    const { from, to, below } = rows(0)
    expect(to).toBe(10_000)
    expect(below).toBe(0)
    expect((to - from) * px).toBeGreaterThan(600)
    expect(to - from).toBeLessThan(40)
  })

  it('stay the same for several lines in a row, so that a line is no work at the other edge', () => {
    const starts = new Set(Array.from({ length: 8 }, (_, i) => rows(0, 10_000 + i).from))
    expect(starts.size).toBeLessThanOrEqual(2)
  })

  it('cover what is seen further up, and the room below is as high as the rows that are left out', () => {
    for (const fromEnd of [1, 399, 400, 5_000, 123_456, 499_000]) {
      const { from, to, below } = rows(fromEnd)
      expect(below).toBe((10_000 - to) * px)
      expect(below).toBeLessThanOrEqual(fromEnd)
      expect((10_000 - from) * px).toBeGreaterThanOrEqual(Math.min(500_000, fromEnd + 600))
      expect(to - from).toBeLessThan(60)
    }
  })

  it('end with the first line, with no room above it', () => {
    expect(rows(500_000)).toMatchObject({ from: 0, above: 0 })
  })

  it('are all of them in a short call, and none in an empty one', () => {
    expect(rows(0, 3)).toEqual({ from: 0, to: 3, above: 0, below: 0 })
    expect(rows(0, 0)).toEqual({ from: 0, to: 0, above: 0, below: 0 })
  })
})
