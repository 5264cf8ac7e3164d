// Settings: microphone, speaker and ringer, with a level to see and a ring to hear.
import { Button } from '@radix-ui/themes'
import { Bell, Mic } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { say } from '../../../common/words/say.ts'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { LevelMeter } from '../../components/LevelMeter.tsx'
import { Range } from '../../components/Range.tsx'
import { SettingsSection } from '../../components/SettingsSection.tsx'
import { DeviceChoice, SoundSwitches } from '../../components/SoundMenu.tsx'
import type { Phone } from '../../phone/phone.ts'
import { useActions, useAppPart, useCompanion, usePhone } from '../../state/companion.tsx'
import { toPercent } from '../../view/format.ts'
import { toSoundChoices } from '../../view/sound-view.ts'
import { HeadsetPart } from './HeadsetPart.tsx'

export function DevicesSection() {
  const { settings } = useAppPart('settings')
  const actions = useActions()
  const chosen = settings.devices
  const view = toSoundChoices(settings, usePhone(), actions)
  const setVolume = (value = 0) => actions.change({ devices: { ...chosen, ringVolume: value / 100 } })
  return (
    <SettingsSection
      title="Devices"
      text={say('Sound in and out. The ringer may be another device than the ear.')}
    >
      {view.headset ? <DeviceChoice label={say('Headset, all at once')} view={view.headset} /> : null}
      <DeviceChoice label={say('Microphone')} view={view.microphone} />
      <SoundSwitches switches={view.switches} />
      <MicrophoneLevel />
      <div className="pair">
        <DeviceChoice label={say('Speaker')} view={view.speaker} />
        <DeviceChoice label={say('Ringer')} view={view.ringer} />
      </div>
      <div className="field">
        <span className="field-label">
          {say('Ring volume: {share}', { share: toPercent(chosen.ringVolume) })}
        </span>
        <div className="row">
          <Range
            label={say('Ring volume')}
            value={Math.round(chosen.ringVolume * 100)}
            max={100}
            step={5}
            commit={setVolume}
          />
          <Button variant="soft" color="gray" onClick={() => actions.testRing()}>
            <Bell size={16} aria-hidden="true" /> {say('Test ring')}
          </Button>
        </div>
      </div>
      <HeadsetPart />
    </SettingsSection>
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
        <ListeningMeter label={microphone.status === 'open' ? microphone.label : say('Microphone')} />
      ) : null}
      <Button
        className="fit"
        variant="soft"
        color="gray"
        onClick={() => setShown(shown === 'yes' ? 'no' : 'yes')}
      >
        <Mic size={16} aria-hidden="true" />{' '}
        {shown === 'yes' ? say('Stop the test') : say('Test the microphone')}
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
