// A call in progress: who, how long, levels, keys, the match with the platform, and the sound in figures.
import { Ear, Mic, MicOff, Pause } from 'lucide-react'
import { say } from '../../../common/words/say.ts'
import { Elapsed } from '../../components/Age.tsx'
import { Keypad } from '../../components/Keypad.tsx'
import { LevelMeter } from '../../components/LevelMeter.tsx'
import { OnAir } from '../../components/OnAir.tsx'
import { SoundMenu } from '../../components/SoundMenu.tsx'
import { ToneIcon } from '../../components/ToneIcon.tsx'
import { useCompanion, useUi } from '../../state/companion.tsx'
import { type CallView, toLinkText } from '../../view/call-view.ts'
import type { HoldView } from '../../view/hold-view.ts'
import { CallKeys } from './CallKeys.tsx'
import { CallSound } from './CallSound.tsx'
import { Ended } from './IdleCall.tsx'
import { OtherCalls } from './OtherCalls.tsx'
import { SoundFigures } from './SoundFigures.tsx'
import { TransferOutcome, TransferPanel } from './TransferPanel.tsx'

type InCall = Extract<CallView, { phase: 'inCall' }>

export function RunningCall({ view }: { view: InCall }) {
  const panel = useUi((one) => one.panel)
  const link = toLinkText(view.link)
  return (
    <section className="card call-card running" aria-label={say('Call')}>
      <OtherCalls calls={view.others} />
      <div className="call-who">
        <h1 title={view.name}>
          <bdi>{view.name}</bdi>
        </h1>
        <p className="call-sub mono" title={view.address}>
          {view.address}
        </p>
      </div>
      {view.bridged ? (
        <p className="call-sub" role="status">
          <ToneIcon tone={view.bridged.tone} /> {view.bridged.text}
        </p>
      ) : null}
      <p className="call-timer">
        {view.since === undefined ? say('Connecting') : <Elapsed at={view.since} />}
      </p>
      <OnAir />
      {view.hold ? <HoldNote hold={view.hold} /> : null}
      {view.hold?.by === 'us' || view.hold?.by === 'both' ? null : <Meters view={view} />}
      <CallSound view={view} />
      {view.transfer.outcome && panel !== 'transfer' ? (
        <TransferOutcome outcome={view.transfer.outcome} />
      ) : null}
      {view.tried ? (
        <div className="call-tried" role="status">
          <Ended call={view.tried} />
        </div>
      ) : null}
      {view.warning ? (
        <p className="call-warning" role="alert">
          <ToneIcon tone="warn" /> {view.warning}
        </p>
      ) : null}
      <CallKeys view={view} />
      {panel === 'keypad' ? <Keypad view={view.keys} /> : null}
      {panel === 'devices' ? <SoundMenu /> : null}
      {panel === 'transfer' && view.transfer.blind ? <TransferPanel view={view.transfer} /> : null}
      <p className="call-link" data-tone={link.tone}>
        <ToneIcon tone={link.tone} /> {link.text}
      </p>
      {view.media ? <SoundFigures media={view.media} /> : null}
    </section>
  )
}

function HoldNote({ hold }: { hold: HoldView }) {
  return (
    <p className="call-hold" data-by={hold.by}>
      <Pause size={16} aria-hidden="true" />
      <span>
        <strong>{hold.title}</strong> <span className="call-hold-text">{hold.text}</span>
      </span>
      {hold.since === undefined ? null : (
        <span className="call-hold-since">
          <Elapsed at={hold.since} />
        </span>
      )}
    </p>
  )
}

function Meters({ view }: { view: InCall }) {
  const { phone } = useCompanion()
  return (
    <div className="call-meters">
      <LevelMeter
        label={say('You hear')}
        icon={<Ear size={16} />}
        read={() => phone.levels(view.sessionId).ear}
      />
      <LevelMeter
        label={view.muted ? say('Muted') : say('You say')}
        icon={view.muted ? <MicOff size={16} /> : <Mic size={16} />}
        read={() => (view.muted ? 0 : phone.levels(view.sessionId).microphone)}
      />
    </div>
  )
}
