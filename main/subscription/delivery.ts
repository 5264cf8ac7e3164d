// Whether events are really delivered: unproven, proven, or silent until a proof (contract I.21).
import type { OpenSubscription } from '../../common/model/subscription.ts'

type Proof = Pick<OpenSubscription, 'delivery' | 'provenAt' | 'silentSince'>

export interface Delivery {
  /** What a socket that has just opened begins with: silence outlives a reconnect. */
  first(): Proof
  proven(): Proof
  silent(): Proof
  /** A silent socket is opened anew, as subscriptions may have got lost; not more often than once a minute. */
  shouldReopen(): boolean
  clear(): void
}

const reopenMs = 60_000

export function createDelivery(now: () => number): Delivery {
  let silentSince: number | undefined
  let reopenedAt = Number.NEGATIVE_INFINITY
  return {
    first: () => ({ delivery: silentSince === undefined ? 'unproven' : 'silent', silentSince }),
    proven() {
      silentSince = undefined
      return { delivery: 'proven', provenAt: now(), silentSince }
    },
    silent() {
      silentSince ??= now()
      return { delivery: 'silent', silentSince }
    },
    shouldReopen() {
      if (now() - reopenedAt < reopenMs) return false
      reopenedAt = now()
      return true
    },
    clear() {
      silentSince = undefined
      reopenedAt = Number.NEGATIVE_INFINITY
    },
  }
}
