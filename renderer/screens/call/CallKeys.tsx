// The keys of a call in progress.
import { ArrowLeftRight, Grid3x3, Mic, MicOff, Pause, PhoneOff, Play } from 'lucide-react'
import { say } from '../../../common/words/say.ts'
import { CallKey } from '../../components/CallKey.tsx'
import { useCompanion, useUi } from '../../state/companion.tsx'
import type { CallView } from '../../view/call-view.ts'

type InCall = Extract<CallView, { phase: 'inCall' }>

export function CallKeys({ view }: { view: InCall }) {
  const { ui } = useCompanion()
  const panel = useUi((one) => one.panel)
  const toggle = (one: 'keypad' | 'transfer') => () => ui.setState({ panel: panel === one ? 'closed' : one })
  const heldByUs = view.hold?.by === 'us' || view.hold?.by === 'both'
  return (
    <div className="call-keys">
      <CallKey
        label={say('Mute')}
        says={view.muted ? say('Unmute') : say('Mute')}
        action="call.mute"
        icon={view.muted ? <MicOff size={18} /> : <Mic size={18} />}
        color="amber"
        pressed={view.muted}
        press={view.mute}
      />
      <CallKey
        label={say('Hold')}
        says={heldByUs ? say('Resume') : say('Hold')}
        action="call.hold"
        icon={heldByUs ? <Play size={18} /> : <Pause size={18} />}
        color="amber"
        pressed={heldByUs}
        press={view.setHeld}
      />
      <CallKey
        label={say('Keypad')}
        action="call.keypad"
        icon={<Grid3x3 size={18} />}
        expanded={panel === 'keypad'}
        press={view.keys.press && toggle('keypad')}
      />
      <CallKey
        label={say('Transfer')}
        action="call.transfer"
        icon={<ArrowLeftRight size={18} />}
        expanded={panel === 'transfer'}
        press={view.transfer.blind && toggle('transfer')}
      />
      <CallKey
        label={say('Hang up')}
        action="call.end"
        icon={<PhoneOff size={18} />}
        color="red"
        press={view.hangUp}
      />
    </div>
  )
}
