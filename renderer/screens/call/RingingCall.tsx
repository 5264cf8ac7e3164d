// A call that comes in, alone.
import { Phone, PhoneIncoming, PhoneOff } from 'lucide-react'
import { Elapsed } from '../../components/Age.tsx'
import { ChordButton } from '../../components/ChordButton.tsx'
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
          <ChordButton action="call.end" says="Decline" press={view.decline} size="4" kind="refuse">
            <PhoneOff size={20} aria-hidden="true" /> Decline
          </ChordButton>
          <ChordButton
            action="call.answer"
            says="Answer"
            press={view.answer}
            size="4"
            kind="accept"
            autoFocus
          >
            <Phone size={20} aria-hidden="true" /> Answer
          </ChordButton>
        </div>
      </section>
    </div>
  )
}
