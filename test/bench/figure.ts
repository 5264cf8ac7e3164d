// One measured figure beside its goal, and the arithmetic that all of them share.
import { createUntil } from '../support/until.ts'

export interface Figure {
  /** What was measured, for a reader who does not know the code. */
  what: string
  goal: string
  measured: string
  /** Nothing where there is no number to meet. */
  met: boolean | undefined
  /** How it was measured, or what else a reader should know. */
  note?: string
}

export interface Bench {
  name: string
  /** What it does, in a line. */
  about: string
  run(say: (line: string) => void): Promise<Figure[]>
}

/** Nearest rank: a value that was really measured. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const found = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]
  if (found === undefined) throw new Error('nothing was measured')
  return found
}

export const median = (values: readonly number[]) => quantile(values, 0.5)
export const most = (values: readonly number[]) => quantile(values, 1)

export const ms = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`
export const mb = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`

/** Epoch ms with fractions: the same clock in every process of this machine. */
export const nowMs = () => performance.timeOrigin + performance.now()

export const sleep = (time: number) => new Promise<void>((resolve) => setTimeout(resolve, time))

/** Looks every few ms. */
export const until = createUntil(5, 15_000)
