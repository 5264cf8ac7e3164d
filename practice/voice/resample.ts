// Any rate down to 8 kHz: a windowed sinc, computed in pieces so that a long text never holds up the media clock.
import type { Pcm } from '../line.ts'

const RATE = 8_000
/** Zero crossings of the sinc on each side: enough to keep what lies above 4 kHz 40 dB down. */
const CROSSINGS = 10
/** A little under the half of the rate, where the slope of the filter lies. */
const CUTOFF = 0.92
const PIECE = RATE

/** At most as many phases as this; the rates of real voices need 160 or fewer. */
const MOST_PHASES = 1_000

export async function toTelephoneRate(input: Pcm, rate: number): Promise<Pcm> {
  if (rate === RATE) return input
  const step = rate / RATE
  const kernel = createKernel(rate, step)
  const out = new Int16Array(Math.floor(input.length / step))
  for (let from = 0; from < out.length; from += PIECE) {
    if (from > 0) await new Promise((resolve) => setImmediate(resolve))
    const to = Math.min(from + PIECE, out.length)
    for (let i = from; i < to; i++) out[i] = at(input, i * step, kernel)
  }
  return out
}

interface Kernel {
  half: number
  phases: Float32Array[]
}

function createKernel(rate: number, step: number): Kernel {
  const stretch = Math.max(1, step) / CUTOFF
  const half = Math.ceil(CROSSINGS * stretch)
  const count = Math.min(RATE / divisor(rate, RATE), MOST_PHASES)
  const phases = Array.from({ length: count }, (_, phase) => {
    const taps = Float32Array.from({ length: half * 2 + 1 }, (_unused, i) => {
      const distance = i - half - phase / count
      return sinc(distance / stretch) * window(distance / (half + 1))
    })
    const sum = taps.reduce((total, tap) => total + tap, 0)
    return taps.map((tap) => tap / sum)
  })
  return { half, phases }
}

function at(input: Pcm, place: number, { half, phases }: Kernel): number {
  let whole = Math.floor(place)
  let phase = Math.round((place - whole) * phases.length)
  if (phase === phases.length) {
    whole++
    phase = 0
  }
  const taps = phases[phase] ?? new Float32Array(0)
  let sum = 0
  for (let i = 0; i < taps.length; i++) sum += (taps[i] ?? 0) * (input[whole - half + i] ?? 0)
  return Math.max(-32_768, Math.min(32_767, Math.round(sum)))
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
}

/** Blackman, from the middle (0) to the end (±1). */
function window(x: number): number {
  if (Math.abs(x) >= 1) return 0
  return 0.42 + 0.5 * Math.cos(Math.PI * x) + 0.08 * Math.cos(2 * Math.PI * x)
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b)
}
