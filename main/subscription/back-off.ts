// How long to wait before the next attempt: 1 s doubling to 30 s, spread so that clients do not return together.

const leastMs = 1_000
const mostMs = 30_000

/** `attempt` counts from 1; `random` is 0 to 1. */
export function toBackOffMs(attempt: number, random: number): number {
  const base = Math.min(mostMs, leastMs * 2 ** Math.min(attempt - 1, 10))
  return Math.round(Math.min(mostMs, Math.max(leastMs, base * (0.5 + random))))
}
