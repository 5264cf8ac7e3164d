// What all drawings of a record share: its scale, and marks and labels on a canvas.
import type { RecordItem } from '../../common/model/record.ts'
import type { Lane } from '../../common/record/lanes.ts'
import type { Cursor, RecordBoard } from './record-view.ts'

export interface Paint {
  accent: string
  quiet: string
  text: string
  edge: string
  bad: string
  good: string
  chosen: string
}

export type Context = Pick<
  CanvasRenderingContext2D,
  'fillRect' | 'clearRect' | 'fillText' | 'measureText'
> & {
  fillStyle: unknown
}

export const toX = ({ view }: Pick<Cursor, 'view'>, t: number, width: number): number =>
  ((t - view.fromT) / (view.toT - view.fromT)) * width
export const toT = ({ view }: Pick<Cursor, 'view'>, x: number, width: number): number =>
  view.fromT + (x / width) * (view.toT - view.fromT)

export interface Place {
  top: number
  height: number
  width: number
}

export const fill = (ctx: Context, style: string, x: number, y: number, width: number, height: number) => {
  ctx.fillStyle = style
  ctx.fillRect(x, y, width, height)
}

export const inSight = ({ view }: Cursor, { t }: RecordItem) => t >= view.fromT && t <= view.toT

/** Nothing where less than a word fits. Returns the room that it took. */
export function drawLabel(
  ctx: Context,
  text: string,
  x: number,
  y: number,
  room: number,
  style: string,
): number {
  if (room < 36) return 0
  const width = ctx.measureText(text).width
  const shown = width <= room ? text : `${text.slice(0, Math.floor((text.length * room) / width) - 1)}…`
  ctx.fillStyle = style
  ctx.fillText(shown, x, y)
  return Math.min(room, width) + 6
}

/** Marks that touch each other say only that there are many: each is faint, and where they crowd it is not. */
export const isCrowded = (board: RecordBoard, lane: Lane, { view }: Cursor, width: number) => {
  const share = (view.toT - view.fromT) / (board.span.toT - board.span.fromT)
  return board.byLane[lane].length * share > width / 6
}
