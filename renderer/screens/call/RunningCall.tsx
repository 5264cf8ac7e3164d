// A call in progress: who, how long, levels, keys, the match with the platform, and the sound in figures.
import { Button, IconButton, Tooltip } from '@radix-ui/themes'
import { Ear, Grid3x3, Mic, MicOff, PhoneIncoming, PhoneOff } from 'lucide-react'
import { useState } from 'react'
import type { SessionMedia } from '../../../common/model/phone.ts'
import { Elapsed } from '../../components/Age.tsx'
import { Keypad } from '../../components/Keypad.tsx'
import { LevelMeter } from '../../components/LevelMeter.tsx'
import { ToneIcon } from '../../components/ToneIcon.tsx'
import { useCompanion, useUi } from '../../state/companion.tsx'
import { type CallView, toLinkText, type WaitingCall } from '../../view/call-view.ts'

type InCall = Extract<CallView, { phase: 'inCall' }>

export function RunningCall({ view }: { view: InCall }) {
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
        <p className="call-sub mono" title={view.address}>
          {view.address}
        </p>
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
