// Settings: the customer's access keys, for administrators.
import { Badge, Button } from '@radix-ui/themes'
import { KeyRound, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { say } from '../../../common/words/say.ts'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { SettingsSection } from '../../components/SettingsSection.tsx'
import { useActions, useApp, useNow } from '../../state/companion.tsx'
import { type AccessKeyView, toAccessKeys } from '../../view/access-keys-view.ts'
import { NewAccessKey } from './NewAccessKey.tsx'

export function AccessKeysSection() {
  const view = toAccessKeys(useApp(), useActions(), useNow())
  if (!view) return null
  return (
    <SettingsSection
      title="Access keys"
      text={say('Secrets that let a program act as administrator of this customer.')}
    >
      {view.closed ? <p className="field-hint">{view.closed}</p> : null}
      {view.keys.length > 0 ? (
        <ul className="servers">
          {view.keys.map((key) => (
            <KeyRow key={key.id} view={key} />
          ))}
        </ul>
      ) : null}
      {view.error ? <ErrorNote error={view.error} /> : null}
      {view.show ? (
        <Button className="fit" variant="soft" color="gray" onClick={view.show}>
          <KeyRound size={16} aria-hidden="true" /> {say('Show the access keys')}
        </Button>
      ) : null}
      {view.busy ? <p className="field-hint">{say('Reading them from the platform …')}</p> : null}
      {view.closed ? null : <NewAccessKey />}
    </SettingsSection>
  )
}

function KeyRow({ view }: { view: AccessKeyView }) {
  const [asked, setAsked] = useState<'no' | 'yes'>('no')
  return (
    <li className="key-row" data-ended={view.ended}>
      <span className="server-words">
        <span>
          {view.name} {view.inUse ? <Badge color="green">{say('in use here')}</Badge> : null}
          {view.ended ? <Badge color="gray">{say('expired')}</Badge> : null}
        </span>
        <span className="card-note mono">{view.facts}</span>
        {view.fixed ? <span className="card-note">{view.fixed}</span> : null}
        {asked === 'yes' ? (
          <span className="stack key-question" role="alert">
            {view.follows}
            <span className="row">
              <Button
                color="red"
                size="1"
                onClick={() => {
                  setAsked('no')
                  view.remove?.()
                }}
              >
                {say('Delete {name}', { name: view.name })}
              </Button>
              <Button variant="soft" color="gray" size="1" onClick={() => setAsked('no')}>
                {say('Keep it')}
              </Button>
            </span>
          </span>
        ) : null}
      </span>
      {view.remove && asked === 'no' ? (
        <Button
          variant="soft"
          color="red"
          size="1"
          aria-label={say('Delete the access key {name}', { name: view.name })}
          onClick={() => setAsked('yes')}
        >
          <Trash2 size={14} aria-hidden="true" /> {say('Delete')}
        </Button>
      ) : null}
    </li>
  )
}
