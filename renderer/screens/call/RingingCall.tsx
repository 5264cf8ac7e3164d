// A call that comes in, alone.
import { Phone, PhoneIncoming, PhoneOff } from 'lucide-react'
import { say } from '../../../common/words/say.ts'
import { Elapsed } from '../../components/Age.tsx'
import { ChordButton } from '../../components/ChordButton.tsx'
import { Sentence } from '../../components/Sentence.tsx'
import type { CallView } from '../../view/call-view.ts'

export function RingingCall({ view }: { view: Extract<CallView, { phase: 'ringing' }> }) {
  return (
    <div className="screen call" data-phase="ringing">
      <section
        className="card call-card ringing"
        role="alertdialog"
        aria-label={say('Incoming call: {name}', { name: view.name })}
      >
        <span className="call-face pulse">
          <PhoneIncoming size={32} aria-hidden="true" />
        </span>
        <h1>
          <bdi>{view.name}</bdi>
        </h1>
        <p className="call-sub mono">
          <bdi>{view.address}</bdi>
        </p>
        <p className="call-sub">
          <Sentence text="Ringing for {time}" time={<Elapsed at={view.since} />} />
        </p>
        <div className="call-answer">
          <ChordButton action="call.end" says={say('Decline')} press={view.decline} size="4" kind="refuse">
            <PhoneOff size={20} aria-hidden="true" /> {say('Decline')}
          </ChordButton>
          <ChordButton
            action="call.answer"
            says={say('Answer')}
            press={view.answer}
            size="4"
            kind="accept"
            autoFocus
          >
            <Phone size={20} aria-hidden="true" /> {say('Answer')}
          </ChordButton>
        </div>
      </section>
    </div>
  )
}
