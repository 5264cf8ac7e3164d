// Notices a flood of frames: the platform queues 2,000 a connection and drops the rest without a word (contract E.1).

export interface Flood {
  /** A frame came. */
  frame(): void
  stop(): void
}

/** Fewer than the queue holds: what comes after a pause of the network is what had been queued, and the rest is gone. */
const frames = 1_500
/** So many in this time; a busy customer's calls make a tenth of it. */
const windowMs = 5_000
/** Without a frame for so long it is over, and told; at the latest after `longestMs`. */
const quietMs = 500
const longestMs = 5_000

/**
 *   calm ──1,500 frames in 5 s──→ flooded ──quiet, or long enough──→ calm, and told with its beginning
 */
export function createFlood(onFlood: (sinceAt: number) => void, now = Date.now): Flood {
  let count = 0
  let sinceAt = Number.NEGATIVE_INFINITY
  let lastAt = 0
  let floodedAt: number | undefined
  let timer: NodeJS.Timeout | undefined
  let turn: NodeJS.Immediate | undefined
  const wait = (ms: number) => {
    timer = setTimeout(() => {
      // A process that was held up hears of its timers before it hears of the frames that wait: those first.
      turn = setImmediate(look)
    }, ms)
  }
  const look = () => {
    const leftMs = lastAt + quietMs - now()
    const isLong = now() - (floodedAt ?? 0) >= longestMs
    if (leftMs > 0 && !isLong) return wait(leftMs)
    floodedAt = undefined
    count = 0
    onFlood(sinceAt)
    sinceAt = Number.NEGATIVE_INFINITY
  }
  return {
    frame() {
      lastAt = now()
      if (floodedAt !== undefined) return
      if (lastAt - sinceAt > windowMs) {
        sinceAt = lastAt
        count = 0
      }
      count++
      if (count < frames) return
      floodedAt = lastAt
      wait(quietMs)
    },
    stop() {
      clearTimeout(timer)
      clearImmediate(turn)
    },
  }
}
