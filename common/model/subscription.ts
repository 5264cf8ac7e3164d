// The event socket. Subscriptions are not acknowledged (contract E.2), so health is what was proven, and when.
import type { ErrorData } from '../kit/errors.ts'

/**
 *   closed → connecting → open → waiting → connecting      lost: retried, 1 s to 30 s with jitter
 *                 ↓         ↓
 *               refused ←───┘                              401 or a refused topic: not retried
 */
export type Subscription =
  | { status: 'closed' }
  | { status: 'connecting'; attempt: number }
  | ({ status: 'open' } & OpenSubscription)
  | { status: 'waiting'; attempt: number; retryAt: number; error: ErrorData }
  | { status: 'refused'; error: ErrorData }

export interface OpenSubscription {
  openedAt: number
  topics: string[]
  /** Server ping, every 10 s (contract E.1): proves the socket, not the subscription. */
  lastPingAt?: number | undefined
  lastEventAt?: number | undefined
  /** What proves that events are delivered: an event of our own, or nothing yet; `silent` when REST shows what no event did. */
  delivery: 'unproven' | 'proven' | 'silent'
  provenAt?: number | undefined
  /** Since when it is silent, and how long what it tells took to arrive; of the last events, without the way of our clock. */
  silentSince?: number | undefined
  delay?: { count: number; medianMs: number; worstMs: number } | undefined
  /** Left out, because the platform refuses them. */
  refused?: string[] | undefined
  events: number
  duplicates: number
  unknown: number
}
