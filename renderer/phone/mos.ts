// How loss and delay sound, as one number: the E-model (ITU-T G.107), with the usual short form of its delay term. Pure.

export interface Path {
  /** Share of the sound that is lost, 0 to 1. */
  loss: number
  /** From mouth to ear, ms. */
  delayMs: number
}

/** Narrow-band, everything else at its default (G.107 section 7.8). */
const R0 = 93.2
/** Robustness of G.711 with concealment against random loss (ITU-T G.113 appendix I). Other codecs are judged by it, too. */
const Bpl = 25.1

/** R, 0 to 93.2. */
export function toRating({ loss, delayMs }: Path): number {
  const delay = 0.024 * delayMs + (delayMs > 177.3 ? 0.11 * (delayMs - 177.3) : 0)
  const percent = Math.min(1, Math.max(0, loss)) * 100
  // G.107 section 7.4, for an equipment impairment of 0.
  const impaired = 95 * (percent / (percent + Bpl))
  return Math.min(R0, Math.max(0, R0 - delay - impaired))
}

/** Mean opinion score, 1 to 4.5 (G.107 annex B); the curve dips below 1 near its end. */
export function toMos(rating: number): number {
  return Math.max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6)
}
