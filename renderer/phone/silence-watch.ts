// Notices that nothing arrives any more although the media path stands: the BYE of the other side may be lost. Pure.

/** A far end that sends no packets in pauses is asked too, and simply says that it is there. */
const askAfterMs = 10_000
const againAfterMs = 60_000

export interface SilenceWatch {
  /** Once a second. True: ask the far end whether it is still in the call. */
  look(now: number, packetsReceived: number, theyShouldSend: boolean): boolean
}

export function createSilenceWatch(): SilenceWatch {
  let packets = -1
  let quietSince: number | undefined
  let askedAt = Number.NEGATIVE_INFINITY
  return {
    look(now, packetsReceived, theyShouldSend) {
      const moved = packetsReceived !== packets
      packets = packetsReceived
      if (moved || !theyShouldSend) quietSince = undefined
      else quietSince ??= now
      if (quietSince === undefined || now - quietSince < askAfterMs || now - askedAt < againAfterMs)
        return false
      askedAt = now
      return true
    },
  }
}
