// Settings: the way to the SIP edge and through the network.
import { SegmentedControl } from '@radix-ui/themes'
import { say } from '../../../common/words/say.ts'
import { SettingsSection } from '../../components/SettingsSection.tsx'
import { TextSetting } from '../../components/TextSetting.tsx'
import { useActions, useApp } from '../../state/companion.tsx'
import { checkText } from '../../view/settings-view.ts'
import { IceServers } from './IceServers.tsx'

export function NetworkSection() {
  const { settings } = useApp()
  const actions = useActions()
  return (
    <SettingsSection title="Network" text={say('Needed only where the defaults do not get through.')}>
      <TextSetting
        label={say('Edge address')}
        value={settings.edgeUrl}
        placeholder={say('found by itself')}
        help={say('WebSocket address of the SIP edge, such as wss://sip.example.com')}
        check={(text) => checkText('edgeUrl', text)}
        save={(edgeUrl) => actions.change({ edgeUrl })}
      />
      <IceServers />
      <div className="field">
        <span className="field-label">{say('A second call while one is up')}</span>
        <SegmentedControl.Root
          size="2"
          className="fit"
          value={settings.secondCall}
          aria-label={say('A second call while one is up')}
          onValueChange={(value) => actions.change({ secondCall: value as 'ring' | 'busy' })}
        >
          <SegmentedControl.Item value="ring">{say('Rings')}</SegmentedControl.Item>
          <SegmentedControl.Item value="busy">{say('Gets busy')}</SegmentedControl.Item>
        </SegmentedControl.Root>
      </div>
    </SettingsSection>
  )
}
