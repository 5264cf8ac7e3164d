// The client stays below the customer's limit by itself.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRateLimit } from '../../../main/platform/rate-limit.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the rate limit', () => {
  it('lets a burst pass, then one at a time, then a burst again', async () => {
    const limit = createRateLimit({ perSecond: 10, burst: 3 })
    let passed = 0
    const take = (count: number) => {
      for (let i = 0; i < count; i++) void limit.take().then(() => passed++)
    }
    take(6)
    await vi.advanceTimersByTimeAsync(0)
    expect(passed).toBe(3)
    await vi.advanceTimersByTimeAsync(100)
    expect(passed).toBe(4)
    await vi.advanceTimersByTimeAsync(200)
    expect(passed).toBe(6)
    await vi.advanceTimersByTimeAsync(1_000)
    take(3)
    await vi.advanceTimersByTimeAsync(0)
    expect(passed).toBe(9)
  })
  it('does not mind that the clock of the machine is set back', async () => {
    const limit = createRateLimit({ perSecond: 10, burst: 3 })
    await limit.take()
    vi.setSystemTime(Date.now() - 3_600_000)
    let passed = false
    void limit.take().then(() => {
      passed = true
    })
    await vi.advanceTimersByTimeAsync(0)
    expect(passed).toBe(true)
  })
})
