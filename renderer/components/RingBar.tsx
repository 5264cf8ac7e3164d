// A call that rings while another screen is open: to be answered from everywhere.
import { Button } from '@radix-ui/themes'
import { Phone, PhoneIncoming, PhoneOff } from 'lucide-react'
import { useActions, useAppPart, usePhone, useUi } from '../state/companion.tsx'
import { toCall } from '../view/call-view.ts'
import { isQuickstartCall } from '../view/quickstart-view.ts'

export function RingBar() {
  const screen = useUi((ui) => ui.screen)
  const app = useAppPart('account', 'extension', 'links', 'quickstart')
  const view = toCall(app, usePhone(), useActions())
  if (screen === 'call' || view.phase !== 'ringing' || isQuickstartCall(app, view.sessionId)) return null
  return (
    <section className="ring-bar" role="alert">
      <PhoneIncoming size={18} aria-hidden="true" />
      <p>
        <strong>{view.name}</strong> <span>is calling</span>
      </p>
      <Button size="2" variant="soft" color="red" disabled={!view.decline} onClick={view.decline}>
        <PhoneOff size={16} aria-hidden="true" /> Decline
      </Button>
      <Button size="2" className="accept" disabled={!view.answer} onClick={view.answer}>
        <Phone size={16} aria-hidden="true" /> Answer
      </Button>
    </section>
  )
}
