// The time machine as pure functions: what a record shows at a moment, where the next event is, what a key does.

import type { Figures } from '../../common/figures/figures.ts'
import { type QualityPoint, toQualityPoints } from '../../common/figures/quality.ts'
import type { ErrorData } from '../../common/kit/errors.ts'
import type { FlightRecord, RecordItem, ShownRecord } from '../../common/model/record.ts'
import { type Lane, lanes, toLane, toStamp, toTitle, toTone } from '../../common/record/lanes.ts'
import { type LevelGrid, toGrid } from '../../common/record/levels.ts'
import { type Span, toSpan } from '../../common/record/span.ts'

/** Everything that is computed once, when a record is opened. */
export interface RecordBoard {
  record: FlightRecord
  span: Span
  ear: LevelGrid
  microphone: LevelGrid
  points: QualityPoint[]
  /** Of each lane: places in `record.items`, in the order of time. */
  byLane: Record<Lane, number[]>
  withBody: ReadonlySet<number>
}

export type RecordUi =
  | { status: 'closed' }
  | { status: 'loading' }
  | { status: 'failed'; error: ErrorData }
  | {
      status: 'ready'
      board: RecordBoard
      figures: Figures
      /** It came out of a file: nothing of it is kept here. */
      imported: boolean
      told: string | undefined
    }

export function toBoard({ record, withBody }: ShownRecord): RecordBoard {
  const byLane = Object.fromEntries(lanes.map((lane) => [lane, [] as number[]])) as Record<Lane, number[]>
  record.items.forEach((item, index) => {
    // That a line was painted is for the figures; beside the line itself it would be seen twice.
    if (item.kind !== 'shown') byLane[toLane(item)].push(index)
  })
  return {
    record,
    span: toSpan(record),
    ear: toGrid(record.levels.filter(({ where }) => where === 'ear')),
    microphone: toGrid(record.levels.filter(({ where }) => where === 'microphone')),
    points: toQualityPoints(record.rtp, record.items),
    byLane,
    withBody: new Set(withBody),
  }
}

/** Where a person is: the moment, the lane, and the part of the record that is in sight. */
export interface Cursor {
  t: number
  lane: Lane
  view: Span
  /** The item that was gone to; a moment between items has none. */
  item: number | undefined
}

/** What went wrong last, where the call did not end well; else its beginning. */
export function toStart(board: RecordBoard): Cursor {
  const { items, about } = board.record
  const start: Cursor = { t: 0, lane: 'text', view: board.span, item: undefined }
  if (about.why === undefined && about.outcome !== 'failed') return start
  const bad = items.findLastIndex((item) => toTone(item) === 'bad')
  const item = items[bad]
  return item ? { ...start, t: item.t, lane: toLane(item), item: bad } : start
}

export interface Press {
  key: string
  shift: boolean
  ctrl: boolean
}

const stepMs = 1_000
const fineMs = 20
const pageMs = 10_000
const narrowestMs = 200

/** Nothing for a key that means nothing here. */
export function toMoved(board: RecordBoard, cursor: Cursor, { key, shift, ctrl }: Press): Cursor | undefined {
  const by = (ms: number) => toTime(board, cursor, cursor.t + ms)
  const page = Math.min(pageMs, (cursor.view.toT - cursor.view.fromT) / 4)
  switch (key) {
    case 'ArrowLeft':
      return ctrl ? toNeighbour(board, cursor, -1) : by(shift ? -fineMs : -stepMs)
    case 'ArrowRight':
      return ctrl ? toNeighbour(board, cursor, 1) : by(shift ? fineMs : stepMs)
    case 'PageUp':
      return by(-page)
    case 'PageDown':
      return by(page)
    case 'Home':
      return toTime(board, cursor, board.span.fromT)
    case 'End':
      return toTime(board, cursor, board.span.toT)
    case 'ArrowUp':
      return toLaneBeside(cursor, -1)
    case 'ArrowDown':
      return toLaneBeside(cursor, 1)
    case 'n':
    case '.':
      return toNeighbour(board, cursor, 1)
    case 'p':
    case ',':
      return toNeighbour(board, cursor, -1)
    case '+':
    case '=':
      return toZoomed(board, cursor, 0.5)
    case '-':
      return toZoomed(board, cursor, 2)
    case '0':
      return { ...cursor, view: board.span }
    default:
      return undefined
  }
}

