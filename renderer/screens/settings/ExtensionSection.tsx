// Settings: this machine's extension on the platform.
import { Button } from '@radix-ui/themes'
import { KeyRound, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
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
      text="The telephone of this machine on the platform. It is made for you."
    >
      <TextSetting
        label="Name"
        value={app.settings.extension}
        placeholder={view.value ?? 'made up once and remembered'}
        help={view.outcome ? `${view.value}@${view.domain}, ${view.outcome}` : 'Not provisioned yet.'}
        check={(text) => checkText('extension', text)}
        save={(extension) => actions.change({ extension })}
      />
      {view.error ? <ErrorNote error={view.error} /> : null}
      {view.fixed ? <p className="field-hint">{view.fixed}</p> : null}
      <div className="row">
        {view.value === undefined ? (
          <Button disabled={!view.provision} loading={view.busy} onClick={view.provision}>
            <Plus size={16} aria-hidden="true" /> Provision
          </Button>
        ) : (
          <Button variant="soft" color="gray" disabled={!view.rotate} onClick={view.rotate}>
            <KeyRound size={16} aria-hidden="true" /> Renew the password
          </Button>
        )}
        {removing === 'no' ? (
          <Button variant="soft" color="red" disabled={!view.remove} onClick={() => setRemoving('asked')}>
            <Trash2 size={16} aria-hidden="true" /> Remove
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
              Remove it from the platform
            </Button>
            <Button variant="soft" color="gray" onClick={() => setRemoving('no')}>
              Keep it
            </Button>
          </>
        )}
      </div>
    </SettingsSection>
  )
}
