// The calls beside the one in front: answer or decline what rings, swap with or connect what waits.
import { Button, IconButton, Tooltip } from '@radix-ui/themes'
import { ArrowUpDown, Merge, Pause, PhoneIncoming, PhoneOff } from 'lucide-react'
import { Elapsed } from '../../components/Age.tsx'
import type { OtherCall } from '../../view/other-calls-view.ts'

type Ringing = Extract<OtherCall, { kind: 'ringing' }>
type Waiting = Extract<OtherCall, { kind: 'waiting' }>

export function OtherCalls({ calls }: { calls: readonly OtherCall[] }) {
  return calls.map((call) =>
    call.kind === 'ringing' ? (
      <RingingBeside key={call.sessionId} call={call} />
    ) : (
      <WaitingBeside key={call.sessionId} call={call} />
    ),
  )
}

function RingingBeside({ call }: { call: Ringing }) {
  return (
    <div className="call-beside ringing-beside" role="alert">
      <p>
        <PhoneIncoming size={16} aria-hidden="true" />
        <strong title={call.name}>{call.name}</strong>
        <span>calls</span>
      </p>
      <div className="beside-keys">
        <Button size="2" variant="soft" color="red" onClick={call.decline}>
          Decline
        </Button>
        <Tooltip content="Answer; this call waits on hold (Ctrl+Shift+A)">
          <Button size="2" className="accept" aria-keyshortcuts="Control+Shift+A" onClick={call.answer}>
            Answer
          </Button>
        </Tooltip>
      </div>
    </div>
  )
}

function WaitingBeside({ call }: { call: Waiting }) {
  return (
    <section className="call-beside" aria-label={`Second call: ${call.name}`}>
      <p>
        <Pause size={16} aria-hidden="true" />
        <strong title={call.name}>{call.name}</strong>
        <span>
          {call.text}
          {call.since === undefined ? null : (
            <>
              {' '}
              <Elapsed at={call.since} />
            </>
          )}
        </span>
      </p>
      <div className="beside-keys">
        <Tooltip content="Speak with them; this call waits on hold (Ctrl+Shift+S)">
          <Button
            size="2"
            variant="soft"
            aria-keyshortcuts="Control+Shift+S"
            disabled={!call.swap}
            onClick={call.swap}
          >
            <ArrowUpDown size={16} aria-hidden="true" /> Swap
          </Button>
        </Tooltip>
        <Tooltip content="Connect the two with each other, and leave (Ctrl+Shift+E)">
          <Button
            size="2"
            variant="soft"
            aria-keyshortcuts="Control+Shift+E"
            disabled={!call.connect}
            onClick={call.connect}
          >
            <Merge size={16} aria-hidden="true" /> Connect
          </Button>
        </Tooltip>
        <Tooltip content={`Hang up ${call.name}`}>
          <IconButton
            size="2"
            variant="soft"
            color="red"
            aria-label={`Hang up ${call.name}`}
            onClick={call.hangUp}
          >
            <PhoneOff size={16} />
          </IconButton>
        </Tooltip>
      </div>
    </section>
  )
}
