// A call that rings while another screen is open: to be answered from everywhere.
import { Button } from '@radix-ui/themes'
import { Phone, PhoneIncoming, PhoneOff } from 'lucide-react'
import { say } from '../../common/words/say.ts'
import { useActions, useAppPart, usePhone, useUi } from '../state/companion.tsx'
import { type CallView, toCall } from '../view/call-view.ts'
import { isQuickstartCall } from '../view/quickstart-view.ts'

export function RingBar() {
  const screen = useUi((ui) => ui.screen)
  const app = useAppPart('account', 'extension', 'links', 'people', 'bridged', 'quickstart')
  const call = toRinging(toCall(app, usePhone(), useActions()))
  if (screen === 'call' || !call || isQuickstartCall(app, call.sessionId)) return null
  return (
    <section className="ring-bar" role="alert">
      <PhoneIncoming size={18} aria-hidden="true" />
      <p>
        <strong>
          <bdi>{call.name}</bdi>
        </strong>{' '}
        <span>{say('is calling')}</span>
      </p>
      <Button size="2" variant="soft" color="red" disabled={!call.decline} onClick={call.decline}>
        <PhoneOff size={16} aria-hidden="true" /> {say('Decline')}
      </Button>
      <Button size="2" className="accept" disabled={!call.answer} onClick={call.answer}>
        <Phone size={16} aria-hidden="true" /> {say('Answer')}
      </Button>
    </section>
  )
}

/** What rings, alone or beside the call in front. */
function toRinging(view: CallView) {
  if (view.phase === 'ringing') return view
  return view.phase === 'idle' ? undefined : view.others.find((one) => one.kind === 'ringing')
}
