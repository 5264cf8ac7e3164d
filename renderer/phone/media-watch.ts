// Watches the media path of a session: repairs it once, and ends a call whose other side is gone without a BYE. Pure.

export type MediaVerdict = 'fine' | 'restart' | 'gone'

/** Chromium says `disconnected` 6-8 s after the far end vanished and may never say `failed`: our own clock decides. */
const restartAfterMs = 4000
const goneAfterMs = 30_000

export interface MediaWatch {
  /** Once a second. `restart` is said once in a row of bad looks. */
  look(now: number, ice: RTCIceConnectionState, packetsReceived: number): MediaVerdict
}

export function createMediaWatch(): MediaWatch {
  let badSince: number | undefined
  let restarted = false
  let packets = 0
  return {
    look(now, ice, packetsReceived) {
      const moving = packetsReceived > packets
      packets = packetsReceived
      const down = ice === 'disconnected' || ice === 'failed' || ice === 'closed'
      if (!down || moving) {
        badSince = undefined
        restarted = false
        return 'fine'
      }
      badSince ??= now
      if (now - badSince >= goneAfterMs) return 'gone'
      if (!restarted && now - badSince >= restartAfterMs) {
        restarted = true
        return 'restart'
      }
      return 'fine'
    },
  }
}
