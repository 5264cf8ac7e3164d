// Settings: light, dark or as the system, and what runs here.
import { SegmentedControl } from '@radix-ui/themes'
import type { Settings } from '../../../common/model/settings.ts'
import { languages } from '../../../common/words/languages.ts'
import { say } from '../../../common/words/say.ts'
import { Choice } from '../../components/Choice.tsx'
import { Field } from '../../components/Field.tsx'
import { SettingsSection } from '../../components/SettingsSection.tsx'
import { useActions, useApp } from '../../state/companion.tsx'

export function AppearanceSection() {
  const { settings, shell } = useApp()
  const actions = useActions()
  return (
    <SettingsSection title="Appearance" text={say('How the companion looks, and what runs it.')}>
      <Field label={say('Language')} help={say('Of the companion’s own texts; a call keeps its own.')}>
        {(field) => (
          <Choice
            {...field}
            value={settings.uiLanguage}
            options={[
              { value: 'system', label: say('System') },
              ...Object.entries(languages).map(([value, { name }]) => ({ value, label: name })),
            ]}
            onChoose={(value) => actions.change({ uiLanguage: value as Settings['uiLanguage'] })}
          />
        )}
      </Field>
      <div className="field">
        <span className="field-label">{say('Theme')}</span>
        <SegmentedControl.Root
          size="2"
          className="fit"
          value={settings.theme}
          aria-label={say('Theme')}
          onValueChange={(value) => actions.change({ theme: value as 'system' | 'light' | 'dark' })}
        >
          <SegmentedControl.Item value="system">{say('System')}</SegmentedControl.Item>
          <SegmentedControl.Item value="light">{say('Light')}</SegmentedControl.Item>
          <SegmentedControl.Item value="dark">{say('Dark')}</SegmentedControl.Item>
        </SegmentedControl.Root>
      </div>
      <p className="field-hint">
        {say('Shell: {name}.', { name: `${shell.name} ${shell.version}` })}{' '}
        {shell.secrets === 'kept'
          ? say('Secrets are kept in the key store of this system.')
          : say('Secrets are kept in memory only, so you sign in at each start.')}
      </p>
    </SettingsSection>
  )
}
