// Settings: microphone, speaker and ringer, with a level to see and a ring to hear.
import { Button, Slider } from '@radix-ui/themes'
import { Bell, Mic } from 'lucide-react'
import type { AudioDevice } from '../../../common/model/phone.ts'
import { Choice } from '../../components/Choice.tsx'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { Field } from '../../components/Field.tsx'
import { LevelMeter } from '../../components/LevelMeter.tsx'
import { SettingsSection } from '../../components/SettingsSection.tsx'
import { useActions, useApp, useCompanion, usePhone } from '../../state/companion.tsx'
import { toPercent } from '../../view/format.ts'
import { frontSession } from '../../view/sessions.ts'

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

function MicrophoneLevel() {
  const { phone, actions } = useCompanion()
  const state = usePhone()
  const { microphone } = state
  if (microphone.status === 'failed') return <ErrorNote error={microphone.error} />
  if (microphone.status !== 'open') {
    return (
      <Button
        className="fit"
        variant="soft"
        color="gray"
        loading={microphone.status === 'opening'}
        onClick={() => actions.warmUp()}
      >
        <Mic size={16} aria-hidden="true" /> Show the level
      </Button>
    )
  }
  const sessionId = frontSession(state)?.id ?? ''
  return (
    <LevelMeter
      label={microphone.label || 'Microphone'}
      icon={<Mic size={16} />}
      read={() => phone.levels(sessionId).microphone}
    />
  )
}
