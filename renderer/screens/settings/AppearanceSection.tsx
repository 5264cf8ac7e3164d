// Settings: light, dark or as the system, and what runs here.
import { SegmentedControl } from '@radix-ui/themes'
import { SettingsSection } from '../../components/SettingsSection.tsx'
import { useActions, useApp } from '../../state/companion.tsx'

export function AppearanceSection() {
  const { settings, shell } = useApp()
  const actions = useActions()
  return (
    <SettingsSection title="Appearance" text="How the companion looks, and what runs it.">
      <div className="field">
        <span className="field-label">Theme</span>
        <SegmentedControl.Root
          size="2"
          className="fit"
          value={settings.theme}
          aria-label="Theme"
          onValueChange={(value) => actions.change({ theme: value as 'system' | 'light' | 'dark' })}
        >
          <SegmentedControl.Item value="system">System</SegmentedControl.Item>
          <SegmentedControl.Item value="light">Light</SegmentedControl.Item>
          <SegmentedControl.Item value="dark">Dark</SegmentedControl.Item>
        </SegmentedControl.Root>
      </div>
      <p className="field-hint">
        Shell: {shell.name} {shell.version}. Secrets are kept in{' '}
        {shell.secrets === 'kept'
          ? 'the key store of this system.'
          : 'memory only, so you sign in at each start.'}
      </p>
    </SettingsSection>
  )
}
