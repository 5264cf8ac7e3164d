// History: the lines of a call that was, from its beginning, only those in sight.
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef } from 'react'
import type { HistoryDetail } from '../../../common/model/history.ts'
import { TranscriptRow } from '../../components/TranscriptList.tsx'
import { guessHeight, toNaming, toRow } from '../../view/transcript-view.ts'

const charsPerLine = 56

export function HistoryLines({ call, entries, spoken }: HistoryDetail) {
  const scroller = useRef<HTMLElement>(null)
  const naming = useMemo(() => toNaming(entries, spoken, call.name, 'en'), [entries, spoken, call.name])
  const list = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => guessHeight(entries[index], charsPerLine),
    getItemKey: (index) => entries[index]?.id ?? index,
    overscan: 6,
    initialRect: { width: 400, height: 600 },
  })
  if (entries.length === 0) return <p className="history-empty">Nothing was written down.</p>
  return (
    <section
      className="history-lines"
      ref={scroller}
      aria-label="Transcript"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable with the keyboard
      tabIndex={0}
    >
      <div className="history-space" style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map((item) => (
          <div
            className="history-slot transcript-slot"
            key={item.key}
            ref={list.measureElement}
            data-index={item.index}
            style={{ transform: `translateY(${item.start}px)` }}
          >
            <TranscriptRow {...toRow(entries, item.index, naming)} />
          </div>
        ))}
      </div>
    </section>
  )
}
