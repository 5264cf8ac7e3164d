// The 20 ms clock on a wall clock that we move.
import { describe, expect, it } from 'vitest'
import { startPacer } from '../../../../practice/media/pacer.ts'

function createClock() {
  let now = 1_000
  let timer: { at: number; run: () => void } | undefined
  return {
    now: () => now,
    setTimer(run: () => void, ms: number) {
      const mine = { at: now + ms, run }
      timer = mine
      return () => {
        if (timer === mine) timer = undefined
      }
    },
    /** Time passes, and the timer fires this late. */
    pass(ms: number, late = 0) {
      const end = now + ms
      while (timer && timer.at + late <= end) {
        const { at, run } = timer
        now = at + late
        timer = undefined
        run()
      }
      now = end
    },
    armed: () => timer !== undefined,
  }
}

describe('the pacer', () => {
  it('sends the first frame at once and then one every 20 ms', () => {
    const clock = createClock()
    let frames = 0
    startPacer(() => frames++, clock)
    expect(frames).toBe(1)
    clock.pass(19)
    expect(frames).toBe(1)
    clock.pass(1)
    expect(frames).toBe(2)
    clock.pass(980)
    expect(frames).toBe(51)
  })

  it('does not drift when every timer is late', () => {
    const clock = createClock()
    let frames = 0
    startPacer(() => frames++, clock)
    clock.pass(60_000, 7)
    expect(frames).toBeGreaterThanOrEqual(3_000)
    expect(frames).toBeLessThanOrEqual(3_001)
  })

  it('catches up after a short stall', () => {
    const clock = createClock()
    let frames = 0
    startPacer(() => frames++, clock)
    clock.pass(300, 250)
    clock.pass(20)
    expect(frames).toBeGreaterThanOrEqual(14)
  })

  it('skips what it slept through instead of sending it in one burst', () => {
    const clock = createClock()
    const skips: number[] = []
    startPacer((skipped) => skips.push(skipped), clock)
    clock.pass(20 + 10_000, 10_000)
    expect(skips.length).toBeLessThan(4)
    expect(skips.reduce((sum, skipped) => sum + skipped, 0)).toBeGreaterThanOrEqual(499)
  })

  it('stops, also from inside a frame', () => {
    const clock = createClock()
    let frames = 0
    const stop = startPacer(() => {
      if (++frames === 3) stop()
    }, clock)
    clock.pass(1_000)
    expect(frames).toBe(3)
    expect(clock.armed()).toBe(false)
  })
})
