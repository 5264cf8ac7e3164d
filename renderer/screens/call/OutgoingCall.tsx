// A call of ours that nobody has answered yet.
import { Button, Tooltip } from '@radix-ui/themes'
import { Ear, PhoneOff, PhoneOutgoing } from 'lucide-react'
import { say } from '../../../common/words/say.ts'
import { Elapsed } from '../../components/Age.tsx'
import { LevelMeter } from '../../components/LevelMeter.tsx'
import { useCompanion } from '../../state/companion.tsx'
import type { CallView } from '../../view/call-view.ts'
import { toAriaKeys, toTip } from '../../view/keys.ts'
import { OtherCalls } from './OtherCalls.tsx'

export function OutgoingCall({ view }: { view: Extract<CallView, { phase: 'calling' }> }) {
  const { phone } = useCompanion()
  return (
    <div className="screen call" data-phase="calling">
      <section className="card call-card ringing" aria-label={say('Calling {name}', { name: view.name })}>
        <OtherCalls calls={view.others} />
        <span className="call-face pulse">
          <PhoneOutgoing size={32} aria-hidden="true" />
        </span>
        <h1 title={view.name}>
          <bdi>{view.name}</bdi>
        </h1>
        {view.address === undefined ? null : (
          <p className="call-sub mono">
            <bdi>{view.address}</bdi>
          </p>
        )}
        <p className="call-sub">
          <span role="status">{view.text}</span> · <Elapsed at={view.since} />
        </p>
        {view.earlyMedia ? (
          <div className="call-early">
            <p>{say('You hear them before they answer. They do not hear you.')}</p>
            <LevelMeter
              label={say('You hear')}
              icon={<Ear size={16} />}
              read={() => phone.levels(view.sessionId).ear}
            />
          </div>
        ) : null}
        <Tooltip content={toTip(say('Give up'), 'call.end')}>
          <Button
            size="4"
            color="red"
            className="call-give-up"
            aria-keyshortcuts={toAriaKeys('call.end')}
            onClick={view.hangUp}
          >
            <PhoneOff size={20} aria-hidden="true" /> {say('Hang up')}
          </Button>
        </Tooltip>
      </section>
    </div>
  )
}