function toLaneBeside(cursor: Cursor, by: number): Cursor {
  const next = lanes[lanes.indexOf(cursor.lane) + by]
  return next ? { ...cursor, lane: next, item: undefined } : cursor
}

/** That moment, within the record and in sight. */
export function toTime(board: RecordBoard, cursor: Cursor, t: number, item?: number): Cursor {
  const { fromT, toT } = board.span
  const at = Math.min(toT, Math.max(fromT, t))
  return { ...cursor, t: at, item, view: toSight(board.span, cursor.view, at) }
}

/** Moves the view as little as brings the moment into it. */
function toSight(span: Span, view: Span, t: number): Span {
  if (t >= view.fromT && t <= view.toT) return view
  return toFitting(span, t - (view.toT - view.fromT) / 2, view.toT - view.fromT)
}

function toFitting(span: Span, fromT: number, width: number): Span {
  const wide = Math.min(width, span.toT - span.fromT)
  const from = Math.min(span.toT - wide, Math.max(span.fromT, fromT))
  return { fromT: from, toT: from + wide }
}

/** `share` of what is in sight; the moment stays where it is on the screen. */
export function toZoomed(board: RecordBoard, cursor: Cursor, share: number, around = cursor.t): Cursor {
  const { fromT, toT } = cursor.view
  const width = Math.max(narrowestMs, (toT - fromT) * share)
  const place = (around - fromT) / (toT - fromT)
  return { ...cursor, view: toFitting(board.span, around - place * width, width) }
}

export function toPanned(board: RecordBoard, cursor: Cursor, ms: number): Cursor {
  const { fromT, toT } = cursor.view
  return { ...cursor, view: toFitting(board.span, fromT + ms, toT - fromT) }
}

/** The next or the last event of the lane; the lane of quality has seconds instead. */
function toNeighbour(board: RecordBoard, cursor: Cursor, by: 1 | -1): Cursor {
  if (cursor.lane === 'quality') {
    const times = board.points.map(({ t }) => t)
    const next = by > 0 ? times.find((t) => t > cursor.t) : times.findLast((t) => t < cursor.t)
    return next === undefined ? cursor : toTime(board, cursor, next)
  }
  const places = board.byLane[cursor.lane]
  const at = cursor.item === undefined ? -1 : places.indexOf(cursor.item)
  const beside = at >= 0 ? places[at + by] : findBeside(board, places, cursor.t, by)
  const item = beside === undefined ? undefined : board.record.items[beside]
  return item && beside !== undefined ? toTime(board, cursor, item.t, beside) : cursor
}

function findBeside({ record }: RecordBoard, places: readonly number[], t: number, by: 1 | -1) {
  const time = (place: number) => record.items[place]?.t ?? 0
  return by > 0 ? places.find((place) => time(place) > t) : places.findLast((place) => time(place) < t)
}

/** The item of a lane nearest to a moment, within that many ms. */
export function toNearest(board: RecordBoard, lane: Lane, t: number, within: number): number | undefined {
  let best: { place: number; off: number } | undefined
  for (const place of board.byLane[lane]) {
    const off = Math.abs((board.record.items[place]?.t ?? 0) - t)
    if (off <= within && off < (best?.off ?? Number.POSITIVE_INFINITY)) best = { place, off }
  }
  return best?.place
}

/** What a screen reader says of the moment: where, and what is there or was last. */
export function toSpokenMoment(board: RecordBoard, { t, lane, item }: Cursor): { at: string; what: string } {
  const last = item ?? board.byLane[lane].findLast((place) => (board.record.items[place]?.t ?? 0) <= t)
  const found: RecordItem | undefined = last === undefined ? undefined : board.record.items[last]
  return { at: toStamp(t), what: found ? toTitle(found) : '' }
}
