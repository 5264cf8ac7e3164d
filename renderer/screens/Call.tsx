// Call: who, how long, levels and keys on one side, the transcript and the speak panel on the other.
import { memo } from 'react'
import { SpeakPanel } from '../components/SpeakPanel.tsx'
import { TranscriptList } from '../components/TranscriptList.tsx'
import { useActions, useAppPart, useCopy, usePhone } from '../state/companion.tsx'
import { useNaming } from '../state/naming.ts'
import { toCall } from '../view/call-view.ts'
import { toSpeak } from '../view/speak-view.ts'
import { IdleCall } from './call/IdleCall.tsx'
import { OutgoingCall } from './call/OutgoingCall.tsx'
import { RingingCall } from './call/RingingCall.tsx'
import { RunningCall } from './call/RunningCall.tsx'

export function Call() {
  const view = toCall(useAppPart('account', 'extension', 'links', 'people'), usePhone(), useActions())
  if (view.phase === 'ringing') return <RingingCall view={view} />
  if (view.phase === 'calling') return <OutgoingCall view={view} />
  const callId = view.callId
  const showTalk = view.phase === 'inCall' || callId !== undefined
  return (
    <div className="screen call" data-phase={view.phase} data-talk={showTalk}>
      {view.phase === 'idle' ? <IdleCall view={view} /> : <RunningCall view={view} />}
      {showTalk ? <Talk callId={callId} them={view.name} live={view.phase === 'inCall'} /> : null}
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
  const naming = useNaming(callId, entries, them)
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
