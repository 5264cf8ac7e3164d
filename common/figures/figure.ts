// One computed figure: its number, or why there is none. Nothing is ever guessed.
import type { Phrase } from '../words/placeholders.ts'

export interface Figure {
  /** ms, a share from 0 to 1, or a score, as the figure's name says. */
  value: number | null
  /** Why there is none; or what else to know about it. */
  why?: Phrase
}

export interface Spread {
  count: number
  p50: number | null
  p95: number | null
  most: number | null
  why?: Phrase
}

export const known = (value: number, why?: Phrase): Figure => (why === undefined ? { value } : { value, why })
export const unknown = (why: Phrase): Figure => ({ value: null, why })

/** Nearest rank: a value that was really measured. */
export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]
}

export function toSpread(values: readonly number[], why: Phrase): Spread {
  if (values.length === 0) return { count: 0, p50: null, p95: null, most: null, why }
  return {
    count: values.length,
    p50: quantile(values, 0.5) ?? null,
    p95: quantile(values, 0.95) ?? null,
    most: quantile(values, 1) ?? null,
  }
}
