// The window's clock: one tick a second for everything that shows an age, and none while nobody looks.

export interface Clock {
  /** Epoch ms of the last tick: the same value until the next one. */
  now(): number
  subscribe(listener: () => void): () => void
}

export function createClock(): Clock {
  const listeners = new Set<() => void>()
  let now = Date.now()
  let timer: ReturnType<typeof setInterval> | undefined
  const tick = () => {
    now = Date.now()
    for (const listener of listeners) listener()
  }
  return {
    now: () => (timer ? now : Math.floor(Date.now() / 1000) * 1000),
    subscribe(listener) {
      listeners.add(listener)
      if (!timer) {
        now = Date.now()
        timer = setInterval(tick, 1000)
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearInterval(timer)
        timer = undefined
      }
    },
  }
}

/** A clock that stands still, for the gallery and for tests. */
export const stillClock = (at: number): Clock => ({ now: () => at, subscribe: () => () => {} })
