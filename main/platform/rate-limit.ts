// Keeps our own requests below the customer's limit, which everybody of the customer shares (contract B.6).

export interface RateLimit {
  /** Resolves when the next request may go; first come, first served. */
  take(): Promise<void>
}

/** A bucket of `burst` that refills with `perSecond`: 10/s of the customer's 16.7/s, 20 of its burst of 33. */
export function createRateLimit({
  perSecond = 10,
  burst = 20,
  now = () => performance.now(),
} = {}): RateLimit {
  // The time at which the bucket was, or will be, full: one number instead of a count and a clock. Not the time of day:
  // that may be set back, and everybody would wait until it is what it was.
  let fullAt = now()
  const stepMs = 1000 / perSecond
  return {
    take() {
      fullAt = Math.max(fullAt, now()) + stepMs
      const waitMs = fullAt - now() - burst * stepMs
      return waitMs <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, waitMs))
    },
  }
}
