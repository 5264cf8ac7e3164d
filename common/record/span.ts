// From when to when a record goes: everything that is in it, and a little room.
import type { FlightRecord } from '../model/record.ts'
import { frameMs, toGrid } from './levels.ts'

export interface Span {
  fromT: number
  toT: number
}

const shortestMs = 1_000

export function toSpan({ items, rtp, levels, about }: FlightRecord): Span {
  const grid = toGrid(levels.slice(-2))
  const ends = [
    items.at(-1)?.t ?? 0,
    rtp.at(-1)?.t ?? 0,
    about.endedT ?? 0,
    grid.t + grid.frames.length * frameMs,
    shortestMs,
  ]
  const fromT = Math.min(0, items[0]?.t ?? 0, levels[0]?.t ?? 0)
  return { fromT, toT: Math.max(...ends) }
}
