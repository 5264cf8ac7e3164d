// Pinned and flagged moments beside the lines: what stands at which line, and the list of them.

import { type Moment, type MomentKind, momentOfLine, momentOfTime } from '../../common/model/moment.ts'
import type { TranscriptEntry, TranscriptLine } from '../../common/model/transcript.ts'
import { say } from '../../common/words/say.ts'
import { toClock } from './format.ts'

export interface LineMarks {
  /** Of the line itself: `pin`, `flag`, `pin flag`. */
  own: string
  /** Times that fell between this line and the next, with their clocks. */
  after: readonly { kind: MomentKind; clock: string }[]
}

export interface MomentRow {
  id: string
  kind: MomentKind
  clock: string
  /** The words of the line; nothing where a time alone was meant. */
  text: string | undefined
  /** Where a jump leads. */
  lineId: string | undefined
}

export interface MomentsView {
  rows: MomentRow[]
  /** Only of lines that have some. */
  marks: ReadonlyMap<string, LineMarks>
}

const none: MomentsView = { rows: [], marks: new Map() }

/** When a line came, by this machine's clock; what was fetched later came when it was written. */
const cameAt = (line: TranscriptLine) => (line.source === 'rest' ? line.createdAt : line.arrivedAt)

/** One walk through the lines, and none where nothing is marked. */
export function toMoments(
  entries: readonly TranscriptEntry[],
  moments: readonly Moment[],
  answeredAt: number | undefined,
): MomentsView {
  if (moments.length === 0) return none
  const lines = new Map<string, TranscriptLine>()
  const wanted = new Set(moments.map(({ lineId }) => lineId))
  const times = moments.filter(({ lineId }) => lineId === undefined)
  const before = new Map<string, TranscriptLine>()
  let first: TranscriptLine | undefined
  for (const entry of entries) {
    if (entry.kind === 'gap') continue
    first ??= entry
    if (wanted.has(entry.id)) lines.set(entry.id, entry)
    for (const { id, at } of times) if (cameAt(entry) <= at) before.set(id, entry)
  }
  const began = answeredAt ?? (first ? cameAt(first) : undefined)
  const rows = moments.map((moment): MomentRow => {
    const line = lines.get(moment.lineId ?? '')
    return {
      id: moment.id,
      kind: moment.kind,
      clock: toClock(line?.offsetMs ?? moment.at - (began ?? moment.at)),
      text: line?.text,
      lineId: line?.id ?? before.get(moment.id)?.id ?? first?.id,
    }
  })
  return { rows, marks: toMarks(rows) }
}

function toMarks(rows: readonly MomentRow[]): Map<string, LineMarks> {
  const marks = new Map<string, LineMarks>()
  for (const { lineId, text, kind, clock } of rows) {
    if (lineId === undefined) continue
    const { own, after } = marks.get(lineId) ?? { own: '', after: [] }
    if (text === undefined) marks.set(lineId, { own, after: [...after, { kind, clock }] })
    else marks.set(lineId, { own: own === '' ? kind : say('pin flag'), after })
  }
  return marks
}

/** What a press of pin or flag does: on a line it goes on and off, without one it notes the time of now. */
export function toPress(
  kind: MomentKind,
  moments: readonly Moment[],
  line: TranscriptLine | undefined,
  now: number,
): { add: Moment } | { remove: string } {
  // Interim text has no id that lasts.
  if (line?.status !== 'final') return { add: momentOfTime(kind, now) }
  const moment = momentOfLine(kind, line)
  return moments.some(({ id }) => id === moment.id) ? { remove: moment.id } : { add: moment }
}
