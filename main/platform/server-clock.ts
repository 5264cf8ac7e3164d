// How far the platform's clock is ahead of ours, learnt from events and from the Date of every answer.

export interface ServerClock {
  /** A time that the server wrote, and when it reached us, both epoch ms. */
  saw(serverAt: number | undefined, now: number): void
  /** 0 as long as nothing was seen. */
  aheadMs(): number
}

const kept = 50

/**
 * Delivery only takes time away, and so does the header that knows only whole seconds (RFC 9110 section 6.6.1): the
 * largest lead seen lately is the nearest to the truth.
 */
export function createServerClock(): ServerClock {
  const leads: number[] = []
  return {
    saw(serverAt, now) {
      if (serverAt === undefined || Number.isNaN(serverAt)) return
      leads.push(serverAt - now)
      if (leads.length > kept) leads.shift()
    },
    aheadMs: () => (leads.length === 0 ? 0 : Math.max(...leads)),
  }
}
