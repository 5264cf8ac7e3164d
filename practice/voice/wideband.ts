// Makes telephone sound palatable to a recogniser that was trained on 16 kHz: fills the band the telephone cuts off.
import type { Pcm } from '../line.ts'

const RATE = 16_000
/** The loudest sample, about 8 dB under full scale. */
const PEAK = 13_000
/** Digital silence makes pocketsphinx hear nothing at all. */
const NOISE = 120
/** Silence before and behind, in which its detector settles. */
const MARGIN = 0.4 * RATE

/**
 * Twice the rate by putting a zero behind every sample: the spectrum above 4 kHz becomes the mirror of the one below.
 * A shelf turns the mirror down by 20 dB, and what is left resembles sibilants enough.
 */
export function toWideband(pcm: Pcm): { pcm: Pcm; rate: number } {
  let peak = 1
  for (const sample of pcm) peak = Math.max(peak, Math.abs(sample))
  const gain = (2 * PEAK) / peak
  const filter = createShelf(5_500, -20, 0.5)
  const noise = createNoise()
  const out = new Int16Array(MARGIN * 2 + pcm.length * 2)
  for (let i = 0; i < out.length; i++) {
    const place = i - MARGIN
    const inside = place >= 0 && place % 2 === 0 ? (pcm[place / 2] ?? 0) : 0
    out[i] = Math.max(-32_768, Math.min(32_767, Math.round(filter(inside * gain) + noise())))
  }
  return { pcm: out, rate: RATE }
}

/** The same noise every time, so that the same sound gives the same words. */
function createNoise(): () => number {
  let state = 1
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state / 2_147_483_648 - 1) * NOISE
  }
}

/** A high shelf of second order, from the usual analogue prototype by the bilinear transform. */
function createShelf(hertz: number, decibels: number, slope: number): (sample: number) => number {
  const a = 10 ** (decibels / 40)
  const w = (2 * Math.PI * hertz) / RATE
  const cos = Math.cos(w)
  const alpha = (Math.sin(w) / 2) * Math.sqrt((a + 1 / a) * (1 / slope - 1) + 2)
  const beta = 2 * Math.sqrt(a) * alpha
  const a0 = a + 1 - (a - 1) * cos + beta
  const b0 = (a * (a + 1 + (a - 1) * cos + beta)) / a0
  const b1 = (-2 * a * (a - 1 + (a + 1) * cos)) / a0
  const b2 = (a * (a + 1 + (a - 1) * cos - beta)) / a0
  const a1 = (2 * (a - 1 - (a + 1) * cos)) / a0
  const a2 = (a + 1 - (a - 1) * cos - beta) / a0
  let x1 = 0
  let x2 = 0
  let y1 = 0
  let y2 = 0
  return (x) => {
    const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
    x2 = x1
    x1 = x
    y2 = y1
    y1 = y
    return y
  }
}
