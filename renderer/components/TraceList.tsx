// The rows of the trace: one line each, only those in sight, followed until a person looks at one. Arrow keys move.

import { Button } from '@radix-ui/themes'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowDownLeft, ArrowUpRight, Dot } from 'lucide-react'
import { type KeyboardEvent, memo, useEffect, useRef, useState } from 'react'
import type { TraceRow } from '../../common/model/trace.ts'
import { say } from '../../common/words/say.ts'
import { useLanguage } from '../state/language.ts'
import { toTime, toTook } from '../view/format.ts'
import { sourceLabels } from '../view/trace-view.ts'

interface Props {
  rows: readonly TraceRow[]
  chosen: number | undefined
  choose: (id: number | undefined) => void
}

const rowPx = 32

export function TraceList({ rows, chosen, choose }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const [following, setFollowing] = useState(true)
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
    anchorTo: 'end',
    followOnAppend: chosen === undefined,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the screen opens
  useEffect(() => {
    if (rows.length > 0) list.scrollToEnd()
  }, [])
  const onScroll = () => {
    const at = scroller.current
    if (at) setFollowing(at.scrollHeight - at.scrollTop - at.clientHeight < rowPx)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const index = rows.findIndex((row) => row.id === chosen)
    const next = toIndex(event.key, index, rows.length)
    if (next === undefined) return
    event.preventDefault()
    choose(rows[next]?.id)
    list.scrollToIndex(next, { align: 'auto' })
  }
  return (
    <div className="trace-list">
      <div
        className="trace-rows"
        ref={scroller}
        role="listbox"
        aria-label={say('Trace')}
        aria-activedescendant={chosen === undefined ? undefined : `trace-${chosen}`}
        tabIndex={0}
        onMouseDown={(event) => {
          // The keys are the list's: the focus stays with it, not with the row under the pointer.
          event.preventDefault()
          scroller.current?.focus({ preventScroll: true })
        }}
        onKeyDown={onKeyDown}
        onScroll={onScroll}
      >
        <div className="trace-space" style={{ height: list.getTotalSize() }}>
          {list.getVirtualItems().map((item) => {
            const row = rows[item.index]
            return row ? (
              <div className="trace-slot" key={item.key} style={{ transform: `translateY(${item.start}px)` }}>
                <Row row={row} chosen={row.id === chosen} choose={choose} />
              </div>
            ) : null
          })}
        </div>
      </div>
      {following ? null : (
        <Button
          className="jump"
          size="2"
          radius="full"
          onClick={() => {
            choose(undefined)
            list.scrollToEnd()
          }}
        >
          <ArrowDown size={16} aria-hidden="true" /> {say('Follow')}
        </Button>
      )}
    </div>
  )
}

function toIndex(key: string, index: number, count: number): number | undefined {
  if (count === 0) return undefined
  if (key === 'ArrowDown') return Math.min(count - 1, index + 1)
  if (key === 'ArrowUp') return index < 0 ? count - 1 : Math.max(0, index - 1)
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  return undefined
}

const arrows = { in: ArrowDownLeft, out: ArrowUpRight, none: Dot }

interface RowProps {
  row: TraceRow
  chosen: boolean
  choose: (id: number | undefined) => void
}

const Row = memo(function Row({ row, chosen, choose }: RowProps) {
  useLanguage()
  const Arrow = arrows[row.direction]
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys
    <div
      className="trace-row"
      id={`trace-${row.id}`}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      data-tone={row.tone}
      onClick={() => choose(chosen ? undefined : row.id)}
    >
      <span className="trace-at">{toTime(row.at)}</span>
      <span className="trace-source">{say(sourceLabels[row.source])}</span>
      <Arrow
        size={14}
        aria-label={
          row.direction === 'in' ? say('incoming') : row.direction === 'out' ? say('outgoing') : undefined
        }
        className="trace-arrow"
      />
      <span className="trace-title">{row.title}</span>
      <span className="trace-result">{row.result}</span>
      <span className="trace-ms">{row.ms === undefined ? '' : toTook(row.ms)}</span>
    </div>
  )
})
