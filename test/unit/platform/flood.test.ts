// More frames at once than can be trusted to be all; and how long events took.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFlood } from '../../../main/platform/events/flood.ts'
import { createDelays } from '../../../main/subscription/delays.ts'

describe('a flood of frames', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())
  const pour = (flood: ReturnType<typeof createFlood>, count: number) => {
    for (let frame = 0; frame < count; frame++) flood.frame()
  }

  it('[E.1] is told when it is over, with its beginning', () => {
    const onFlood = vi.fn()
    const flood = createFlood(onFlood)
    const sinceAt = Date.now()
    pour(flood, 1_000)
    vi.advanceTimersByTime(400)
    pour(flood, 500)
    vi.advanceTimersByTime(499)
    expect(onFlood).not.toHaveBeenCalled()
    vi.advanceTimersByTime(2)
    expect(onFlood).toHaveBeenCalledExactlyOnceWith(sinceAt)
    pour(flood, 10)
    vi.advanceTimersByTime(10_000)
    expect(onFlood).toHaveBeenCalledTimes(1)
  })

  it('is none when so many come over a longer time', () => {
    const onFlood = vi.fn()
    const flood = createFlood(onFlood)
    // A busy customer: 250 frames a second, for a minute, without a pause.
    for (let turn = 0; turn < 600; turn++) {
      pour(flood, 25)
      vi.advanceTimersByTime(100)
    }
    vi.advanceTimersByTime(10_000)
    expect(onFlood).not.toHaveBeenCalled()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('that does not end is told all the same', () => {
    const onFlood = vi.fn()
    const flood = createFlood(onFlood)
    for (let turn = 0; turn < 75; turn++) {
      pour(flood, 100)
      vi.advanceTimersByTime(100)
    }
    expect(onFlood).toHaveBeenCalledTimes(1)
    pour(flood, 2_000)
    flood.stop()
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('[I.30] the delay of events', () => {
  it('is told as median and worst of the last ones; what is about older things is none', () => {
    const delays = createDelays()
    expect(delays.figures()).toBeUndefined()
    delays.add(1_000, 1_020)
    delays.add(1_000, 1_080)
    delays.add(1_000, 1_010)
    // The clock of the platform may be a little ahead of what was learnt of it.
    delays.add(1_000, 998)
    delays.add(1_000, 100_000)
    expect(delays.figures()).toEqual({ count: 4, medianMs: 20, worstMs: 80 })
    for (let turn = 0; turn < 200; turn++) delays.add(0, 5)
    expect(delays.figures()).toEqual({ count: 200, medianMs: 5, worstMs: 5 })
  })
})
