// Where sound begins and ends in a row of 20 ms levels. Pure, so that a test can say what an edge is. Silence is
// counted in frames and not by the clock: frames that were lost are no silence.

export interface SoundEdges {
  /** One frame; `at` is the epoch ms of its end. Returns the edge it completes, if any. */
  push(rms: number, at: number): { edge: 'start' | 'end'; at: number } | undefined
  /** An edge for a sound that is still open. */
  flush(): { edge: 'end'; at: number } | undefined
  readonly firstAt: number | undefined
  /** Total sound until now. */
  soundMs(at: number): number
}

export const frameMs = 20
/** Sound is at least twice in a row above this (-42 dBFS) and three times the background. */
const startLevel = 0.008
/** Below this and twice the background a frame is silent. */
const holdLevel = 0.005
const endAfterMs = 300

/**
 *   silent ──2 frames over the start level──→ sounding
 *      ↑──300 ms under the hold level───────────┘
 */
export function createSoundEdges(): SoundEdges {
  let background = 0
  let over = 0
  let startedAt: number | undefined
  let lastLoudAt = 0
  let silentMs = 0
  let firstAt: number | undefined
  let total = 0

  const end = () => {
    const at = lastLoudAt
    total += startedAt === undefined ? 0 : Math.max(0, at - startedAt)
    startedAt = undefined
    over = 0
    return { edge: 'end' as const, at }
  }

  return {
    push(rms, at) {
      if (startedAt === undefined) {
        const loud = rms >= Math.max(startLevel, background * 3)
        over = loud ? over + 1 : 0
        // Falls fast, rises over seconds: a pause shows the room, a word does not change it.
        if (!loud) background += (rms - background) * (rms < background ? 0.2 : 0.01)
        if (over < 2) return undefined
        startedAt = at - 2 * frameMs
        firstAt ??= startedAt
        lastLoudAt = at
        silentMs = 0
        return { edge: 'start', at: startedAt }
      }
      silentMs += frameMs
      if (rms >= Math.max(holdLevel, background * 2)) {
        lastLoudAt = at
        silentMs = 0
      }
      return silentMs >= endAfterMs ? end() : undefined
    },
    flush: () => (startedAt === undefined ? undefined : end()),
    get firstAt() {
      return firstAt
    },
    soundMs: (at) =>
      total + (startedAt === undefined ? 0 : Math.max(0, Math.min(at, lastLoudAt) - startedAt)),
  }
}
