// The scrolling of a list that grows at its end: hangs on the end until a person scrolls up, then holds fast what is read.
import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { type RowWindow, type Sight, toWindow } from '../view/transcript-window.ts'

export interface LiveList extends RowWindow {
  /** Runs from its end (`flex-direction: column-reverse`): a new line then needs no scroll and no second render. */
  scroller: RefObject<HTMLElement | null>
  /** Holds the rows, one child each. */
  rows: RefObject<HTMLDivElement | null>
  following: boolean
  onScroll(): void
  toEnd(): void
  /** Scrolls so that this row stands in the middle. */
  show(row: object): void
  /** Rows that came at the end since a person scrolled away from it. */
  fresh: number
}

/** Closer than this to the end counts as following. */
const followPx = 48
/** A person who scrolls is followed in steps of this. */
const stepPx = 200

/** What was seen when the person scrolled last. */
type Seen = Sight & { count: number /** How many rows there were when they left the end. */; left: number }
/** The row that must not move while others come and go. */
type Held<Row> = { row: Row; top: number }

const atEnd: Seen = { fromEnd: 0, height: 800, count: 0, left: 0 }

export function useLiveList<Row extends object>(
  entries: readonly Row[],
  guess: (row: Row | undefined) => number,
  /** Another one forgets what was measured: rows are set in another size now. */
  look = '',
): LiveList {
  const scroller = useRef<HTMLElement>(null)
  const rows = useRef<HTMLDivElement>(null)
  const held = useRef<Held<Row>>(undefined)
  const [seen, setSeen] = useState(atEnd)
  const wanted = useRef<object>(undefined)
  /** Where we scrolled to ourselves. */
  const placed = useRef<number>(undefined)
  const [measured, setMeasured] = useState(() => ({ look, heights: new WeakMap<Row, number>() }))
  if (measured.look !== look) setMeasured({ look, heights: new WeakMap() })
  const { heights } = measured
  const following = seen.fromEnd === 0
  const heightOf = (index: number) => {
    const row = entries[index]
    return (row && heights.get(row)) ?? guess(row)
  }
  let { fromEnd } = seen
  // What came since is below what is read.
  if (!following) for (let i = seen.count; i < entries.length; i++) fromEnd += heightOf(i)
  const window = toWindow(entries.length, heightOf, { fromEnd, height: seen.height })
  const inPage = entries.slice(window.from, window.to)

  const hold = () => {
    held.current = following ? undefined : toHeld(scroller.current, rows.current, inPage)
  }
  useLayoutEffect(() => {
    const box = scroller.current
    const slots = rows.current?.children ?? []
    const goal = wanted.current && slots[inPage.indexOf(wanted.current as Row)]
    if (box && goal) {
      toMiddle(box, goal)
      placed.current = box.scrollTop
      wanted.current = undefined
      hold()
    }
    if (following || !box) return
    inPage.forEach((row, i) => void heights.set(row, slots[i]?.clientHeight ?? guess(row)))
    const slot = held.current && slots[inPage.indexOf(held.current.row)]
    if (slot && held.current) {
      box.scrollTop += slot.getBoundingClientRect().top - held.current.top
      placed.current = box.scrollTop
    }
    hold()
  })
  return {
    ...window,
    scroller,
    rows,
    following,
    fresh: following ? 0 : Math.max(0, entries.length - seen.left),
    show(row) {
      const box = scroller.current
      const index = entries.indexOf(row as Row)
      if (!box || index < 0) return
      let below = 0
      for (let i = index + 1; i < entries.length; i++) below += heightOf(i)
      // Scrolled when it is in the page: the room that is there now may be too little.
      wanted.current = row
      const distance = Math.max(0, below - box.clientHeight / 2)
      setSeen((before) => ({ ...toSeen(box, distance, entries.length, before) }))
    },
    onScroll() {
      const box = scroller.current
      if (!box) return
      // The echo of our own scrolling, told after somebody has asked for the next row: that one is on its way.
      if (wanted.current && Math.abs(box.scrollTop - (placed.current ?? Number.NaN)) < 2) return
      wanted.current = undefined
      setSeen((before) => toSeen(box, Math.max(0, -box.scrollTop), entries.length, before))
      hold()
    },
    toEnd() {
      if (scroller.current) scroller.current.scrollTop = 0
      setSeen(atEnd)
    },
  }
}

function toMiddle(box: HTMLElement, slot: Element): void {
  const [view, place] = [box.getBoundingClientRect(), slot.getBoundingClientRect()]
  box.scrollTop += place.top + place.height / 2 - (view.top + view.height / 2)
}

/** The same object as before when nothing would be drawn differently. */
function toSeen(box: HTMLElement, distance: number, count: number, before: Seen): Seen {
  const fromEnd = distance < followPx ? 0 : Math.max(1, Math.floor(distance / stepPx) * stepPx)
  const height = box.clientHeight
  const left = before.fromEnd === 0 ? count : before.left
  const same = before.fromEnd === fromEnd && before.height === height
  return same && (fromEnd === 0 || before.count === count) ? before : { fromEnd, height, count, left }
}

/** The first row of which something is in sight. */
function toHeld<Row>(
  box: HTMLElement | null,
  rows: HTMLElement | null,
  inPage: readonly Row[],
): Held<Row> | undefined {
  if (!box || !rows) return undefined
  const edge = box.getBoundingClientRect().top
  for (let i = 0; i < rows.children.length; i++) {
    const place = rows.children[i]?.getBoundingClientRect()
    const row = inPage[i]
    if (row && place && place.bottom > edge) return { row, top: place.top }
  }
  return undefined
}
