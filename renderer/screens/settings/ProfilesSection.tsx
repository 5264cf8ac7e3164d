// Settings: several servers side by side, one in use.
import { Button } from '@radix-ui/themes'
import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { say } from '../../../common/words/say.ts'
import { Choice } from '../../components/Choice.tsx'
import { Field } from '../../components/Field.tsx'
import { SettingsSection } from '../../components/SettingsSection.tsx'
import { TextSetting } from '../../components/TextSetting.tsx'
import { useActions, useApp, usePhone } from '../../state/companion.tsx'
import { checkProfileName, type ProfilesView, toProfiles } from '../../view/profiles-view.ts'
import { NewProfile } from './NewProfile.tsx'

export function ProfilesSection() {
  const view = toProfiles(useApp(), usePhone(), useActions())
  const [adding, setAdding] = useState<'no' | 'yes'>('no')
  const { add, options } = view
  return (
    <SettingsSection
      title="Profiles"
      text={say(
        'One for each server you use. Server, sign-in, extension, certificates and voice belong to it; devices and appearance do not.',
      )}
    >
      {options ? (
        <div className="pair">
          <Field label={say('Profile in use')} help={view.blocked}>
            {(ids) => (
              <Choice
                {...ids}
                value={view.now.id}
                options={options}
                disabled={!view.use}
                onChoose={(id) => view.use?.(id)}
              />
            )}
          </Field>
          <TextSetting
            label={say('Its name')}
            value={view.now.name}
            check={checkProfileName}
            save={view.rename}
          />
        </div>
      ) : view.blocked ? (
        <p className="field-hint">{view.blocked}</p>
      ) : null}
      {adding === 'yes' && add ? (
        <NewProfile add={add} done={() => setAdding('no')} />
      ) : (
        <div className="row">
          <Button variant="soft" color="gray" disabled={!add} onClick={() => setAdding('yes')}>
            <Plus size={16} aria-hidden="true" /> {say('Add a profile')}
          </Button>
          {options ? <Remove key={view.now.id} view={view} /> : null}
        </div>
      )}
    </SettingsSection>
  )
}

function Remove({ view }: { view: ProfilesView }) {
  const [step, setStep] = useState<'offered' | 'asked'>('offered')
  if (step === 'offered') {
    return (
      <Button variant="soft" color="red" disabled={!view.remove} onClick={() => setStep('asked')}>
        <Trash2 size={16} aria-hidden="true" /> {say('Remove {name}', { name: view.now.name })}
      </Button>
    )
  }
  return (
    <>
      <Button color="red" disabled={!view.remove} onClick={view.remove}>
        {say('Remove it with its sign-in and passwords')}
      </Button>
      <Button variant="soft" color="gray" onClick={() => setStep('offered')}>
        {say('Keep it')}
      </Button>
    </>
  )
}
