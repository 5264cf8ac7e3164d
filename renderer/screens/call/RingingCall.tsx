// A call that comes in, alone.
import { Button, Tooltip } from '@radix-ui/themes'
import { Phone, PhoneIncoming, PhoneOff } from 'lucide-react'
import { Elapsed } from '../../components/Age.tsx'
import type { CallView } from '../../view/call-view.ts'

export function RingingCall({ view }: { view: Extract<CallView, { phase: 'ringing' }> }) {
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
          <Tooltip content="Decline (Ctrl+Shift+H)">
            <Button
              size="4"
              color="red"
              variant="soft"
              aria-keyshortcuts="Control+Shift+H"
              disabled={!view.decline}
              onClick={view.decline}
            >
              <PhoneOff size={20} aria-hidden="true" /> Decline
            </Button>
          </Tooltip>
          <Tooltip content="Answer (Ctrl+Shift+A)">
            <Button
              size="4"
              className="accept"
              aria-keyshortcuts="Control+Shift+A"
              disabled={!view.answer}
              onClick={view.answer}
              autoFocus
            >
              <Phone size={20} aria-hidden="true" /> Answer
            </Button>
          </Tooltip>
        </div>
      </section>
    </div>
  )
}
