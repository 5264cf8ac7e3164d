// Looking for words in the call: the field, how many places there are, and the ways from one to the next.
import { IconButton, TextField } from '@radix-ui/themes'
import { ChevronDown, ChevronUp, Search, X } from 'lucide-react'
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef } from 'react'
import type { TranscriptEntry } from '../../../../common/model/transcript.ts'
import { say } from '../../../../common/words/say.ts'
import { useCompanion, useUi } from '../../../state/companion.tsx'
import { toReadingRuns, toStep } from '../../../state/reading-runs.ts'
import { toAriaKeys } from '../../../view/keys.ts'
import { createFinder, type Hit, toCountText } from '../../../view/search-view.ts'

const nowhere: readonly Hit[] = []

/** What the search has found, and which place is looked at. A line that comes is drawn first and searched after. */
export function useHits(entries: readonly TranscriptEntry[]): { hits: readonly Hit[]; hit: Hit | undefined } {
  const { open, text, at } = useUi(({ reading }) => reading.search)
  const finder = useMemo(() => createFinder(text), [text])
  const later = useDeferredValue(entries)
  const hits = useMemo(() => (open ? finder.find(later) : nowhere), [open, finder, later])
  return { hits, hit: hits[Math.min(at, hits.length - 1)] }
}

export function SearchBar({ entries, count }: { entries: readonly TranscriptEntry[]; count: number }) {
  const companion = useCompanion()
  const { ui } = companion
  const { open, text, at } = useUi(({ reading }) => reading.search)
  const field = useRef<HTMLInputElement>(null)
  const focus = useUi((one) => one.focus)
  useEffect(() => {
    if (focus !== 'transcript' || !open) return
    field.current?.focus()
    field.current?.select()
    ui.setState({ focus: undefined })
  }, [focus, open, ui])
  if (!open) return null
  const go = (id: 'reading.next' | 'reading.before') => toReadingRuns(companion)[id]?.()
  const type = (typed: string) =>
    ui.setState(({ reading }) => {
      const next = { ...reading, search: { ...reading.search, text: typed } }
      return { reading: { ...next, ...toStep(entries, next, 'first') } }
    })
  const close = () => {
    ui.setState(({ reading }) => ({ reading: { ...reading, search: { open: false, text: '', at: 0 } } }))
    document.querySelector<HTMLElement>('.transcript-scroll')?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') close()
    // Outside of a field the table of actions hears F3.
    else if (event.key === 'Enter' || event.key === 'F3')
      go(event.shiftKey ? 'reading.before' : 'reading.next')
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: the element is too young for the browsers that run here
    <div className="reading-search" role="search" onKeyDown={onKeyDown}>
      <TextField.Root
        ref={field}
        size="2"
        type="search"
        dir="auto"
        placeholder={say('Search in the call')}
        aria-label={say('Search in the call')}
        aria-keyshortcuts={toAriaKeys('reading.search')}
        value={text}
        onChange={(event) => type(event.target.value)}
      >
        <TextField.Slot>
          <Search size={16} aria-hidden="true" />
        </TextField.Slot>
        <TextField.Slot>
          <span className="card-note" role="status">
            {toCountText(text, at, count)}
          </span>
        </TextField.Slot>
      </TextField.Root>
      <IconButton
        size="1"
        variant="ghost"
        color="gray"
        aria-label={say('Place before')}
        disabled={count === 0}
        onClick={() => go('reading.before')}
      >
        <ChevronUp size={16} />
      </IconButton>
      <IconButton
        size="1"
        variant="ghost"
        color="gray"
        aria-label={say('Next place')}
        disabled={count === 0}
        onClick={() => go('reading.next')}
      >
        <ChevronDown size={16} />
      </IconButton>
      <IconButton size="1" variant="ghost" color="gray" aria-label={say('Close the search')} onClick={close}>
        <X size={16} />
      </IconButton>
    </div>
  )
}
