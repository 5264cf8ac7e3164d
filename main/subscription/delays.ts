// How long events took from the platform to us: figures over the last ones (contract I.30).

export interface Delays {
  /** Both of this machine's clock. */
  add(madeAt: number, arrivedAt: number): void
  figures(): { count: number; medianMs: number; worstMs: number } | undefined
  clear(): void
}

const kept = 200
/** An event about something older is a reminder of it, not its delivery. */
const longestMs = 60_000

export function createDelays(): Delays {
  let all: number[] = []
  return {
    add(madeAt, arrivedAt) {
      const ms = Math.max(0, arrivedAt - madeAt)
      if (!Number.isFinite(ms) || ms > longestMs) return
      all.push(ms)
      if (all.length > kept) all.shift()
    },
    figures() {
      if (all.length === 0) return undefined
      const sorted = [...all].sort((a, b) => a - b)
      const medianMs = Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0)
      return { count: sorted.length, medianMs, worstMs: Math.round(sorted.at(-1) ?? 0) }
    },
    clear() {
      all = []
    },
  }
}
