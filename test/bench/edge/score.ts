// How far received speech is from what was sent: log-spectral distance, piece by piece, because a jitter buffer may
// stretch and squeeze time by some ms without anybody hearing it.
import { findOffset, spectralDistance } from '../../edge/speech/spectral-distance.ts'

/** Half a second, about a word. */
const piece = 4_000
/** How far a piece may have moved against the one before it, samples: 60 ms. */
const drift = 480

/** Mean distance over the frames with speech, dB. Both 8 kHz; the received one begins up to 4 s later. */
export function scoreSpeech(sent: Int16Array, received: Int16Array): number {
  let place = findOffset(sent, received, 32_000)
  let total = 0
  let frames = 0
  for (let at = 0; at + piece <= sent.length; at += piece) {
    const from = Math.max(0, at + place - drift)
    const near = received.subarray(from, from + piece + 2 * drift)
    const found = spectralDistance(sent.subarray(at, at + piece), near, 2 * drift)
    if (found.frames === 0) continue
    place = from + found.offset - at
    total += found.decibels * found.frames
    frames += found.frames
  }
  return frames === 0 ? Number.NaN : total / frames
}
