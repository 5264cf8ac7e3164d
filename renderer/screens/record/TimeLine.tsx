// The time machine's axis: lanes on a canvas under one cursor. It is a slider to the keyboard and to a screen reader.
import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { laneLabels, lanes } from '../../../common/record/lanes.ts'
import { say } from '../../../common/words/say.ts'
import { drawRecord, laneHeights, toLaneAt, totalHeight } from '../../view/record-drawing.ts'
import { type Paint, toT } from '../../view/record-pencil.ts'
import {
  type Cursor,
  type RecordBoard,
  toMoved,
  toNearest,
  toPanned,
  toSpokenMoment,
  toTime,
  toZoomed,
} from '../../view/record-view.ts'

interface Props {
  board: RecordBoard
  cursor: Cursor
  move(next: Cursor): void
}

/** A pointer means the event beside it, not a place between two. */
const nearPx = 6

export function TimeLine({ board, cursor, move }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const width = useWidth(canvas)
  const paint = usePaint(canvas)
  useLayoutEffect(() => {
    const element = canvas.current
    const ctx = element?.getContext('2d')
    if (!element || !ctx || width === 0 || !paint) return
    const scale = devicePixelRatio || 1
    element.width = Math.round(width * scale)
    element.height = Math.round(totalHeight * scale)
    ctx.scale(scale, scale)
    ctx.font = paint.font
    ctx.textBaseline = 'middle'
    drawRecord(ctx, board, cursor, width, paint)
  }, [board, cursor, width, paint])
  useWheel(canvas, (event, x) => {
    const around = toT(cursor, x, width)
    if (event.ctrlKey || event.metaKey) move(toZoomed(board, cursor, event.deltaY > 0 ? 1.25 : 0.8, around))
    else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      move(toPanned(board, cursor, (event.deltaX / width) * (cursor.view.toT - cursor.view.fromT)))
    } else return false
    return true
  })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey) return
    const next = toMoved(board, cursor, {
      key: event.key,
      shift: event.shiftKey,
      ctrl: event.ctrlKey || event.metaKey,
    })
    if (!next) return
    event.preventDefault()
    event.stopPropagation()
    move(next)
  }
  const point = (event: PointerEvent<HTMLElement>) => {
    if (event.buttons !== 1 || width === 0) return
    const box = event.currentTarget.getBoundingClientRect()
    const t = toT(cursor, event.clientX - box.left, width)
    const lane =
      event.type === 'pointerdown' ? (toLaneAt(event.clientY - box.top) ?? cursor.lane) : cursor.lane
    const near = (nearPx / width) * (cursor.view.toT - cursor.view.fromT)
    const item = event.type === 'pointerdown' ? toNearest(board, lane, t, near) : undefined
    const at = item === undefined ? t : (board.record.items[item]?.t ?? t)
    move(toTime(board, { ...cursor, lane }, at, item))
  }
  const { at, what } = toSpokenMoment(board, cursor)
  const lane = say(laneLabels[cursor.lane])
  return (
    <div className="record-lanes">
      <ul className="record-labels" aria-hidden="true">
        {lanes.map((one) => (
          <li key={one} style={{ height: laneHeights[one] }} data-chosen={one === cursor.lane}>
            {say(laneLabels[one])}
          </li>
        ))}
      </ul>
      <div
        className="record-axis"
        role="slider"
        tabIndex={0}
        aria-label={say('Moment of the call')}
        aria-valuemin={Math.round(board.span.fromT)}
        aria-valuemax={Math.round(board.span.toT)}
        aria-valuenow={Math.round(cursor.t)}
        aria-valuetext={`${at}, ${lane}${what ? `, ${what}` : ''}`}
        aria-keyshortcuts="N P + - 0"
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          point(event)
        }}
        onPointerMove={point}
      >
        <canvas ref={canvas} style={{ height: totalHeight }} />
      </div>
    </div>
  )
}

function useWidth(canvas: React.RefObject<HTMLCanvasElement | null>): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = canvas.current?.parentElement
    if (!element) return
    const measure = () => setWidth(Math.floor(element.clientWidth))
    measure()
    const watch = new ResizeObserver(measure)
    watch.observe(element)
    return () => watch.disconnect()
  }, [canvas])
  return width
}

/** React listens to the wheel passively: it could not keep the page from zooming. */
function useWheel(
  canvas: React.RefObject<HTMLCanvasElement | null>,
  on: (event: WheelEvent, x: number) => boolean,
) {
  const latest = useRef(on)
  latest.current = on
  useEffect(() => {
    const element = canvas.current
    if (!element) return
    const listen = (event: WheelEvent) => {
      if (latest.current(event, event.clientX - element.getBoundingClientRect().left)) event.preventDefault()
    }
    element.addEventListener('wheel', listen, { passive: false })
    return () => element.removeEventListener('wheel', listen)
  }, [canvas])
}

/** The colours of the styles, read again when the theme changes. */
function usePaint(canvas: React.RefObject<HTMLCanvasElement | null>): (Paint & { font: string }) | undefined {
  const [paint, setPaint] = useState<Paint & { font: string }>()
  useLayoutEffect(() => {
    const element = canvas.current
    if (!element) return
    const read = () => {
      const style = getComputedStyle(element)
      const color = (name: string) => style.getPropertyValue(name).trim()
      setPaint({
        accent: color('--record-accent'),
        quiet: color('--record-quiet'),
        text: color('--record-text'),
        edge: color('--record-edge'),
        bad: color('--record-bad'),
        good: color('--record-good'),
        chosen: color('--record-chosen'),
        font: `12px ${style.fontFamily}`,
      })
    }
    read()
    const theme = element.closest('.radix-themes')
    const watch = new MutationObserver(read)
    if (theme) watch.observe(theme, { attributes: true, attributeFilter: ['class'] })
    return () => watch.disconnect()
  }, [canvas])
  return paint
}
