// A moment of a call that a person wants to find again: a line of the transcript, or just a time.
import { z } from 'zod'

/** `pin`: to come back to; `flag`: somebody must look at this. */
export const momentKinds = ['pin', 'flag'] as const
export type MomentKind = (typeof momentKinds)[number]

export const Moment = z.object({
  /** Of a call: the same line is pinned once. */
  id: z.string().min(1).max(200),
  kind: z.enum(momentKinds),
  /** Epoch ms of this machine: when the line came, or the time that was meant. */
  at: z.number(),
  /** The line; without it the time alone is meant. */
  lineId: z.string().optional(),
})
export type Moment = z.infer<typeof Moment>

export const momentOfLine = (kind: MomentKind, line: { id: string; arrivedAt: number }): Moment => ({
  id: `${kind}-${line.id}`,
  kind,
  at: line.arrivedAt,
  lineId: line.id,
})

export const momentOfTime = (kind: MomentKind, at: number): Moment => ({ id: `${kind}-${at}`, kind, at })

/** In the order of time, the same one once. */
export const withMoment = (moments: readonly Moment[], added: Moment): Moment[] =>
  [...moments.filter(({ id }) => id !== added.id), added].sort((a, b) => a.at - b.at)
