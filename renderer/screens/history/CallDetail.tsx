// History: one call with its facts, its note and its transcript.
import { IconButton, TextArea } from '@radix-ui/themes'
import { Flag, X } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { HistoryCall } from '../../../common/model/history.ts'
import { say, toFormats } from '../../../common/words/say.ts'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { OpenRecord } from '../../components/OpenRecord.tsx'
import { useActions, useUi } from '../../state/companion.tsx'
import { toTook } from '../../view/format.ts'
import { type HistoryUi, toOutcome } from '../../view/history-view.ts'
import { HistoryLines } from './HistoryLines.tsx'
import { TakeAlong } from './TakeAlong.tsx'

export function CallDetail({ set }: { set(patch: Partial<HistoryUi>): void }) {
  const actions = useActions()
  const detail = useUi((one) => one.history.detail)
  const id = detail.status === 'ready' ? detail.call.id : ''
  const ids = useMemo(() => [id], [id])
  const section = useRef<HTMLElement>(null)
  useFocusBack(id)
  // In a narrow window it covers the list, and with it the row that had the keyboard.
  useEffect(() => {
    const list = document.querySelector('.history-side')
    if (list?.contains(document.activeElement) && getComputedStyle(list).visibility === 'hidden')
      section.current?.focus()
  }, [])
  const close = () => void actions.history.read(undefined)
  return (
    <section
      ref={section}
      tabIndex={-1}
      className="history-detail"
      aria-label={say('Call')}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <header>
        <div>{detail.status === 'ready' ? <Head call={detail.call} /> : <h2>{say('Call')}</h2>}</div>
        {detail.status === 'ready' ? <FlagButton call={detail.call} /> : null}
        <IconButton variant="ghost" color="gray" size="2" aria-label={say('Close the call')} onClick={close}>
          <X size={18} />
        </IconButton>
      </header>
      {detail.status === 'failed' ? <ErrorNote error={detail.error} /> : null}
      {detail.status === 'loading' ? <p className="history-empty">{say('Reading …')}</p> : null}
      {detail.status === 'ready' ? (
        <>
          <Note key={id} call={detail.call} />
          <HistoryLines key={`lines-${id}`} {...detail} />
          <footer>
            <TakeAlong ids={ids} set={set} />
            <OpenRecord id={id} />
          </footer>
        </>
      ) : null}
    </section>
  )
}

/** The keyboard goes on where it was: at the call in the list, unless it is elsewhere. */
function useFocusBack(id: string): void {
  const latest = useRef(id)
  if (id !== '') latest.current = id
  useEffect(
    () => () => {
      if (document.activeElement !== document.body) return
      const row = document.getElementById(`history-${latest.current}`)
      ;(row ?? document.querySelector<HTMLElement>('.history-rows'))?.focus()
    },
    [],
  )
}

function Head({ call }: { call: HistoryCall }) {
  const { answeredAt, endedAt } = call
  const facts = [
    new Date(call.startedAt).toLocaleString(toFormats(), { dateStyle: 'medium', timeStyle: 'short' }),
    call.direction === 'incoming' ? say('incoming') : say('outgoing'),
    toOutcome(call),
    answeredAt !== undefined && endedAt !== undefined ? toTook(endedAt - answeredAt) : undefined,
  ]
  return (
    <>
      <h2 dir="auto">
        <bdi>{call.name}</bdi>
      </h2>
      <p className="card-note">
        <bdi>{call.address}</bdi>
      </p>
      <p className="card-note">{facts.filter(Boolean).join(' · ')}</p>
    </>
  )
}

function FlagButton({ call: { id, flagged } }: { call: HistoryCall }) {
  const actions = useActions()
  return (
    <IconButton
      variant={flagged ? 'soft' : 'ghost'}
      color={flagged ? 'amber' : 'gray'}
      size="2"
      aria-label={say('Flag')}
      aria-pressed={flagged}
      onClick={() => void actions.ask('history.mark', { id, flagged: !flagged })}
    >
      <Flag size={16} />
    </IconButton>
  )
}

/** Saved when it is left, also when it goes while it is typed into: with the call, or with the screen. */
function Note({ call: { id, note } }: { call: HistoryCall }) {
  const actions = useActions()
  const [text, setText] = useState(note)
  const asked = useRef(note)
  useEffect(() => {
    asked.current = note
    setText(note)
  }, [note])
  const save = () => {
    if (text === note || text === asked.current) return
    asked.current = text
    void actions.ask('history.mark', { id, note: text })
  }
  const leave = useRef(save)
  leave.current = save
  // A field that goes from the page loses no focus: nobody is told.
  useEffect(() => () => leave.current(), [])
  return (
    <TextArea
      className="history-note"
      size="2"
      rows={text === '' ? 1 : 2}
      aria-label={say('Note')}
      placeholder={say('Add a note')}
      maxLength={5_000}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        event.currentTarget.blur()
      }}
      onBlur={save}
    />
  )
}
