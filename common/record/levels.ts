// Loudness as bytes: so coarse that an hour of both directions is 360 kB, so fine that an edge stays where it was.

/** One frame of the meter. */
export const frameMs = 20
export const unmeasured = 254
export const digitalSilence = 255
const quietest = 253

/** RMS, 0 to 1 → half decibels below full scale. */
export function toByte(rms: number): number {
  if (!Number.isFinite(rms)) return unmeasured
  if (rms <= 0) return digitalSilence
  return Math.max(0, Math.min(quietest, Math.round(-40 * Math.log10(rms))))
}

/** RMS again; nothing where nothing was measured. */
export const toRms = (byte: number): number | undefined =>
  byte === unmeasured ? undefined : byte === digitalSilence ? 0 : 10 ** (-byte / 40)

export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8_192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192))
  }
  return btoa(text)
}

export function fromBase64(text: string): Uint8Array {
  const raw = atob(text)
  const bytes = new Uint8Array(raw.length)
  for (let at = 0; at < raw.length; at++) bytes[at] = raw.charCodeAt(at)
  return bytes
}

export interface LevelGrid {
  /** Of its first frame. */
  t: number
  frames: Uint8Array
}

const mostFrames = 24 * 3_600 * 50

/** All rows of one direction side by side on one row of frames; holes are `unmeasured`. */
export function toGrid(rows: readonly { t: number; data: string }[]): LevelGrid {
  const first = rows.reduce((least, { t }) => Math.min(least, t), Number.POSITIVE_INFINITY)
  if (!Number.isFinite(first)) return { t: 0, frames: new Uint8Array(0) }
  const decoded = rows.map(({ t, data }) => ({
    at: Math.round((t - first) / frameMs),
    bytes: fromBase64(data),
  }))
  const length = decoded.reduce((most, { at, bytes }) => Math.max(most, at + bytes.length), 0)
  const frames = new Uint8Array(Math.min(length, mostFrames)).fill(unmeasured)
  for (const { at, bytes } of decoded) {
    if (at < frames.length) frames.set(bytes.subarray(0, frames.length - at), at)
  }
  return { t: first, frames }
}

/** Quieter than this is no height. */
const floorByte = 110

/**
 * How loud each of `columns` slices of `fromT`..`toT` is, from 0 to 1: the mean of its frames, so that an hour shows who
 * spoke when and not one block.
 */
export function toHeights(grid: LevelGrid, fromT: number, toT: number, columns: number): Float32Array {
  const heights = new Float32Array(columns)
  const perColumn = (toT - fromT) / columns / frameMs
  const start = (fromT - grid.t) / frameMs
  for (let column = 0; column < columns; column++) {
    const first = Math.floor(start + column * perColumn)
    const from = Math.max(0, first)
    const to = Math.min(grid.frames.length, Math.max(first + 1, Math.ceil(start + (column + 1) * perColumn)))
    let sum = 0
    for (let at = from; at < to; at++) sum += Math.max(0, floorByte - (grid.frames[at] ?? unmeasured))
    if (to > from) heights[column] = sum / (to - from) / floorByte
  }
  return heights
}
