// Collects work until the next frame, so that a burst of events costs one render.

export interface Frames {
  /** Runs once, soon: at the next frame, or after a short time where no frames come (hidden window). */
  next(run: () => void): void
}

const hiddenMs = 100

export const windowFrames: Frames = {
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

/** Returns `add`; all that was added before a frame is handed over together, in order. */
export function createFrameBatch<T>(frames: Frames, handOver: (items: T[]) => void): (item: T) => void {
  let waiting: T[] = []
  return (item) => {
    waiting.push(item)
    if (waiting.length > 1) return
    frames.next(() => {
      const items = waiting
      waiting = []
      handOver(items)
    })
  }
}
