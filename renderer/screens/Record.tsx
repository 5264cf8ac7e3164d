// The time machine: one call or one run of the quickstart after it happened, on one axis; opened from where it ended,
// from the history, or out of a file that somebody sent.
import { Button, IconButton } from '@radix-ui/themes'
import { ArrowLeft, Download } from 'lucide-react'
import { useState } from 'react'
import { say, toFormats } from '../../common/words/say.ts'
import { ErrorNote } from '../components/ErrorNote.tsx'
import { useActions, useUi } from '../state/companion.tsx'
import { toTook } from '../view/format.ts'
import { type Cursor, type RecordUi, toStart } from '../view/record-view.ts'
import { FigureList } from './record/FigureList.tsx'
import { ItemDetail } from './record/ItemDetail.tsx'
import { KnownThen } from './record/KnownThen.tsx'
import { OpenFile } from './record/OpenFile.tsx'
import { SpokenWords } from './record/SpokenWords.tsx'
import { TimeLine } from './record/TimeLine.tsx'
import { ZoomKeys } from './record/ZoomKeys.tsx'

type Ready = Extract<RecordUi, { status: 'ready' }>

export function Record() {
  const record = useUi((ui) => ui.record)
  if (record.status === 'ready') return <Opened key={record.board.record.about.id} ready={record} />
  return (
    <div className="screen record">
      <Head title={say('Flight record')} />
      <section className="card record-none">
        {record.status === 'loading' ? <p role="status">{say('Reading …')}</p> : null}
        {record.status === 'failed' ? <ErrorNote error={record.error} /> : null}
        {record.status === 'closed' ? (
          <p>{say('Open the record of a call from the history, or a file that somebody sent.')}</p>
        ) : null}
        {record.status === 'loading' ? null : <OpenFile />}
      </section>
    </div>
  )
}

function Head({ title, facts, children }: { title: string; facts?: string; children?: React.ReactNode }) {
  const actions = useActions()
  return (
    <header className="record-head">
      <IconButton
        variant="ghost"
        color="gray"
        size="2"
        aria-label={say('Back')}
        onClick={() => actions.record.close()}
      >
        <ArrowLeft size={18} className="directed" />
      </IconButton>
      <div>
        <h1 dir="auto">{title}</h1>
        {facts ? <p className="card-note">{facts}</p> : null}
      </div>
      {children}
    </header>
  )
}

function Opened({ ready }: { ready: Ready }) {
  const { board, figures, imported, told } = ready
  const actions = useActions()
  const [cursor, move] = useState<Cursor>(() => toStart(board))
  const { about } = board.record
  return (
    <div className="screen record">
      <Head title={about.title} facts={toFacts(ready)}>
        {imported ? null : (
          <Button variant="soft" onClick={() => void actions.record.save()}>
            <Download size={16} aria-hidden="true" /> {say('Export')}
          </Button>
        )}
        <OpenFile />
      </Head>
      {told ? (
        <p className="record-told" role="status">
          {told}
        </p>
      ) : null}
      {about.why ? (
        <p className="record-why" role="status">
          {about.why}
        </p>
      ) : null}
      <section className="card record-time" aria-label={say('Time')}>
        <TimeLine board={board} cursor={cursor} move={move} />
        <ZoomKeys board={board} cursor={cursor} move={move} />
      </section>
      <div className="record-parts">
        <div>
          <KnownThen board={board} t={cursor.t} />
          <ItemDetail board={board} cursor={cursor} imported={imported} />
        </div>
        <div>
          <FigureList figures={figures} />
          <SpokenWords figures={figures} />
        </div>
      </div>
    </div>
  )
}

function toFacts({ board, imported }: Ready): string {
  const { about, items, left } = board.record
  const { fromT, toT } = board.span
  const facts = [
    new Date(about.startedAt).toLocaleString(toFormats(), { dateStyle: 'medium', timeStyle: 'medium' }),
    about.address,
    toTook(toT - fromT),
    say('{n, plural, one {# event} other {# events}}', { n: items.length }),
    imported ? say('from a file') : '',
    left.items > 0 ? say('the record was full') : '',
  ]
  return facts.filter(Boolean).join(' · ')
}
