// Settings: microphone, speaker and ringer, with a level to see and a ring to hear.
import { Button, Slider } from '@radix-ui/themes'
import { Bell, Mic } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { AudioDevice } from '../../../common/model/phone.ts'
import { Choice } from '../../components/Choice.tsx'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { Field } from '../../components/Field.tsx'
import { LevelMeter } from '../../components/LevelMeter.tsx'
import { SettingsSection } from '../../components/SettingsSection.tsx'
import type { Phone } from '../../phone/phone.ts'
import { useActions, useApp, useCompanion, usePhone } from '../../state/companion.tsx'
import { toPercent } from '../../view/format.ts'

export function DevicesSection() {
  const { settings } = useApp()
  const { devices } = usePhone()
  const actions = useActions()
  const chosen = settings.devices
  const choose = (patch: Partial<typeof chosen>) => actions.change({ devices: { ...chosen, ...patch } })
  return (
    <SettingsSection title="Devices" text="Sound in and out. The ringer may be another device than the ear.">
      <DeviceChoice
        label="Microphone"
        list={devices.inputs}
        value={chosen.microphone}
        choose={(microphone) => choose({ microphone })}
      />
      <MicrophoneLevel />
      <div className="pair">
        <DeviceChoice
          label="Speaker"
          list={devices.outputs}
          value={chosen.speaker}
          choose={(speaker) => choose({ speaker })}
        />
        <DeviceChoice
          label="Ringer"
          list={devices.outputs}
          value={chosen.ringer}
          choose={(ringer) => choose({ ringer })}
        />
      </div>
      <div className="field">
        <span className="field-label">Ring volume: {toPercent(chosen.ringVolume)}</span>
        <div className="row">
          <Slider
            key={chosen.ringVolume}
            className="grow"
            defaultValue={[Math.round(chosen.ringVolume * 100)]}
            max={100}
            step={5}
            aria-label="Ring volume"
            onValueCommit={([value]) => choose({ ringVolume: (value ?? 0) / 100 })}
          />
          <Button variant="soft" color="gray" onClick={() => actions.testRing()}>
            <Bell size={16} aria-hidden="true" /> Test ring
          </Button>
        </div>
      </div>
    </SettingsSection>
  )
}

interface ChoiceProps {
  label: string
  list: AudioDevice[]
  value: string
  choose: (id: string) => void
}

function DeviceChoice({ label, list, value, choose }: ChoiceProps) {
  const gone = value !== '' && !list.some((device) => device.id === value)
  const options = [
    { value: '', label: 'System default' },
    ...list.map((device) => ({ value: device.id, label: device.label || 'Device without a name' })),
    ...(gone ? [{ value, label: 'Chosen device (not connected)' }] : []),
  ]
  return (
    <Field label={label} help={gone ? 'Not connected now: the system default is used.' : undefined}>
      {(ids) => <Choice {...ids} value={value} options={options} onChoose={choose} />}
    </Field>
  )
}

/** Only on request: looking at Settings must not open the microphone. Also after a failure: the test is how to try again. */
function MicrophoneLevel() {
  const { microphone } = usePhone()
  const [shown, setShown] = useState<'no' | 'yes'>('no')
  return (
    <>
      {microphone.status === 'failed' ? <ErrorNote error={microphone.error} /> : null}
      {shown === 'yes' ? (
        <ListeningMeter label={microphone.status === 'open' ? microphone.label : 'Microphone'} />
      ) : null}
      <Button
        className="fit"
        variant="soft"
        color="gray"
        onClick={() => setShown(shown === 'yes' ? 'no' : 'yes')}
      >
        <Mic size={16} aria-hidden="true" /> {shown === 'yes' ? 'Stop the test' : 'Test the microphone'}
      </Button>
    </>
  )
}

function ListeningMeter({ label }: { label: string }) {
  const { phone } = useCompanion()
  const listening = useRef<ReturnType<Phone['listen']>>(undefined)
  useEffect(() => {
    const mine = phone.listen()
    listening.current = mine
    return () => mine.end()
  }, [phone])
  return <LevelMeter label={label} icon={<Mic size={16} />} read={() => listening.current?.level() ?? 0} />
}
