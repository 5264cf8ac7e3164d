// Call: who, how long, levels and keys on one side, the transcript and the speak panel on the other.
import { Button } from '@radix-ui/themes'
import { Phone, PhoneCall, PhoneIncoming, PhoneOff } from 'lucide-react'
import { memo } from 'react'
import { Age, Elapsed } from '../components/Age.tsx'
import { ErrorNote } from '../components/ErrorNote.tsx'
import { SpeakPanel } from '../components/SpeakPanel.tsx'
import { TranscriptList } from '../components/TranscriptList.tsx'
import { useActions, useAppPart, useCopy, usePhone } from '../state/companion.tsx'
import { useNaming } from '../state/naming.ts'
import { type CallView, toCall } from '../view/call-view.ts'
import { toClock } from '../view/format.ts'
import { toSpeak } from '../view/speak-view.ts'
import { RunningCall } from './call/RunningCall.tsx'

type Idle = Extract<CallView, { phase: 'idle' }>
type Ringing = Extract<CallView, { phase: 'ringing' }>

export function Call() {
  const view = toCall(useAppPart('account', 'extension', 'links'), usePhone(), useActions())
  if (view.phase === 'ringing') return <RingingCall view={view} />
  const callId = view.callId
  const showTalk = view.phase === 'inCall' || callId !== undefined
  return (
    <div className="screen call" data-phase={view.phase} data-talk={showTalk}>
      {view.phase === 'idle' ? <IdleCall view={view} /> : <RunningCall view={view} />}
      {showTalk ? <Talk callId={callId} them={view.name} live={view.phase === 'inCall'} /> : null}
    </div>
  )
}

function IdleCall({ view }: { view: Idle }) {
  return (
    <section className="card call-card idle" aria-label="Phone">
      <span className="call-face">
        <Phone size={28} aria-hidden="true" />
      </span>
      <h1>{view.title}</h1>
      <p className="call-sub">{view.text}</p>
      <Button size="3" disabled={!view.place} onClick={view.place}>
        <PhoneCall size={18} aria-hidden="true" /> Place a test call
      </Button>
      {view.prepare ? (
        <Button variant="soft" onClick={view.prepare}>
          Open the Quickstart
        </Button>
      ) : null}
      <p className="call-sub small">
        {view.reason ?? 'The platform calls this phone, greets you and writes down what it hears.'}
      </p>
      {view.error ? <ErrorNote error={view.error} compact /> : null}
      {view.last ? (
        <div className="call-last">
          <h2>Last call</h2>
          <p>
            <strong>{view.last.name}</strong> · {view.last.text}
            {view.last.lengthMs === undefined ? null : ` · ${toClock(view.last.lengthMs)}`}
            {view.last.endedAt === undefined ? null : (
              <>
                {' '}
                · <Age at={view.last.endedAt} />
              </>
            )}
          </p>
          {view.last.error ? <ErrorNote error={view.last.error} compact /> : null}
        </div>
      ) : null}
    </section>
  )
}

function RingingCall({ view }: { view: Ringing }) {
  return (
    <div className="screen call" data-phase="ringing">
      <section
        className="card call-card ringing"
        role="alertdialog"
        aria-label={`Incoming call: ${view.name}`}
      >
        <span className="call-face pulse">
          <PhoneIncoming size={32} aria-hidden="true" />
        </span>
        <h1>{view.name}</h1>
        <p className="call-sub mono">{view.address}</p>
        <p className="call-sub">
          Ringing for <Elapsed at={view.since} />
        </p>
        <div className="call-answer">
          <Button size="4" color="red" variant="soft" disabled={!view.decline} onClick={view.decline}>
            <PhoneOff size={20} aria-hidden="true" /> Decline
          </Button>
          <Button size="4" className="accept" disabled={!view.answer} onClick={view.answer} autoFocus>
            <Phone size={20} aria-hidden="true" /> Answer
          </Button>
        </div>
      </section>
    </div>
  )
}

const none: never[] = []

interface TalkProps {
  callId: string | undefined
  them: string
  live: boolean
}

const Talk = memo(function Talk({ callId, them, live }: TalkProps) {
  const entries = useCopy((copy) => (callId === undefined ? undefined : copy.transcripts[callId]))
  const naming = useNaming(callId, them)
  return (
    <section className="card talk" aria-label="Conversation">
      <header className="card-head">
        <h2>Transcript</h2>
        <span className="card-note">{live ? 'live' : 'last call'}</span>
      </header>
      <TranscriptList
        entries={entries ?? none}
        naming={naming}
        empty={live ? 'Words appear here as they are spoken.' : 'No words were transcribed in this call.'}
      />
      {live ? <Speak /> : null}
    </section>
  )
})

/** On its own: a spoken line changes the transcript, not the panel. */
function Speak() {
  const app = useAppPart('account', 'links', 'speakings')
  return <SpeakPanel view={toSpeak(app, usePhone(), useActions())} />
}
