// A bad network that is the same for every phone: which packets are lost and how late the others come is made up once.
import type { MediaFaults } from '../../edge/peer/media.ts'

export interface Impairment {
  /** Share of packets, 0 to 1. */
  loss: number
  /** Each packet late by up to this much. */
  jitterMs: number
}

/** Changes what the caller's packets meet; `seed` chooses another network of the same kind. */
export function impair(faults: MediaFaults, { loss, jitterMs }: Impairment, seed: number): void {
  const lots = createLots(seed * 7_919 + Math.round(loss * 1_000) + jitterMs)
  const delays = createLots(seed * 104_729 + jitterMs)
  // Read once a packet: the share is all or nothing, by our own lot instead of the caller's.
  Object.defineProperty(faults.loss, 'send', { get: () => (lots() < loss ? 1 : 0) })
  Object.defineProperty(faults, 'delayMs', { get: () => delays() * jitterMs })
}

/** Numbers from 0 to 1 that depend on the seed only (mulberry32). */
function createLots(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
