// Times as the platform writes them: strictly ascending, so that a page token names one place in a list.

/** RFC 3339 with six digits; never the same twice, never backwards. */
export function createStamp(now: () => number = Date.now): () => string {
  let lastMicros = 0
  return () => {
    lastMicros = Math.max(now() * 1000, lastMicros + 1)
    const micros = Math.round(lastMicros % 1_000_000)
    const seconds = new Date(Math.floor(lastMicros / 1_000_000) * 1000).toISOString().slice(0, 19)
    return `${seconds}.${String(micros).padStart(6, '0')}Z`
  }
}

/** `tm_transcript`: an offset as a date in year 1 (contract B.7). */
export function toOffsetStamp(offsetMs: number): string {
  const whole = new Date(Math.max(0, Math.round(offsetMs))).toISOString()
  // 1970-01-01T… counts from the same midnight.
  return `0001-01-01${whole.slice(10)}`
}
