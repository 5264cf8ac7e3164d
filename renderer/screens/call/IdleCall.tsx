// Nobody is on the line: whether calls can come, the field to dial, the test call, and how the last one ended.
import { Button } from '@radix-ui/themes'
import { Phone, PhoneCall } from 'lucide-react'
import { say } from '../../../common/words/say.ts'
import { Age } from '../../components/Age.tsx'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { OpenRecord } from '../../components/OpenRecord.tsx'
import type { CallView } from '../../view/call-view.ts'
import type { EndedCall } from '../../view/ended-view.ts'
import { toClock } from '../../view/format.ts'
import { toAriaKeys, toTip } from '../../view/keys.ts'
import { DialField } from './DialField.tsx'
import { MissedCalls } from './MissedCalls.tsx'

export function IdleCall({ view }: { view: Extract<CallView, { phase: 'idle' }> }) {
  return (
    <section className="card call-card idle" aria-label={say('Phone')}>
      <span className="call-face">
        <Phone size={28} aria-hidden="true" />
      </span>
      <h1>{view.title}</h1>
      <p className="call-sub">{view.text}</p>
      {view.registered ? <DialField /> : null}
      <div className="call-test">
        <Button
          title={toTip(say('The platform calls this phone'), 'call.test')}
          aria-keyshortcuts={toAriaKeys('call.test')}
          size={view.registered ? '2' : '3'}
          variant={view.registered ? 'soft' : 'solid'}
          disabled={!view.place}
          onClick={view.place}
        >
          <PhoneCall size={16} aria-hidden="true" /> {say('Place a test call')}
        </Button>
        {view.prepare ? (
          <Button
            variant="soft"
            title={toTip(say('Open the Quickstart'), 'go.quickstart')}
            aria-keyshortcuts={toAriaKeys('go.quickstart')}
            onClick={view.prepare}
          >
            {say('Open the Quickstart')}
          </Button>
        ) : null}
        <p className="call-sub small">
          {view.reason ?? say('The platform calls this phone, greets you and writes down what it hears.')}
        </p>
      </div>
      {view.error ? <ErrorNote error={view.error} compact /> : null}
      <MissedCalls dial={view.registered} />
      {view.last ? (
        <div className="call-last">
          <h2>{say('Last call')}</h2>
          <Ended call={view.last} />
          <OpenRecord id={view.last.recordId} />
        </div>
      ) : null}
    </section>
  )
}

/** How a call ended, and when. */
export function Ended({ call }: { call: EndedCall }) {
  return (
    <>
      <p>
        <strong>
          <bdi>{call.name}</bdi>
        </strong>{' '}
        · {call.text}
        {call.lengthMs === undefined ? null : ` · ${toClock(call.lengthMs)}`}
        {call.endedAt === undefined ? null : (
          <>
            {' '}
            · <Age at={call.endedAt} />
          </>
        )}
      </p>
      {call.error ? <ErrorNote error={call.error} compact /> : null}
    </>
  )
}
