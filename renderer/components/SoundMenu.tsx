// Microphone, speaker and switches, in a call: what is chosen counts at once.
import { Switch } from '@radix-ui/themes'
import { useId } from 'react'
import { say } from '../../common/words/say.ts'
import { useActions, useAppPart, usePhone } from '../state/companion.tsx'
import { type ChoiceView, type SoundChoices, toSoundChoices } from '../view/sound-view.ts'
import { Choice } from './Choice.tsx'
import { Field } from './Field.tsx'

export function SoundMenu() {
  const { settings } = useAppPart('settings')
  const view = toSoundChoices(settings, usePhone(), useActions())
  return (
    <section className="sound-menu" aria-label={say('Devices of this call')}>
      {view.headset ? <DeviceChoice label={say('All at once')} view={view.headset} /> : null}
      <DeviceChoice label={say('Microphone')} view={view.microphone} />
      <DeviceChoice label={say('Speaker')} view={view.speaker} />
      <SoundSwitches switches={view.switches} />
    </section>
  )
}

export function DeviceChoice({ label, view }: { label: string; view: ChoiceView }) {
  const help = view.gone ? say('Not connected now: the system default is used.') : undefined
  return (
    <Field label={label} help={help}>
      {(ids) => <Choice {...ids} value={view.value} options={view.options} onChoose={view.choose} />}
    </Field>
  )
}

/** Of the microphone in use; each microphone keeps its own. */
export function SoundSwitches({ switches }: Pick<SoundChoices, 'switches'>) {
  return (
    <ul className="sound-switches">
      {switches.map((one) => (
        <SoundSwitch key={one.name} {...one} />
      ))}
    </ul>
  )
}

function SoundSwitch({ label, on, told, set }: SoundChoices['switches'][number]) {
  const id = useId()
  return (
    <li>
      <label htmlFor={id}>{label}</label>
      <Switch id={id} size="1" checked={on} onCheckedChange={set} />
      {told ? <p className="field-hint">{told}</p> : null}
    </li>
  )
}
