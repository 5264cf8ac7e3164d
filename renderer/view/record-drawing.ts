// The lanes of a record on a canvas: only what is in sight, one stroke a column, however long the call was.
import type { RecordItem } from '../../common/model/record.ts'
import { type Lane, lanes, toTone } from '../../common/record/lanes.ts'
import { type LevelGrid, toHeights } from '../../common/record/levels.ts'
import {
  type Context,
  drawLabel,
  fill,
  inSight,
  isCrowded,
  type Paint,
  type Place,
  toX,
} from './record-pencil.ts'
import type { Cursor, RecordBoard } from './record-view.ts'

export const laneHeights: Record<Lane, number> = {
  sound: 88,
  text: 48,
  signalling: 36,
  api: 36,
  quality: 44,
  done: 36,
}
export const rulerHeight = 24
export const totalHeight = lanes.reduce((sum, lane) => sum + laneHeights[lane], rulerHeight)

/** The lane at a height, and where each begins. */
export function toLaneAt(y: number): Lane | undefined {
  let top = 0
  for (const lane of lanes) {
    top += laneHeights[lane]
    if (y < top) return lane
  }
  return undefined
}

export function drawRecord(
  ctx: Context,
  board: RecordBoard,
  cursor: Cursor,
  width: number,
  paint: Paint,
): void {
  ctx.clearRect(0, 0, width, totalHeight)
  let top = 0
  for (const lane of lanes) {
    const height = laneHeights[lane]
    if (lane === cursor.lane) fill(ctx, paint.chosen, 0, top, width, height)
    fill(ctx, paint.edge, 0, top + height - 1, width, 1)
    const place: Place = { top, height, width }
    if (lane === 'sound') drawSound(ctx, board, cursor, place, paint)
    else if (lane === 'quality') drawQuality(ctx, board, cursor, place, paint)
    else if (lane === 'text') drawTexts(ctx, board, cursor, place, paint)
    else drawMarks(ctx, board, lane, cursor, place, paint)
    top += height
  }
  drawRuler(ctx, board, cursor, { top, height: rulerHeight, width }, paint)
  const x = Math.round(toX(cursor, cursor.t, width))
  fill(ctx, paint.accent, x, 0, 1, top + 6)
}

/** Above what was heard, below what was said. */
function drawSound(
  ctx: Context,
  board: RecordBoard,
  cursor: Cursor,
  { top, height, width }: Place,
  paint: Paint,
) {
  const half = (height - 9) / 2
  const wave = (grid: LevelGrid, middle: number, style: string) => {
    fill(ctx, paint.edge, 0, Math.round(middle), width, 1)
    const columns = Math.max(1, Math.floor(width))
    const heights = toHeights(grid, cursor.view.fromT, cursor.view.toT, columns)
    ctx.fillStyle = style
    for (let column = 0; column < columns; column++) {
      const size = Math.round((heights[column] ?? 0) * half)
      if (size > 0) ctx.fillRect(column, Math.round(middle - size / 2), 1, size)
    }
  }
  wave(board.ear, top + 4 + half / 2, paint.accent)
  wave(board.microphone, top + 5 + half * 1.5, paint.quiet)
}

/** 1 at the bottom, 4.5 at the top; under 3.6 it is drawn as bad. */
function drawQuality(
  ctx: Context,
  board: RecordBoard,
  cursor: Cursor,
  { top, height, width }: Place,
  paint: Paint,
) {
  const perSecond = Math.max(1, toX(cursor, cursor.view.fromT + 1_000, width))
  for (const { t, mos } of board.points) {
    const x = toX(cursor, t - 1_000, width)
    if (x > width || x + perSecond < 0) continue
    const size = ((mos - 1) / 3.5) * (height - 8)
    fill(ctx, mos < 3.6 ? paint.bad : paint.good, x, top + height - 4 - size, perSecond, size)
  }
}

function drawMarks(ctx: Context, board: RecordBoard, lane: Lane, cursor: Cursor, place: Place, paint: Paint) {
  const { top, height, width } = place
  let freeFrom = 0
  const crowded = isCrowded(board, lane, cursor, width)
  for (const [at, index] of board.byLane[lane].entries()) {
    const item = board.record.items[index]
    if (!item || !inSight(cursor, item)) continue
    const x = Math.round(toX(cursor, item.t, width))
    const isChosen = index === cursor.item
    const tone = toTone(item)
    const usual = crowded ? paint.edge : paint.quiet
    const style = isChosen ? paint.accent : tone === 'bad' ? paint.bad : usual
    fill(ctx, style, x, top + 6, isChosen || tone === 'bad' ? 3 : crowded ? 1 : 2, height - 12)
    const label = toLabel(item)
    if (x < freeFrom) continue
    const next = nextX(board, lane, at, cursor, width)
    freeFrom = x + drawLabel(ctx, label, x + 6, top + height / 2, next - x - 10, paint.text)
  }
}

