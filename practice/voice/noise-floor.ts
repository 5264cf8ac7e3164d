// The noise of a line: the quietest moment of the last seconds. Speech has pauses, noise has none.

/** Below this nothing counts as speech, however still the line is. */
const LEAST = 110
/** Speech is this much louder than the floor: 9 dB. */
const OVER = 2.8
const BLOCK_FRAMES = 20
/** Six blocks of 400 ms: noise that sets in counts as noise after 2.4 s. */
const BLOCKS = 6
/** The first frames are taken as they come: a line that begins noisy is not a person. */
const FIRST_FRAMES = 5

export interface NoiseFloor {
  push(level: number): void
  threshold(): number
}

export function createNoiseFloor(): NoiseFloor {
  const blocks: number[] = []
  let block = Number.POSITIVE_INFINITY
  let count = 0
  let seen = 0

  return {
    push(level) {
      seen++
      block = Math.min(block, level)
      if (++count < BLOCK_FRAMES) return
      blocks.push(block)
      if (blocks.length > BLOCKS) blocks.shift()
      block = Number.POSITIVE_INFINITY
      count = 0
    },
    threshold() {
      if (seen < FIRST_FRAMES) return Number.POSITIVE_INFINITY
      const quietest = Math.min(block, ...blocks)
      return Math.max(LEAST, Number.isFinite(quietest) ? quietest * OVER : 0)
    },
  }
}
