// The 20 ms clock of a call: counts frames against the wall clock, so late timers are caught up and nothing drifts.

export const FRAME_MS = 20
export const FRAME_SAMPLES = 160

/** Behind by more than this the machine slept: the frames of that time are skipped, not sent in one burst. */
const SLEPT_MS = 1_000

export interface PacerClock {
  now(): number
  setTimer(run: () => void, ms: number): () => void
}

export const systemClock: PacerClock = {
  now: () => performance.now(),
  setTimer(run, ms) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/**
 * Calls `onFrame` once for every 20 ms that pass. `skipped` frames were slept through just before this one: their
 * time has passed on the RTP clock, though nothing was sent for them. Returns its stop.
 */
export function startPacer(onFrame: (skipped: number) => void, clock: PacerClock = systemClock): () => void {
  let startedAt = clock.now()
  let frames = 0
  let stopped = false
  let cancel = () => {}

  const tick = () => {
    let skipped = 0
    const behind = clock.now() - (startedAt + frames * FRAME_MS)
    if (behind > SLEPT_MS) {
      skipped = Math.floor(behind / FRAME_MS)
      startedAt += skipped * FRAME_MS
    }
    while (!stopped && clock.now() >= startedAt + frames * FRAME_MS) {
      frames++
      onFrame(skipped)
      skipped = 0
    }
    if (!stopped) cancel = clock.setTimer(tick, Math.max(1, startedAt + frames * FRAME_MS - clock.now()))
  }
  tick()
  return () => {
    stopped = true
    cancel()
  }
}
