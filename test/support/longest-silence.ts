// How long a caller hears nothing of the phone: silence in what comes, and time in which nothing comes at all.
import type { Leg } from '../../practice/line.ts'

/** Below it nobody hears anything: -36 dB of full scale. */
const loud = 500
const frameMs = 20

export interface HeardFrames {
  readonly frames: number
  /** Ms between two frames with sound, since `mark`; a stream that goes on has 0. */
  longestSilence(): number
  /** Forgets what was before. */
  mark(): void
}

export function listenForGaps(leg: Pick<Leg, 'onAudio'>): HeardFrames {
  let frames = 0
  let quiet = 0
  let longest = 0
  let lastAt: number | undefined
  leg.onAudio((frame) => {
    frames += 1
    if (!frame.some((sample) => Math.abs(sample) > loud)) {
      quiet += 1
      return
    }
    const now = performance.now()
    // A sender that stalls leaves no silence in the stream, but time in which nothing came.
    const waited = lastAt === undefined ? 0 : now - lastAt - frameMs
    if (lastAt !== undefined) longest = Math.max(longest, waited, quiet * frameMs)
    lastAt = now
    quiet = 0
  })
  return {
    get frames() {
      return frames
    },
    longestSilence: () => Math.round(longest),
    mark() {
      longest = 0
    },
  }
}
