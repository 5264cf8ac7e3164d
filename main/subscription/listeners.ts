// Listeners that cannot hurt each other: one that throws is logged, the others still hear.
import type { Log } from '../../common/kit/log.ts'

export interface Listeners<A extends unknown[]> {
  /** Returns the function that stops listening. */
  add(listener: (...args: A) => void): () => void
  tell(...args: A): void
}

export function createListeners<A extends unknown[]>(log: Log): Listeners<A> {
  const listeners = new Set<(...args: A) => void>()
  return {
    add(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    tell(...args) {
      for (const listener of [...listeners]) {
        try {
          listener(...args)
        } catch (thrown) {
          log.error('a listener failed', thrown)
        }
      }
    },
  }
}
