// Which deliveries are one event: tries of one webhook, and the same event over the event socket; bounded (contract E.7).
import { toSameKey } from '../platform/events/same-event.ts'
import type { PlatformEvent } from '../platform/platform.ts'

export interface Deliveries {
  /** The event socket told it. */
  overSocket(event: PlatformEvent): void
  /** The how-manieth try it is, from 1, and how much later than over the socket; nothing while that has not told it. */
  overWebhook(event: PlatformEvent): { tries: number; behindSocketMs: number | undefined }
  /** Events that came both ways: how much later by webhook; negative where that was first. */
  behindSocket(): { count: number; medianMs: number } | undefined
  /** Events that no socket told, also not later. */
  onlyHere(): number
  clear(): void
}

interface Seen {
  socketAt?: number
  webhookAt?: number
  tries: number
}

/** Far longer than three tries a second apart take. */
const keptMs = 60_000
const limit = 2_000
const samples = 200

export function createDeliveries(now: () => number = Date.now): Deliveries {
  // A Map keeps the order of insertion, so the oldest stands first.
  const seen = new Map<string, Seen>()
  let lags: number[] = []
  let onlyHere = 0

  const find = (event: PlatformEvent): Seen => {
    const key = toSameKey(event)
    const at = now()
    for (const [old, entry] of seen) {
      if (at - (entry.socketAt ?? entry.webhookAt ?? 0) <= keptMs && seen.size < limit) break
      seen.delete(old)
    }
    const known = seen.get(key)
    if (known) return known
    const entry: Seen = { tries: 0 }
    seen.set(key, entry)
    return entry
  }
  const compare = ({ socketAt, webhookAt }: Seen) => {
    if (socketAt === undefined || webhookAt === undefined) return
    lags.push(webhookAt - socketAt)
    if (lags.length > samples) lags.shift()
  }
  return {
    overSocket(event) {
      const entry = find(event)
      if (entry.socketAt !== undefined) return
      entry.socketAt = now()
      if (entry.webhookAt !== undefined) onlyHere--
      compare(entry)
    },
    overWebhook(event) {
      const entry = find(event)
      entry.tries++
      if (entry.webhookAt === undefined) {
        entry.webhookAt = now()
        if (entry.socketAt === undefined) onlyHere++
        compare(entry)
      }
      const { tries, socketAt } = entry
      return { tries, behindSocketMs: socketAt === undefined ? undefined : now() - socketAt }
    },
    behindSocket() {
      if (lags.length === 0) return undefined
      const sorted = [...lags].sort((a, b) => a - b)
      return { count: sorted.length, medianMs: Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0) }
    },
    onlyHere: () => onlyHere,
    clear() {
      seen.clear()
      lags = []
      onlyHere = 0
    },
  }
}
