// Notices that the edge bars us for a flood: refused after a burst of our own attempts (contract A.3, I.42). Pure.

/** Above 20 requests within its window the edge answers nothing to this address for five minutes. */
const windowMs = 60_000
const manyAttempts = 15
export const banMs = 300_000

export interface FloodWatch {
  attempt(now: number): void
  /** Whether a failure to reach any edge is the answer to too many attempts. */
  isBanned(now: number): boolean
}

export function createFloodWatch(): FloodWatch {
  let attempts: number[] = []
  return {
    attempt(now) {
      attempts = [...attempts.filter((at) => now - at < windowMs), now]
    },
    isBanned: (now) => attempts.filter((at) => now - at < windowMs).length >= manyAttempts,
  }
}
