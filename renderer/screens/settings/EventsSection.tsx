// Settings: how events come here: the stream and its proof, the customer's webhook, and the receiver on this machine.
import { Button, SegmentedControl } from '@radix-ui/themes'
import { Play, Square } from 'lucide-react'
import type { ReceiverSettings } from '../../../common/model/webhook.ts'
import { say } from '../../../common/words/say.ts'
import { CopyButton } from '../../components/CopyButton.tsx'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { SettingsSection } from '../../components/SettingsSection.tsx'
import { TextSetting } from '../../components/TextSetting.tsx'
import { useActions, useApp, useNow } from '../../state/companion.tsx'
import { checkPort, type EventsView, toEvents, toReceiver } from '../../view/receiver-view.ts'
import { WebhookPart } from './WebhookPart.tsx'

export function EventsSection() {
  const events = toEvents(useApp(), useNow())
  return (
    <SettingsSection
      title="Events & webhooks"
      text={say(
        'What the platform tells by itself: to this companion over its event stream, and to an address of the customer.',
      )}
    >
      <div className="stack">
        <h3 className="part-title">{say('Event stream')}</h3>
        <Facts facts={events.facts} />
        {events.error ? <ErrorNote error={events.error} compact /> : null}
      </div>
      <WebhookPart />
      <ReceiverPart />
    </SettingsSection>
  )
}

function Facts({ facts }: { facts: EventsView['facts'] }) {
  if (facts.length === 0) return null
  return (
    <dl className="facts wide">
      {facts.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function ReceiverPart() {
  const view = toReceiver(useApp(), useActions(), useNow())
  return (
    <div className="stack settings-part">
      <h3 className="part-title">{say('Receiver on this machine')}</h3>
      <p className="field-hint">
        {say('Takes webhooks and shows each in the trace, so that you see what your own server would get.')}{' '}
        {view.reach}
      </p>
      {view.address ? (
        <div className="row hook-address">
          <code className="mono">{view.address}</code>
          <CopyButton text={() => view.address ?? ''} />
        </div>
      ) : null}
      <Facts facts={view.facts} />
      {view.stop ? null : <ReceiverFields />}
      {view.warning ? <p className="hook-warning">{view.warning}</p> : null}
      {view.error ? <ErrorNote error={view.error} /> : null}
      {view.stop ? (
        <Button className="fit" variant="soft" color="gray" onClick={view.stop}>
          <Square size={16} aria-hidden="true" /> {say('Stop the receiver')}
        </Button>
      ) : (
        <Button className="fit" variant="soft" disabled={view.start === undefined} onClick={view.start}>
          <Play size={16} aria-hidden="true" /> {say('Start the receiver')}
        </Button>
      )}
    </div>
  )
}

function ReceiverFields() {
  const { receiver } = useApp().settings
  const actions = useActions()
  const save = (change: Partial<ReceiverSettings>) => actions.change({ receiver: { ...receiver, ...change } })
  return (
    <div className="pair">
      <TextSetting
        label={say('Port')}
        value={String(receiver.port)}
        help={say('0 takes a free one; a tunnel needs a fixed one')}
        check={checkPort}
        save={(text) => save({ port: Number(text) })}
      />
      <div className="field">
        <span className="field-label">{say('Listens to')}</span>
        <SegmentedControl.Root
          size="2"
          className="fit"
          value={receiver.reach}
          aria-label={say('Listens to')}
          onValueChange={(value) => save({ reach: value as ReceiverSettings['reach'] })}
        >
          <SegmentedControl.Item value="thisMachine">{say('This machine')}</SegmentedControl.Item>
          <SegmentedControl.Item value="localNetwork">{say('Local network')}</SegmentedControl.Item>
        </SegmentedControl.Root>
      </div>
    </div>
  )
}
