// Trace: every API request, event and SIP message in one list, secrets removed before they got here.
import { Button, IconButton, TextField, VisuallyHidden } from '@radix-ui/themes'
import { Search, Trash2, X } from 'lucide-react'
import { useDeferredValue, useMemo } from 'react'
import type { TraceRow, TraceSource } from '../../common/model/trace.ts'
import { say } from '../../common/words/say.ts'
import { CopyButton } from '../components/CopyButton.tsx'
import { TraceList } from '../components/TraceList.tsx'
import { useActions, useCompanion, useCopy, useUi } from '../state/companion.tsx'
import { toTime, toTook } from '../view/format.ts'
import { filterTrace, sourceLabels, sources, toClipboard, toReadable } from '../view/trace-view.ts'

const none: never[] = []

export function Trace() {
  const { ui } = useCompanion()
  const known = useCopy((copy) => copy.trace)
  const rows = known ?? none
  const chosenSources = useUi((one) => one.traceSources)
  const text = useUi((one) => one.traceText)
  const rowId = useUi((one) => one.traceRow)
  const words = useDeferredValue(text)
  const shown = useMemo(() => filterTrace(rows, chosenSources, words), [rows, chosenSources, words])
  const row = useMemo(() => rows.find((one) => one.id === rowId), [rows, rowId])
  const choose = (traceRow: number | undefined) => ui.setState({ traceRow })
  return (
    <div className="screen trace" data-detail={row !== undefined}>
      <VisuallyHidden asChild>
        <h1>{say('Trace')}</h1>
      </VisuallyHidden>
      <Filter count={shown.length} total={rows.length} />
      <div className="trace-body card">
        {shown.length > 0 ? (
          <TraceList key={`${chosenSources.join()} ${words}`} rows={shown} chosen={row?.id} choose={choose} />
        ) : (
          <p className="trace-empty">
            {known === undefined
              ? ''
              : rows.length === 0
                ? say('Nothing has crossed the wire yet. Run the quickstart and watch.')
                : say('No row matches.')}
          </p>
        )}
        {row ? <Detail row={row} close={() => choose(undefined)} /> : null}
      </div>
    </div>
  )
}

function Filter({ count, total }: { count: number; total: number }) {
  const { ui } = useCompanion()
  const actions = useActions()
  const chosen = useUi((one) => one.traceSources)
  const text = useUi((one) => one.traceText)
  const toggle = (source: TraceSource) =>
    ui.setState({
      traceSources: chosen.includes(source) ? chosen.filter((one) => one !== source) : [...chosen, source],
    })
  return (
    <div className="trace-filter">
      <TextField.Root
        size="2"
        type="search"
        placeholder={say('Search title, result and body')}
        aria-label={say('Search the trace')}
        value={text}
        onChange={(event) => ui.setState({ traceText: event.target.value })}
      >
        <TextField.Slot>
          <Search size={16} aria-hidden="true" />
        </TextField.Slot>
      </TextField.Root>
      <fieldset className="chips" aria-label={say('Sources')}>
        {sources.map(({ value, label }) => (
          <button
            key={value}
            type="button"
            className="chip"
            aria-pressed={chosen.includes(value)}
            onClick={() => toggle(value)}
          >
            {say(label)}
          </button>
        ))}
      </fieldset>
      <span className="trace-count" role="status">
        {count === total
          ? say('{total, plural, one {# row} other {# rows}}', { total })
          : say('{count, number} of {total, plural, one {# row} other {# rows}}', { count, total })}
      </span>
      <Button
        variant="soft"
        color="gray"
        disabled={total === 0}
        onClick={() => void actions.ask('trace.clear', {})}
      >
        <Trash2 size={16} aria-hidden="true" /> {say('Clear')}
      </Button>
    </div>
  )
}

function Detail({ row, close }: { row: TraceRow; close: () => void }) {
  const facts = [
    toTime(row.at),
    say(sourceLabels[row.source]),
    row.direction === 'none' ? undefined : row.direction === 'in' ? say('incoming') : say('outgoing'),
    row.result,
    row.ms === undefined ? undefined : toTook(row.ms),
    row.callId && say('call {callId}', { callId: row.callId }),
  ].filter(Boolean)
  return (
    <section className="trace-detail" aria-label={say('Detail')}>
      <header>
        <div>
          <h2>{row.title}</h2>
          <p className="card-note">{facts.join(' · ')}</p>
        </div>
        <CopyButton text={() => toClipboard(row)} />
        <IconButton
          variant="ghost"
          color="gray"
          size="2"
          aria-label={say('Close the detail')}
          onClick={close}
        >
          <X size={18} />
        </IconButton>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable with the keyboard */}
      <pre tabIndex={0}>{row.body ? toReadable(row.body) : say('This row has no body.')}</pre>
    </section>
  )
}
