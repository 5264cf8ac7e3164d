// Settings: this machine's extension on the platform.
import { Button } from '@radix-ui/themes'
import { KeyRound, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { say } from '../../../common/words/say.ts'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { SettingsSection } from '../../components/SettingsSection.tsx'
import { TextSetting } from '../../components/TextSetting.tsx'
import { useActions, useApp } from '../../state/companion.tsx'
import { checkText, toExtension } from '../../view/settings-view.ts'

export function ExtensionSection() {
  const app = useApp()
  const actions = useActions()
  const view = toExtension(app, actions)
  const [removing, setRemoving] = useState<'no' | 'asked'>('no')
  return (
    <SettingsSection
      title="Extension"
      text={say('The telephone of this machine on the platform. It is made for you.')}
    >
      <TextSetting
        label={say('Name')}
        value={app.settings.extension}
        placeholder={view.value ?? say('made up once and remembered')}
        help={view.outcome ? `${view.value}@${view.domain}, ${view.outcome}` : say('Not provisioned yet.')}
        check={(text) => checkText('extension', text)}
        save={(extension) => actions.change({ extension })}
      />
      {view.error ? <ErrorNote error={view.error} /> : null}
      {view.fixed ? <p className="field-hint">{view.fixed}</p> : null}
      <div className="row">
        {view.value === undefined ? (
          <Button disabled={!view.provision} loading={view.busy} onClick={view.provision}>
            <Plus size={16} aria-hidden="true" /> {say('Provision')}
          </Button>
        ) : (
          <Button variant="soft" color="gray" disabled={!view.rotate} onClick={view.rotate}>
            <KeyRound size={16} aria-hidden="true" /> {say('Renew the password')}
          </Button>
        )}
        {removing === 'no' ? (
          <Button variant="soft" color="red" disabled={!view.remove} onClick={() => setRemoving('asked')}>
            <Trash2 size={16} aria-hidden="true" /> {say('Remove')}
          </Button>
        ) : (
          <>
            <Button
              color="red"
              disabled={!view.remove}
              onClick={() => {
                setRemoving('no')
                view.remove?.()
              }}
            >
              {say('Remove it from the platform')}
            </Button>
            <Button variant="soft" color="gray" onClick={() => setRemoving('no')}>
              {say('Keep it')}
            </Button>
          </>
        )}
      </div>
    </SettingsSection>
  )
}
