// Settings: what happens to calls that come, and to the phone when its window is closed.
import { Switch } from '@radix-ui/themes'
import { say } from '../../../common/words/say.ts'
import { Choice } from '../../components/Choice.tsx'
import { Field } from '../../components/Field.tsx'
import { SettingsSection } from '../../components/SettingsSection.tsx'
import { useActions, useAppPart } from '../../state/companion.tsx'
import { toTip } from '../../view/keys.ts'
import { toOutside } from '../../view/outside-view.ts'

export function RingingSection() {
  const { settings, ringing } = useAppPart('settings', 'ringing')
  const actions = useActions()
  const outside = toOutside(ringing)
  return (
    <SettingsSection title="Ringing" text={say('Calls that come, and the phone behind a closed window.')}>
      <Toggle
        label={say('Do not disturb')}
        help={toTip(say('Callers hear that you are busy, and you see that they called.'), 'disturb.toggle')}
        on={settings.doNotDisturb}
        change={(doNotDisturb) => actions.change({ doNotDisturb })}
      />
      <Field label={say('Closing the window')} help={outside.closing}>
        {(ids) => (
          <Choice
            {...ids}
            disabled={!outside.mayStay}
            value={outside.mayStay ? settings.whenClosed : 'quit'}
            options={[
              { value: 'stay', label: say('Keeps the phone ringing') },
              { value: 'quit', label: say('Hangs up, unregisters and quits') },
            ]}
            onChoose={(whenClosed) => actions.change({ whenClosed: whenClosed as 'stay' | 'quit' })}
          />
        )}
      </Field>
      <Toggle
        label={say('Start at login')}
        help={outside.login}
        on={settings.startAtLogin}
        change={outside.mayStart ? (startAtLogin) => actions.change({ startAtLogin }) : undefined}
      />
    </SettingsSection>
  )
}

interface ToggleProps {
  label: string
  help: string
  on: boolean
  change: ((on: boolean) => void) | undefined
}

function Toggle({ label, help, on, change }: ToggleProps) {
  return (
    <Field label={label} help={help}>
      {(ids) => <Switch {...ids} checked={on} disabled={!change} onCheckedChange={change} />}
    </Field>
  )
}
