// The transcript: two voices, only the rows in sight are in the page, and it follows the newest line until told otherwise.
import { Button } from '@radix-ui/themes'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, Ear, Keyboard, Mic, Unplug } from 'lucide-react'
import { memo, useCallback, useEffect, useRef, useState } from 'react'
import type { TranscriptEntry } from '../../common/model/transcript.ts'
import { guessHeight, type Naming, type RowView, toRow } from '../view/transcript-view.ts'
import { SpokenLog } from './SpokenLog.tsx'

interface Props {
  entries: readonly TranscriptEntry[]
  naming: Naming
  empty: string
}

/** Closer than this to the end counts as following. */
const followPx = 48
const charsPerLine = 64

export function TranscriptList({ entries, naming, empty }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const [following, setFollowing] = useState(true)
  const now = useRef(entries)
  now.current = entries
  // The same functions at each render: new ones would make the list measure all its rows again.
  const estimateSize = useCallback((index: number) => guessHeight(now.current[index], charsPerLine), [])
  const getItemKey = useCallback((index: number) => now.current[index]?.id ?? index, [])
  const list = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize,
    getItemKey,
    overscan: 8,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: followPx,
    paddingStart: 12,
    paddingEnd: 16,
  })
  const toEnd = () => {
    if (entries.length > 0) list.scrollToEnd()
    setFollowing(true)
  }
  // A new list (another call) begins at its newest line.
  const first = entries[0]?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each list, not for each line
  useEffect(toEnd, [first])
  const onScroll = () => {
    const at = scroller.current
    if (at) setFollowing(at.scrollHeight - at.scrollTop - at.clientHeight < followPx)
  }
  if (entries.length === 0) return <p className="transcript-empty">{empty}</p>
  return (
    <div className="transcript">
      <section
        className="transcript-scroll"
        ref={scroller}
        onScroll={onScroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable with the keyboard
        tabIndex={0}
        aria-label="Transcript"
      >
        <div className="transcript-space" style={{ height: list.getTotalSize() }}>
          {list.getVirtualItems().map((item) => (
            <div
              className="transcript-slot"
              key={item.key}
              data-index={item.index}
              ref={list.measureElement}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <TranscriptRow {...toRow(entries, item.index, naming)} />
            </div>
          ))}
        </div>
      </section>
      {following ? null : (
        <Button className="jump" size="2" radius="full" onClick={toEnd}>
          <ArrowDown size={16} aria-hidden="true" /> Jump to live
        </Button>
      )}
      <SpokenLog entries={entries} naming={naming} />
    </div>
  )
}

const icons = { you: Mic, typed: Keyboard, them: Ear }

const TranscriptRow = memo(function TranscriptRow(row: RowView) {
  if (row.kind === 'gap') {
    return (
      <p className="gap" data-open={row.open}>
        <Unplug size={14} aria-hidden="true" /> {row.text}
      </p>
    )
  }
  const Icon = icons[row.voice]
  return (
    <div className="line" data-voice={row.voice} data-first={row.first} data-interim={row.interim}>
      {row.first ? (
        <p className="line-head">
          <Icon size={14} aria-hidden="true" />
          <span className="line-name">{row.name}</span>
          <span className="line-clock">{row.clock}</span>
        </p>
      ) : null}
      <p className="line-text">
        {row.text}
        {row.interim ? <span className="line-more" role="img" aria-label="still speaking" /> : null}
        {row.backfilled ? <span className="line-tag">fetched later</span> : null}
      </p>
    </div>
  )
})
