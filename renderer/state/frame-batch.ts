// Collects work until the next frame, so that a burst of events costs one render; what comes alone need not wait for it.

export interface Frames {
  /** Runs after the events that have arrived already. */
  soon(run: () => void): void
  /** Runs once: at the next frame, or after a short time where no frames come (hidden window). */
  next(run: () => void): void
}

const hiddenMs = 100

export const windowFrames: Frames = {
  soon(run) {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      run()
    }
    port2.postMessage(null)
  },
  next(run) {
    let done = false
    const once = () => {
      if (done) return
      done = true
      cancelAnimationFrame(frame)
      clearTimeout(timer)
      run()
    }
    const frame = requestAnimationFrame(once)
    const timer = setTimeout(once, hiddenMs)
  },
}

/**
 * Returns `add`; all that was added is handed over together, in order.
 *
 *   idle ──add──→ first one ──soon: handed over──→ in frames ──a frame brought nothing──→ idle
 *                                                   ↻ each frame: what came since is handed over
 */
export function createFrameBatch<T>(frames: Frames, handOver: (items: T[]) => void): (item: T) => void {
  let waiting: T[] = []
  let running = false
  const flush = () => {
    const items = waiting
    waiting = []
    if (items.length > 0) handOver(items)
    return items.length > 0
  }
  const onFrame = () => {
    if (flush()) frames.next(onFrame)
    else running = false
  }
  return (item) => {
    waiting.push(item)
    if (running) return
    running = true
    frames.soon(flush)
    frames.next(onFrame)
  }
}
