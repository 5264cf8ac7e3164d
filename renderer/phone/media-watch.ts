// Watches the media path of a session: repairs it, and ends a call whose other side is gone without a BYE. Pure.
//
//   up ──disconnected 2 s, failed, connecting 3 s, or the network changed──→ restart asked ──8 s──→ once more
//    ↑                                                                            │                  │
//    └───────────────────────── connected, or packets come ───────────────────────┴──────────────────┘
//   down for 30 s → gone (it was up before) or never (it never was)
//   back, and nothing comes for 3 s → restart asked: a relay was seen to go on sending to another of our addresses

export type MediaVerdict = 'fine' | 'restart' | 'gone' | 'never'

export interface MediaPath {
  /** Of ICE and DTLS together: after a forked answer ICE may stand while DTLS speaks with nobody. */
  state: RTCPeerConnectionState
  packetsReceived: number
  /** Not while one end holds the other. */
  theyShouldSend: boolean
  /** Since the last look. */
  networkChanged: boolean
}

/**
 * Chromium says `disconnected` 5 to 8 s after the far end vanished, when its checks for consent stay unanswered (RFC 7675),
 * and may never say `failed`: our own clock decides.
 */
const restartAfterMs = { disconnected: 2000, connecting: 3000, failed: 0, closed: 0 } as const
const againAfterMs = 8000
const deafAfterMs = 3000
const recentMs = 15_000
const goneAfterMs = 30_000

export interface MediaWatch {
  /** Once a second, since the call is answered. */
  look(now: number, path: MediaPath): MediaVerdict
}

export function createMediaWatch(): MediaWatch {
  let badSince: number | undefined
  /** Of this row of bad looks: twice at most. */
  let restarts: number[] = []
  let packets = 0
  let everUp = false
  /** End of the last interruption. */
  let backAt: number | undefined
  let movedAt = 0

  const repair = (now: number, bad: number, { state, networkChanged }: MediaPath): MediaVerdict => {
    const last = restarts.at(-1)
    const first = last === undefined && bad >= (restartAfterMs[state as keyof typeof restartAfterMs] ?? 0)
    const again = last !== undefined && restarts.length < 2 && now - last >= againAfterMs
    if (!first && !again && !networkChanged) return 'fine'
    restarts.push(now)
    return 'restart'
  }

  /** Said once after each interruption. What a relay had kept meanwhile may still come in one burst. */
  const isDeaf = (now: number, moving: boolean): boolean => {
    if (badSince !== undefined) backAt = now
    if (moving) movedAt = now
    if (backAt === undefined || now - Math.max(backAt, movedAt) < deafAfterMs) return false
    const recent = now - backAt < recentMs
    backAt = undefined
    return recent
  }

  return {
    look(now, path) {
      const { state, packetsReceived, theyShouldSend, networkChanged } = path
      const moving = packetsReceived > packets
      packets = packetsReceived
      everUp ||= state === 'connected' || moving
      if (state === 'connected' || state === 'new' || (moving && state !== 'failed')) {
        const deaf = isDeaf(now, moving || !theyShouldSend)
        badSince = undefined
        restarts = []
        // The old path may stand for seconds more, on an address that is ours no longer.
        return networkChanged || deaf ? 'restart' : 'fine'
      }
      badSince ??= now
      const bad = now - badSince
      if (bad < goneAfterMs) return repair(now, bad, path)
      return everUp ? 'gone' : 'never'
    },
  }
}
