// What came over the event socket since it was first opened: counts, and how long events took.
import { madeAt } from '../platform/events/same-event.ts'
import type { PlatformEvent } from '../platform/platform.ts'
import type { ServerClock } from '../platform/server-clock.ts'
import { createDelays, type Delays } from './delays.ts'

interface Counts {
  events: number
  duplicates: number
  unknown: number
}

export interface Tally {
  /** Kept: the socket outlives a sign-in that expires. */
  follow(clock: Pick<ServerClock, 'aheadMs'>): void
  event(event: PlatformEvent, at: number): Partial<Counts>
  duplicate(): Partial<Counts>
  unknown(): Partial<Counts>
  counts(): Counts
  delay: Delays['figures']
  clear(): void
}

export function createTally(): Tally {
  const delays = createDelays()
  let counts: Counts = { events: 0, duplicates: 0, unknown: 0 }
  let aheadMs = () => 0
  return {
    follow(clock) {
      aheadMs = clock.aheadMs
    },
    event(event, at) {
      const made = madeAt(event)
      if (made !== undefined) delays.add(made - aheadMs(), at)
      return { events: ++counts.events }
    },
    duplicate: () => ({ duplicates: ++counts.duplicates }),
    unknown: () => ({ unknown: ++counts.unknown }),
    counts: () => ({ ...counts }),
    delay: delays.figures,
    clear() {
      counts = { events: 0, duplicates: 0, unknown: 0 }
      delays.clear()
    },
  }
}
