// History: the calls that were found, only those in sight. Arrow keys move, Space selects, Escape closes what is open.

import { useVirtualizer } from '@tanstack/react-virtual'
import { Check, Flag, PhoneIncoming, PhoneMissed, PhoneOutgoing } from 'lucide-react'
import { type KeyboardEvent, type MouseEvent, memo, useCallback, useRef } from 'react'
import type { HistoryCall } from '../../../common/model/history.ts'
import { phrase, say } from '../../../common/words/say.ts'
import { useActions, useCompanion, useMinute, useUi } from '../../state/companion.tsx'
import { useLanguage } from '../../state/language.ts'
import { type HistoryUi, toHistoryRow } from '../../view/history-view.ts'

interface Props {
  calls: readonly HistoryCall[]
  words: string
  set(patch: Partial<HistoryUi>): void
}

const rowPx = 60

export function CallList({ calls, words, set }: Props) {
  const actions = useActions()
  const { ui } = useCompanion()
  const { open, selected } = useUi((one) => one.history)
  const scroller = useRef<HTMLDivElement>(null)
  const list = useVirtualizer({
    count: calls.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    getItemKey: (index) => calls[index]?.id ?? index,
    overscan: 8,
    initialRect: { width: 400, height: 600 },
  })
  const toggle = useCallback(
    (id: string) => {
      const { selected: now } = ui.getState().history
      set({ selected: now.includes(id) ? now.filter((one) => one !== id) : [...now, id] })
    },
    [ui, set],
  )
  const onKeyDown = (event: KeyboardEvent) => {
    const at = open ?? toFocused(event.target)
    const index = calls.findIndex(({ id }) => id === at)
    const next = toIndex(event.key, index, calls.length)
    if (event.key === ' ' && at !== undefined) toggle(at)
    else if (event.key === 'Escape') void actions.history.read(undefined)
    else if (next !== undefined) {
      // A row may leave the page; the list stays.
      scroller.current?.focus()
      void actions.history.read(calls[next]?.id)
      list.scrollToIndex(next, { align: 'auto' })
    } else return
    event.preventDefault()
  }
  const choose = useCallback(
    (id: string, event: MouseEvent) => {
      if (
        event.ctrlKey ||
        event.metaKey ||
        (event.target instanceof Element && event.target.closest('.history-way'))
      )
        toggle(id)
      else void actions.history.read(id)
    },
    [actions, toggle],
  )
  return (
    <div
      className="history-rows"
      ref={scroller}
      role="listbox"
      aria-label={say('Calls')}
      aria-multiselectable="true"
      aria-activedescendant={open === undefined ? undefined : `history-${open}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div className="history-space" style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map((item) => {
          const call = calls[item.index]
          return call ? (
            <div className="history-slot" key={item.key} style={{ transform: `translateY(${item.start}px)` }}>
              <Row
                call={call}
                place={item.index + 1}
                count={calls.length}
                words={words}
                open={call.id === open}
                selected={selected.includes(call.id)}
                choose={choose}
              />
            </div>
          ) : null
        })}
      </div>
    </div>
  )
}

/** After a call was closed its row has the focus. */
const toFocused = (target: EventTarget): string | undefined =>
  target instanceof Element && target.id.startsWith('history-')
    ? target.id.slice('history-'.length)
    : undefined

function toIndex(key: string, index: number, count: number): number | undefined {
  if (count === 0) return undefined
  if (key === 'ArrowDown') return Math.min(count - 1, index + 1)
  if (key === 'ArrowUp') return Math.max(0, index - 1)
  if (key === 'PageDown') return Math.min(count - 1, index + 10)
  if (key === 'PageUp') return Math.max(0, index - 10)
  if (key === 'Home' || (key === 'Enter' && index < 0)) return 0
  if (key === 'End') return count - 1
  return undefined
}

const icons = { incoming: PhoneIncoming, outgoing: PhoneOutgoing, missed: PhoneMissed }
const ways = { incoming: phrase('Incoming'), outgoing: phrase('Outgoing'), missed: phrase('Missed') }

interface RowProps {
  call: HistoryCall
  place: number
  count: number
  words: string
  open: boolean
  selected: boolean
  choose(id: string, event: MouseEvent): void
}

const Row = memo(function Row({ call, place, count, words, open, selected, choose }: RowProps) {
  useLanguage()
  const row = toHistoryRow(call, words, useMinute())
  const Icon = selected ? Check : icons[row.way]
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys
    <div
      className="history-row"
      id={`history-${row.id}`}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      aria-posinset={place}
      aria-setsize={count}
      data-open={open}
      data-way={row.way}
      onClick={(event) => choose(row.id, event)}
    >
      <span className="history-way" title={selected ? say('Selected') : say('Select')}>
        <Icon size={16} aria-label={selected ? say('Selected') : say(ways[row.way])} />
      </span>
      <span className="history-name">
        <span dir="auto" translate="no">
          {row.name}
        </span>
        {row.flagged ? <Flag size={13} aria-label={say('Flagged')} /> : null}
      </span>
      <span className="history-when">{row.when}</span>
      <span className="history-text" dir="auto">
        {row.text.map((piece, index) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text have no other name
          piece.found ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>,
        )}
      </span>
      <span className="history-outcome">{row.length ?? row.outcome}</span>
    </div>
  )
})
