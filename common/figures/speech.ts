// Where there was sound, out of the edges that the meters reported: the same ones that the call itself goes by.
import type { RecordItem } from '../model/record.ts'

export interface Stretch {
  from: number
  /** Of its last loud frame; missing while it lasts. */
  to?: number | undefined
}

export type Where = 'ear' | 'microphone'

/** In the order of time. A start within a stretch says nothing new: its end was lost. */
export function toStretches(items: readonly RecordItem[], where: Where): Stretch[] {
  const stretches: Stretch[] = []
  const edges = items.filter((item) => item.kind === 'sound' && item.where === where)
  for (const edge of edges) {
    if (edge.kind !== 'sound') continue
    const last = stretches.at(-1)
    const isOpen = last !== undefined && last.to === undefined
    if (edge.edge === 'start' && !isOpen) stretches.push({ from: edge.t })
    if (edge.edge === 'end' && last && isOpen) last.to = edge.t
  }
  return stretches
}

export const soundMs = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { from, to }) => sum + Math.max(0, (to ?? from) - from), 0)
