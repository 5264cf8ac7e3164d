// Settings: the way to the SIP edge and through the network.
import { SegmentedControl } from '@radix-ui/themes'
import { SettingsSection } from '../../components/SettingsSection.tsx'
import { TextSetting } from '../../components/TextSetting.tsx'
import { useActions, useApp } from '../../state/companion.tsx'
import { checkText } from '../../view/settings-view.ts'
import { IceServers } from './IceServers.tsx'

export function NetworkSection() {
  const { settings } = useApp()
  const actions = useActions()
  return (
    <SettingsSection title="Network" text="Needed only where the defaults do not get through.">
      <TextSetting
        label="Edge address"
        value={settings.edgeUrl}
        placeholder="found by itself"
        help="WebSocket address of the SIP edge, such as wss://sip.example.com"
        check={(text) => checkText('edgeUrl', text)}
        save={(edgeUrl) => actions.change({ edgeUrl })}
      />
      <IceServers />
      <div className="field">
        <span className="field-label">A second call while one is up</span>
        <SegmentedControl.Root
          size="2"
          className="fit"
          value={settings.secondCall}
          aria-label="A second call while one is up"
          onValueChange={(value) => actions.change({ secondCall: value as 'ring' | 'busy' })}
        >
          <SegmentedControl.Item value="ring">Rings</SegmentedControl.Item>
          <SegmentedControl.Item value="busy">Gets busy</SegmentedControl.Item>
        </SegmentedControl.Root>
      </div>
    </SettingsSection>
  )
}