/** Where the mark after this one stands. */
function nextX(board: RecordBoard, lane: Lane, from: number, cursor: Cursor, width: number): number {
  const places = board.byLane[lane]
  const t = board.record.items[places[from] ?? -1]?.t ?? 0
  for (let at = from + 1; at < places.length; at++) {
    const item = board.record.items[places[at] ?? -1]
    // Marks on one spot share its room.
    if (item && toX(cursor, item.t, width) - toX(cursor, t, width) > 4) return toX(cursor, item.t, width)
  }
  return width
}

const toLabel = (item: RecordItem): string =>
  item.kind === 'state' ? `${item.what}: ${item.to}` : 'title' in item ? item.title : ''

/** Lines above, typed text below; interim text only as a dot. */
function drawTexts(ctx: Context, board: RecordBoard, cursor: Cursor, place: Place, paint: Paint) {
  const crowded = isCrowded(board, 'text', cursor, place.width)
  const seen = board.byLane.text.filter((index) => {
    const item = board.record.items[index]
    return item !== undefined && inSight(cursor, item)
  })
  for (const index of seen) drawSmall(ctx, board, index, cursor, place, paint, crowded)
  for (const direction of ['out', 'in'] as const)
    drawVoice(ctx, board, seen, direction, { cursor, place, paint, crowded })
}

interface TextLook {
  cursor: Cursor
  place: Place
  paint: Paint
  crowded: boolean
}

/** The finals of one voice, each with as much of its text as fits before the next. */
function drawVoice(
  ctx: Context,
  board: RecordBoard,
  seen: number[],
  direction: 'in' | 'out',
  look: TextLook,
) {
  const { cursor, place, paint, crowded } = look
  const y = place.top + (direction === 'out' ? 12 : 30)
  const voice = direction === 'out' ? paint.accent : paint.quiet
  let freeFrom = 0
  for (const index of seen) {
    const item = board.record.items[index]
    if (item?.kind !== 'line' || item.status !== 'final' || item.direction !== direction) continue
    const x = Math.round(toX(cursor, item.t, place.width))
    const tone = crowded ? paint.edge : voice
    fill(ctx, index === cursor.item ? paint.accent : tone, x, y - 8, crowded ? 1 : 2, 16)
    if (x < freeFrom) continue
    const room = nextLineX(board, index, cursor, place.width) - x - 8
    freeFrom = x + drawLabel(ctx, item.text, x + 6, y, room, paint.text)
  }
}

function drawSmall(
  ctx: Context,
  board: RecordBoard,
  index: number,
  cursor: Cursor,
  { top, height, width }: Place,
  paint: Paint,
  crowded: boolean,
) {
  const item = board.record.items[index]
  if (!item) return
  const x = Math.round(toX(cursor, item.t, width))
  const chosen = index === cursor.item ? paint.accent : undefined
  if (item.kind === 'say') fill(ctx, chosen ?? paint.quiet, x, top + height - 8, 3, 3)
  if (item.kind !== 'line' || item.status !== 'interim' || (crowded && !chosen)) return
  fill(ctx, chosen ?? paint.edge, x, top + (item.direction === 'out' ? 10 : 28), 2, 4)
}

function nextLineX(board: RecordBoard, index: number, cursor: Cursor, width: number): number {
  const own = board.record.items[index]
  const { items } = board.record
  for (let at = index + 1; at < items.length; at++) {
    const item = items[at]
    if (item?.kind !== 'line' || item.status !== 'final' || own?.kind !== 'line') continue
    if (item.direction === own.direction) return toX(cursor, item.t, width)
  }
  return width
}

const ticks = [
  100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 300_000, 600_000, 1_800_000, 3_600_000,
]

function drawRuler(ctx: Context, _board: RecordBoard, cursor: Cursor, { top, width }: Place, paint: Paint) {
  const { fromT, toT: until } = cursor.view
  const most = Math.max(2, width / 90)
  const step = ticks.find((one) => (until - fromT) / one <= most) ?? 3_600_000
  ctx.fillStyle = paint.quiet
  for (let t = Math.ceil(fromT / step) * step; t <= until; t += step) {
    const x = Math.round(toX(cursor, t, width))
    ctx.fillRect(x, top, 1, 5)
    ctx.fillText(toTick(t, step), x + 4, top + 13)
  }
}

function toTick(t: number, step: number): string {
  const s = Math.abs(t) / 1_000
  const minutes = Math.floor(s / 60)
  const rest =
    step < 1_000 ? (s % 60).toFixed(1).padStart(4, '0') : String(Math.floor(s % 60)).padStart(2, '0')
  return `${t < 0 ? '−' : ''}${minutes}:${rest}`
}
