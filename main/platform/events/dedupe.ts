// Drops what was delivered twice: the same key within a few seconds; bounded in time and number (contract E.3).

export interface Dedupe {
  /** True the first time, false for a repetition. */
  isNew(key: string): boolean
}

export function createDedupe({ windowMs = 5_000, limit = 4_096, now = Date.now } = {}): Dedupe {
  // A Map keeps the order of insertion, so the oldest stands first.
  const seen = new Map<string, number>()
  return {
    isNew(key) {
      const at = now()
      for (const [old, since] of seen) {
        if (at - since <= windowMs && seen.size < limit) break
        seen.delete(old)
      }
      if (seen.has(key)) return false
      seen.set(key, at)
      return true
    },
  }
}
