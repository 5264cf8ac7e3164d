// How far a received sound is from what was sent: log-spectral distance in dB, after both are laid over each other.

const FRAME = 256
const STEP = 128
/** Below this a frame of what was sent is a pause, which says nothing about quality. */
const QUIETEST = 200
/** Spectra lower than this are noise of the codec: 50 dB under the loudest line of a frame. */
const FLOOR_DB = 50

export interface Distance {
  /** Root mean square over frequencies, mean over the frames with speech. 0 is the same sound. */
  decibels: number
  /** Where in the received sound the sent one begins, in samples. */
  offset: number
  frames: number
}

/** Both 8 kHz. `mostOffset`: how much later the received one may begin. */
export function spectralDistance(sent: Int16Array, received: Int16Array, mostOffset = 16_000): Distance {
  const offset = findOffset(sent, received, mostOffset)
  let total = 0
  let frames = 0
  for (let at = 0; at + FRAME <= sent.length && at + offset + FRAME <= received.length; at += STEP) {
    const one = sent.subarray(at, at + FRAME)
    if (Math.max(...one.map(Math.abs)) < QUIETEST) continue
    total += between(spectrum(one), spectrum(received.subarray(at + offset, at + offset + FRAME)))
    frames++
  }
  return { decibels: frames === 0 ? Number.NaN : total / frames, offset, frames }
}

/** The best place by correlation: coarse on energies of 4 ms, then sample by sample. */
export function findOffset(sent: Int16Array, received: Int16Array, most: number): number {
  const block = 32
  const a = energies(sent, block)
  const b = energies(received, block)
  const coarse = best(0, Math.floor(most / block), (shift) => correlate(a, b, shift)) * block
  const length = Math.min(sent.length, 24_000)
  return best(Math.max(0, coarse - 2 * block), coarse + 2 * block, (shift) =>
    correlate(sent.subarray(0, length), received, shift),
  )
}

function best(from: number, to: number, score: (shift: number) => number): number {
  let place = from
  let top = Number.NEGATIVE_INFINITY
  for (let shift = from; shift <= to; shift++) {
    const value = score(shift)
    if (value > top) {
      top = value
      place = shift
    }
  }
  return place
}

function correlate(a: ArrayLike<number>, b: ArrayLike<number>, shift: number): number {
  let sum = 0
  const end = Math.min(a.length, b.length - shift)
  for (let i = 0; i < end; i++) sum += (a[i] ?? 0) * (b[i + shift] ?? 0)
  return sum
}

/** Energies around their mean, or every loud stretch would fit every other. */
function energies(pcm: Int16Array, block: number): Float64Array {
  const out = new Float64Array(Math.floor(pcm.length / block))
  for (let i = 0; i < out.length; i++) {
    for (let k = 0; k < block; k++) out[i] = (out[i] ?? 0) + Math.abs(pcm[i * block + k] ?? 0)
  }
  const mean = out.reduce((sum, value) => sum + value, 0) / Math.max(1, out.length)
  return out.map((value) => value - mean)
}

const hann = Float64Array.from({ length: FRAME }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / FRAME))

/** Power in dB of each line, not lower than the floor under the loudest. */
function spectrum(frame: Int16Array): Float64Array {
  const real = Float64Array.from(frame, (sample, i) => sample * (hann[i] ?? 0))
  const imaginary = new Float64Array(FRAME)
  transform(real, imaginary)
  return Float64Array.from(
    { length: FRAME / 2 },
    (_, i) => 10 * Math.log10((real[i] ?? 0) ** 2 + (imaginary[i] ?? 0) ** 2 + 1),
  )
}

function between(one: Float64Array, other: Float64Array): number {
  const floor = Math.max(...one) - FLOOR_DB
  let sum = 0
  // From 200 Hz to 3.4 kHz: the band that a telephone promises.
  const from = Math.ceil((200 * FRAME) / 8_000)
  const to = Math.floor((3_400 * FRAME) / 8_000)
  for (let i = from; i <= to; i++) {
    sum += (Math.max(one[i] ?? 0, floor) - Math.max(other[i] ?? 0, floor)) ** 2
  }
  return Math.sqrt(sum / (to - from + 1))
}

/** Fast Fourier transform in place, radix 2. */
function transform(real: Float64Array, imaginary: Float64Array): void {
  const n = real.length
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1
    for (; j & bit; bit >>= 1) j ^= bit
    j ^= bit
    if (i < j) {
      swap(real, i, j)
      swap(imaginary, i, j)
    }
  }
  for (let size = 2; size <= n; size *= 2) {
    for (let k = 0; k < size / 2; k++) {
      const angle = (-2 * Math.PI * k) / size
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
      for (let low = k; low < n; low += size) {
        const high = low + size / 2
        const re = (real[high] ?? 0) * cos - (imaginary[high] ?? 0) * sin
        const im = (real[high] ?? 0) * sin + (imaginary[high] ?? 0) * cos
        real[high] = (real[low] ?? 0) - re
        imaginary[high] = (imaginary[low] ?? 0) - im
        real[low] = (real[low] ?? 0) + re
        imaginary[low] = (imaginary[low] ?? 0) + im
      }
    }
  }
}

function swap(values: Float64Array, i: number, j: number): void {
  const kept = values[i] ?? 0
  values[i] = values[j] ?? 0
  values[j] = kept
}
