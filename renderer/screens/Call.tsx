// Call: who, how long, levels and keys on one side, the transcript and the speak panel on the other.
import { Button, IconButton, Tooltip } from '@radix-ui/themes'
import { Ear, Grid3x3, Mic, MicOff, Phone, PhoneCall, PhoneIncoming, PhoneOff } from 'lucide-react'
import { useState } from 'react'
import type { SessionMedia } from '../../common/model/phone.ts'
import { Age, Elapsed } from '../components/Age.tsx'
import { ErrorNote } from '../components/ErrorNote.tsx'
import { Keypad } from '../components/Keypad.tsx'
import { LevelMeter } from '../components/LevelMeter.tsx'
import { SpeakPanel } from '../components/SpeakPanel.tsx'
import { ToneIcon } from '../components/ToneIcon.tsx'
import { TranscriptList } from '../components/TranscriptList.tsx'
import { useActions, useApp, useCompanion, useCopy, usePhone, useUi } from '../state/companion.tsx'
import { useNaming } from '../state/naming.ts'
import { type CallView, toCall, toLinkText, type WaitingCall } from '../view/call-view.ts'
import { toClock } from '../view/format.ts'
import { toSpeak } from '../view/speak-view.ts'

type Idle = Extract<CallView, { phase: 'idle' }>
type Ringing = Extract<CallView, { phase: 'ringing' }>
type InCall = Extract<CallView, { phase: 'inCall' }>

export function Call() {
  const view = toCall(useApp(), usePhone(), useActions())
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

function RunningCall({ view }: { view: InCall }) {
  const { ui, phone } = useCompanion()
  const keypad = useUi((one) => one.keypad)
  const link = toLinkText(view.link)
  return (
    <section className="card call-card running" aria-label="Call">
      {view.waiting.map((call) => (
        <Waiting key={call.sessionId} call={call} />
      ))}
      <div className="call-who">
        <h1>{view.name}</h1>
        <p className="call-sub mono">{view.address}</p>
      </div>
      <p className="call-timer">{view.since === undefined ? 'Connecting' : <Elapsed at={view.since} />}</p>
      <div className="call-meters">
        <LevelMeter label="You hear" icon={<Ear size={16} />} read={() => phone.levels(view.sessionId).ear} />
        <LevelMeter
          label={view.muted ? 'Muted' : 'You say'}
          icon={view.muted ? <MicOff size={16} /> : <Mic size={16} />}
          read={() => (view.muted ? 0 : phone.levels(view.sessionId).microphone)}
        />
      </div>
      {view.warning ? (
        <p className="call-warning" role="alert">
          <ToneIcon tone="warn" /> {view.warning}
        </p>
      ) : null}
      <div className="call-keys">
        <Tooltip content={view.muted ? 'Unmute (Ctrl+Shift+M)' : 'Mute (Ctrl+Shift+M)'}>
          <IconButton
            size="4"
            radius="full"
            variant={view.muted ? 'solid' : 'soft'}
            color={view.muted ? 'amber' : 'gray'}
            aria-label="Mute"
            aria-pressed={view.muted}
            disabled={!view.mute}
            onClick={view.mute}
          >
            {view.muted ? <MicOff size={20} /> : <Mic size={20} />}
          </IconButton>
        </Tooltip>
        <Tooltip content="Keypad">
          <IconButton
            size="4"
            radius="full"
            variant="soft"
            color="gray"
            aria-label="Keypad"
            aria-expanded={keypad === 'open'}
            disabled={!view.dtmf}
            onClick={() => ui.setState({ keypad: keypad === 'open' ? 'closed' : 'open' })}
          >
            <Grid3x3 size={20} />
          </IconButton>
        </Tooltip>
        <Tooltip content="Hang up (Ctrl+Shift+H)">
          <IconButton size="4" radius="full" color="red" aria-label="Hang up" onClick={view.hangUp}>
            <PhoneOff size={20} />
          </IconButton>
        </Tooltip>
      </div>
      {keypad === 'open' ? <Keypad press={view.dtmf} /> : null}
      <p className="call-link" data-tone={link.tone}>
        <ToneIcon tone={link.tone} /> {link.text}
      </p>
      {view.media ? <Media media={view.media} /> : null}
    </section>
  )
}

/** Figures for those who ask; open at once where there is room. */
function Media({ media }: { media: SessionMedia }) {
  const [roomy] = useState(() => matchMedia('(min-width: 1000px)').matches)
  const facts = [
    ['Packets in', media.packetsReceived.toLocaleString('en-GB')],
    ['Packets out', media.packetsSent.toLocaleString('en-GB')],
    ['Lost', media.packetsLost.toLocaleString('en-GB')],
    ['Codec', media.codec ?? 'unknown'],
    ['Path', media.ice],
  ] as const
  return (
    <details className="call-media" open={roomy}>
      <summary>Sound in figures</summary>
      <dl className="facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

function Waiting({ call }: { call: WaitingCall }) {
  return (
    <div className="call-waiting" role="alert">
      <p>
        <PhoneIncoming size={16} aria-hidden="true" /> <strong>{call.name}</strong> is calling
      </p>
      <div>
        <Button size="2" variant="soft" color="red" onClick={call.decline}>
          Decline
        </Button>
        <Button size="2" className="accept" disabled={!call.answer} onClick={call.answer}>
          Answer
        </Button>
      </div>
    </div>
  )
}

function Talk({ callId, them, live }: { callId: string | undefined; them: string; live: boolean }) {
  const app = useApp()
  const phone = usePhone()
  const actions = useActions()
  const entries = useCopy((copy) => (callId === undefined ? undefined : copy.transcripts[callId]))
  const naming = useNaming(callId, them)
  return (
    <section className="card talk" aria-label="Conversation">
      <header className="card-head">
        <h2>Transcript</h2>
        <span className="card-note">{live ? 'live' : 'last call'}</span>
      </header>
      <TranscriptList
        entries={entries ?? []}
        naming={naming}
        empty={live ? 'Words appear here as they are spoken.' : 'No words were transcribed in this call.'}
      />
      {live ? <SpeakPanel view={toSpeak(app, phone, actions)} /> : null}
    </section>
  )
}
