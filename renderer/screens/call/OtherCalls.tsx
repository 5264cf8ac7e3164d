// The calls beside the one in front: answer or decline what rings, swap with or connect what waits.
import { Button, IconButton, Tooltip } from '@radix-ui/themes'
import { ArrowUpDown, Merge, Pause, PhoneIncoming, PhoneOff } from 'lucide-react'
import { say } from '../../../common/words/say.ts'
import { Elapsed } from '../../components/Age.tsx'
import { ChordButton } from '../../components/ChordButton.tsx'
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
        <strong title={call.name}>
          <bdi>{call.name}</bdi>
        </strong>
        <span>{say('calls')}</span>
      </p>
      <div className="beside-keys">
        <Button size="2" variant="soft" color="red" onClick={call.decline}>
          {say('Decline')}
        </Button>
        <ChordButton
          action="call.answer"
          says={say('Answer; this call waits on hold')}
          press={call.answer}
          size="2"
          kind="accept"
        >
          {say('Answer')}
        </ChordButton>
      </div>
    </div>
  )
}

function WaitingBeside({ call }: { call: Waiting }) {
  return (
    <section className="call-beside" aria-label={say('Second call: {name}', { name: call.name })}>
      <p>
        <Pause size={16} aria-hidden="true" />
        <strong title={call.name}>
          <bdi>{call.name}</bdi>
        </strong>
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
        <ChordButton
          action="call.swap"
          says={say('Speak with them; this call waits on hold')}
          press={call.swap}
          size="2"
        >
          <ArrowUpDown size={16} aria-hidden="true" /> {say('Swap')}
        </ChordButton>
        <ChordButton
          action="call.connect"
          says={say('Connect the two with each other, and leave')}
          press={call.connect}
          size="2"
        >
          <Merge size={16} aria-hidden="true" /> {say('Connect')}
        </ChordButton>
        <Tooltip content={say('Hang up {name}', { name: call.name })}>
          <IconButton
            size="2"
            variant="soft"
            color="red"
            aria-label={say('Hang up {name}', { name: call.name })}
            onClick={call.hangUp}
          >
            <PhoneOff size={16} />
          </IconButton>
        </Tooltip>
      </div>
    </section>
  )
}
