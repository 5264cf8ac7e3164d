// The transcript: two voices, only the rows in sight are in the page, and it follows the newest line until told otherwise.
import { Button } from '@radix-ui/themes'
import { ArrowDown } from 'lucide-react'
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react'
import type { TranscriptEntry, TranscriptLine } from '../../common/model/transcript.ts'
import { say } from '../../common/words/say.ts'
import { useLanguage } from '../state/language.ts'
import { toAriaKeys, toTip } from '../view/keys.ts'
import type { LineMarks } from '../view/moments-view.ts'
import type { Place } from '../view/reading-view.ts'
import type { Hit } from '../view/search-view.ts'
import { type CaptionLook, guessHeight, type Naming, toRow } from '../view/transcript-view.ts'
import { toCaptionStyle, useCaptionLook } from './caption-look.ts'
import { useHighlights } from './highlights.ts'
import { type LiveList, useLiveList } from './live-list.ts'
import { useShownLines } from './shown-lines.ts'
import { TranscriptRow } from './TranscriptRow.tsx'

interface Props {
  entries: readonly TranscriptEntry[]
  naming: Naming
  empty: string
  /** What the Call screen adds; elsewhere the list only follows. */
  reading?: ReadingProps
  children?: ReactNode
}

export interface ReadingProps {
  marks: ReadonlyMap<string, LineMarks>
  selected: string | undefined
  select(id: string | undefined): void
  hits: readonly Hit[]
  /** The one that is looked at. */
  hit: Hit | undefined
  place: Place | undefined
  /** These lines are on the screen. */
  shown(lines: TranscriptLine[]): void
}

const charsPerLine = 64
const noHits: readonly Hit[] = []

export function TranscriptList({ entries, naming, empty, reading, children }: Props) {
  const look = useCaptionLook()
  const language = useLanguage()
  const list = useLiveList(entries, toGuess(look), `${look.size} ${look.wide}`)
  // A new list (another call) begins at its newest line.
  const first = entries[0]?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each list, not for each line
  useLayoutEffect(list.toEnd, [first])
  usePlace(list, entries, reading?.place)
  useShownLines(entries, list.following ? reading?.shown : undefined)
  useHighlights(list.rows, reading?.hits ?? noHits, reading?.hit)
  const { from, to, above, below } = list
  return (
    <div className="transcript" data-wide={look.wide} style={toCaptionStyle(look)}>
      {entries.length === 0 ? <p className="transcript-empty">{empty}</p> : null}
      <section
        className="transcript-scroll"
        hidden={entries.length === 0}
        ref={list.scroller}
        onScroll={list.onScroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable with the keyboard
        tabIndex={0}
        aria-label={say('Transcript')}
        {...(reading ? toChoosing(reading, entries) : {})}
      >
        <div className="transcript-space" ref={list.rows} style={{ paddingTop: above, paddingBottom: below }}>
          {entries.slice(from, to).map((entry, i) => (
            <div className="transcript-slot" key={toKey(entry)}>
              <TranscriptRow
                {...toRow(entries, from + i, naming)}
                marks={reading?.marks.get(entry.id)}
                selected={reading?.selected === entry.id}
                language={language}
              />
            </div>
          ))}
        </div>
      </section>
      {list.following ? null : <Jump list={list} />}
      {children}
    </div>
  )
}

/** Interim text and the final that settles it are one row. */
const toKey = (entry: TranscriptEntry) => (entry.kind === 'line' ? (entry.slot ?? entry.id) : entry.id)

const guesses = new Map<string, (entry: TranscriptEntry | undefined) => number>()
function toGuess(look: CaptionLook) {
  const name = `${look.size} ${look.wide}`
  const known = guesses.get(name) ?? ((entry) => guessHeight(entry, charsPerLine, look))
  guesses.set(name, known)
  return known
}

/** Goes where somebody asked to go, once for each wish. */
function usePlace(list: LiveList, entries: readonly TranscriptEntry[], place: Place | undefined): void {
  const done = useRef(place)
  useEffect(() => {
    if (!place || done.current === place) return
    done.current = place
    if (place.to === 'live') return list.toEnd()
    const entry = entries.find(({ id }) => id === place.id)
    if (entry) list.show(entry)
  })
}

function Jump({ list }: { list: LiveList }) {
  const { fresh } = list
  return (
    <Button
      className="jump"
      size="2"
      radius="full"
      onClick={list.toEnd}
      title={toTip(say('Follow the newest line again'), 'reading.live')}
      aria-keyshortcuts={toAriaKeys('reading.live')}
    >
      <ArrowDown size={16} aria-hidden="true" /> {say('Jump to live')}
      {fresh > 0 ? (
        <span className="jump-fresh">{say('{n, plural, one {# new} other {# new}}', { n: fresh })}</span>
      ) : null}
    </Button>
  )
}

/** A line is chosen with a click, or with the arrow keys while Alt is down; Escape lets it go. */
function toChoosing({ selected, select }: ReadingProps, entries: readonly TranscriptEntry[]) {
  return {
    onClick(event: MouseEvent) {
      // Somebody who marks words with the mouse chooses no line.
      if (!getSelection()?.isCollapsed) return
      const line = event.target instanceof Element ? event.target.closest<HTMLElement>('.line') : null
      select(line && line.dataset.id !== selected ? line.dataset.id : undefined)
    },
    onKeyDown(event: KeyboardEvent) {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
      if (event.key === 'Escape' && selected !== undefined) select(undefined)
      else if (step && event.altKey) select(toNeighbour(entries, selected, step))
      else return
      event.preventDefault()
    },
  }
}

function toNeighbour(entries: readonly TranscriptEntry[], selected: string | undefined, step: number) {
  const lines = entries.filter(({ kind }) => kind === 'line')
  const at = lines.findIndex(({ id }) => id === selected)
  const next = at < 0 ? lines.length - 1 : Math.min(lines.length - 1, Math.max(0, at + step))
  return lines[next]?.id
}
