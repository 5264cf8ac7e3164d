// How far received speech is from what was sent: log-spectral distance, piece by piece, because a jitter buffer
// stretches and squeezes time without anybody hearing it.
import { type Distance, findOffset, spectralDistance } from '../../edge/speech/spectral-distance.ts'

/** Half a second, about a word. */
const piece = 4_000
/** How far a piece may have moved against the one before it, samples: 60 ms, or 0.6 s where it is not found there. */
const drift = 480
const jump = 4_800
/** dB that no piece in its right place has, unless the network took most of it. */
const suspicious = 5

/** Mean distance over the frames with speech, dB. Both 8 kHz; the received one begins up to 3 s later. */
export function scoreSpeech(sent: Int16Array, received: Int16Array): number {
  let least = Number.POSITIVE_INFINITY
  // By its beginning, because what comes later may have moved; by another part where the beginning was spoilt.
  for (const at of [0, 24_000, 48_000]) {
    if (at >= sent.length || least <= suspicious) break
    const place = findOffset(sent.subarray(at, at + 24_000), received.subarray(at), 24_000)
    least = Math.min(least, scoreFrom(place, sent, received))
  }
  return least
}

/** `start`: where the sent sound is expected to begin in the received one. */
function scoreFrom(start: number, sent: Int16Array, received: Int16Array): number {
  let place = start
  let total = 0
  let frames = 0
  for (let at = 0; at + piece <= sent.length; at += piece) {
    const words = sent.subarray(at, at + piece)
    let found = near(words, received, at + place, drift)
    if (found.decibels > suspicious) {
      const wider = near(words, received, at + place, jump)
      if (wider.decibels < found.decibels) found = wider
    }
    if (found.frames === 0) continue
    // Lost words say nothing about where the next ones are.
    if (found.decibels <= 2 * suspicious) place = found.offset - at
    total += found.decibels * found.frames
    frames += found.frames
  }
  return frames === 0 ? Number.POSITIVE_INFINITY : total / frames
}

/** The best fit around a place of the received sound; its offset is that in the whole of it. */
function near(words: Int16Array, received: Int16Array, place: number, reach: number): Distance {
  let best = Math.max(0, place)
  let likeness = Number.NEGATIVE_INFINITY
  for (let shift = Math.max(0, place - reach); shift <= place + reach; shift += 4) {
    const value = compare(words, received, shift)
    if (value <= likeness) continue
    likeness = value
    best = shift
  }
  const from = Math.max(0, best - 4)
  const found = spectralDistance(words, received.subarray(from, from + piece + 8), 8)
  return { ...found, offset: from + found.offset }
}

/** Correlation relative to how loud it is there, or the loudest word would fit everywhere; every third sample does. */
function compare(words: Int16Array, received: Int16Array, shift: number): number {
  let common = 0
  let energy = 1
  for (let i = 0; i < words.length; i += 3) {
    const there = received[i + shift] ?? 0
    common += (words[i] ?? 0) * there
    energy += there * there
  }
  return common / Math.sqrt(energy)
}
