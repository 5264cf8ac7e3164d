// How often something may come back by itself: three times within a minute, then it is given up.

export interface Restarts {
  /** Counts one more; false when it was one too many. */
  allow(): boolean
}

export function createRestarts(limit = 3, withinMs = 60_000, now: () => number = Date.now): Restarts {
  let times: number[] = []
  return {
    allow() {
      const at = now()
      times = times.filter((time) => at - time < withinMs)
      if (times.length >= limit) return false
      times.push(at)
      return true
    },
  }
}
