// Notices a flood of frames: the platform queues 2,000 a connection and drops the rest without a word (contract E.1).

export interface Flood {
  /** A frame came. */
  frame(): void
  stop(): void
}

/** Fewer than the queue holds: what comes after a pause of the network is what had been queued, and the rest is gone. */
const frames = 1_500
/** Without a frame for so long it is over. */
const quietMs = 500

/** Calls `onFlood` with its beginning, once it is over. */
export function createFlood(onFlood: (sinceAt: number) => void, now = Date.now): Flood {
  let count = 0
  let sinceAt = 0
  let lastAt = 0
  let timer: NodeJS.Timeout | undefined
  let turn: NodeJS.Immediate | undefined
  const wait = (ms: number) => {
    timer = setTimeout(() => {
      // A process that was held up hears of its timers before it hears of the frames that wait: those first.
      turn = setImmediate(over)
    }, ms)
  }
  const over = () => {
    timer = undefined
    const leftMs = lastAt + quietMs - now()
    if (leftMs > 0) return wait(leftMs)
    const isFlood = count >= frames
    count = 0
    if (isFlood) onFlood(sinceAt)
  }
  return {
    frame() {
      lastAt = now()
      if (count === 0) sinceAt = lastAt
      count++
      // One timer a burst, not one a frame.
      if (timer === undefined) wait(quietMs)
    },
    stop() {
      clearTimeout(timer)
      clearImmediate(turn)
      timer = undefined
    },
  }
}
