// The transcript: two voices, only the rows in sight are in the page, and it follows the newest line until told otherwise.
import { Button } from '@radix-ui/themes'
import { ArrowDown, Ear, Keyboard, Mic, Unplug } from 'lucide-react'
import { memo, useLayoutEffect } from 'react'
import type { TranscriptEntry } from '../../common/model/transcript.ts'
import { guessHeight, type Naming, type RowView, toRow } from '../view/transcript-view.ts'
import { useLiveList } from './live-list.ts'
import { SpokenLog } from './SpokenLog.tsx'

interface Props {
  entries: readonly TranscriptEntry[]
  naming: Naming
  empty: string
}

const charsPerLine = 64
const guess = (entry: TranscriptEntry | undefined) => guessHeight(entry, charsPerLine)

export function TranscriptList({ entries, naming, empty }: Props) {
  const list = useLiveList(entries, guess)
  // A new list (another call) begins at its newest line.
  const first = entries[0]?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each list, not for each line
  useLayoutEffect(list.toEnd, [first])
  if (entries.length === 0) return <p className="transcript-empty">{empty}</p>
  const { from, to, above, below } = list
  return (
    <div className="transcript">
      <section
        className="transcript-scroll"
        ref={list.scroller}
        onScroll={list.onScroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable with the keyboard
        tabIndex={0}
        aria-label="Transcript"
      >
        <div className="transcript-space" ref={list.rows} style={{ paddingTop: above, paddingBottom: below }}>
          {entries.slice(from, to).map((entry, i) => (
            <div className="transcript-slot" key={entry.id}>
              <TranscriptRow {...toRow(entries, from + i, naming)} />
            </div>
          ))}
        </div>
      </section>
      {list.following ? null : (
        <Button className="jump" size="2" radius="full" onClick={list.toEnd}>
          <ArrowDown size={16} aria-hidden="true" /> Jump to live
        </Button>
      )}
      <SpokenLog entries={entries} naming={naming} />
    </div>
  )
}

const icons = { you: Mic, typed: Keyboard, them: Ear }

export const TranscriptRow = memo(function TranscriptRow(row: RowView) {
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
