// What others may ask of the event subscription.
import type { Log } from '../../common/kit/log.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Subscription } from '../../common/model/subscription.ts'
import type { Platform, PlatformEvent } from '../platform/platform.ts'

export interface SubscriptionFeature {
  /**
   * Opens and stays open until `close`. Resolves at the first open socket with all topics sent. Rejects when refused,
   * closed, or when the first attempt fails; in that last case it goes on trying by itself.
   */
  open(): Promise<void>
  close(): void
  /**
   * The sign-in was renewed: opens anew with it, also after a refusal of the old one. What was missed since then is
   * told as a gap. Nothing happens when it is closed.
   */
  renew(): void
  /** The machine woke up: reconnects now instead of waiting for the silence limit. */
  wake(): void
  onEvent(listener: (event: PlatformEvent) => void): () => void
  /** After every reconnect, and after a flood: events between these times are or may be lost, read the state over REST (contract E.1). */
  onGap(listener: (fromAt: number, toAt: number) => void): () => void
  /** An event of our own doing arrived: events are really delivered. */
  proveDelivery(): void
  /** REST shows what no event told: silent until a proof, and opened anew, at most once a minute. */
  markSilent(): void
}

export interface SubscriptionDeps {
  scope: Scope
  log: Log
  set(subscription: Subscription): void
  platform(): Platform
  /** One list a message: `toTopics(signedIn)`. */
  topics(): string[][]
  now?: () => number
  /** 0 to 1, for the jitter. */
  random?: () => number
}
