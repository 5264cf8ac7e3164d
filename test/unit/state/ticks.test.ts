// The shared look of all meters.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { onTick, tickMs } from '../../../renderer/state/ticks.ts'

describe('looking a few times a second', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  it('is one timer for all, and none when the last has left', () => {
    let first = 0
    let second = 0
    const leave = [onTick(() => void first++), onTick(() => void second++)]
    expect(vi.getTimerCount()).toBe(1)
    vi.advanceTimersByTime(tickMs * 3)
    leave[0]?.()
    vi.advanceTimersByTime(tickMs)
    expect([first, second]).toEqual([3, 4])
    leave[1]?.()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('rests while the window is hidden', () => {
    let looks = 0
    vi.stubGlobal('document', { hidden: true })
    const leave = onTick(() => void looks++)
    vi.advanceTimersByTime(tickMs * 3)
    expect(looks).toBe(0)
    vi.stubGlobal('document', { hidden: false })
    vi.advanceTimersByTime(tickMs)
    expect(looks).toBe(1)
    leave()
  })
})
