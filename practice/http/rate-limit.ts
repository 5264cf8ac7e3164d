// Token buckets per address and per customer (contract B.6).
import { ApiError } from './errors.ts'

export interface RateLimits {
  auth: Rate
  ip: Rate
  /** Shared by all agents and keys of a customer. */
  customer: Rate
}

export interface Rate {
  perSecond: number
  burst: number
}

export const platformRates: RateLimits = {
  auth: { perSecond: 10, burst: 20 },
  ip: { perSecond: 200, burst: 400 },
  customer: { perSecond: 16.7, burst: 33 },
}

export interface Limiter {
  /** Throws 429 when the bucket is empty. */
  take(tier: keyof RateLimits, who: string): void
  /** From now on this rate for the tier, with full buckets; without one the first again. */
  change(tier: keyof RateLimits, rate: Rate | undefined): void
}

/** `headers` tells in how many seconds to come again. */
export function createLimiter(
  rates: RateLimits,
  headers: (seconds: number) => Record<string, string>,
  now: () => number = Date.now,
): Limiter {
  const buckets = new Map<string, { left: number; at: number }>()
  const current = { ...rates }
  return {
    change(tier, rate) {
      current[tier] = rate ?? rates[tier]
      buckets.clear()
    },
    take(tier, who) {
      const { perSecond, burst } = current[tier]
      const key = `${tier} ${who}`
      const bucket = buckets.get(key) ?? { left: burst, at: now() }
      const left = Math.min(burst, bucket.left + ((now() - bucket.at) / 1000) * perSecond)
      buckets.set(key, { left: Math.max(0, left - 1), at: now() })
      if (left >= 1) return
      throw new ApiError(429, 'RATE_LIMIT_EXCEEDED', 'Too many requests.', {
        details: [{ limited_by: tier === 'customer' ? 'customer' : 'ip' }],
        headers: headers(Math.max(1, Math.ceil((1 - left) / perSecond))),
      })
    },
  }
}
