// Settings: keys of servers whose certificate no authority of the system has signed.
import { Button, IconButton, TextField } from '@radix-ui/themes'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { say } from '../../../common/words/say.ts'
import { Field } from '../../components/Field.tsx'
import { SettingsSection } from '../../components/SettingsSection.tsx'
import { TextSetting } from '../../components/TextSetting.tsx'
import { useActions, useApp } from '../../state/companion.tsx'
import { checkText } from '../../view/settings-view.ts'
import { parsePin, toPins } from '../../view/trust-view.ts'

const none = { host: '', sha256: '' }

export function CertificatesSection() {
  const actions = useActions()
  const app = useApp()
  const { settings } = app
  const view = toPins(app, actions)
  const [draft, setDraft] = useState(none)
  const { pin, wrongHost, wrongKey } = parsePin(draft)
  const add = () => {
    if (!pin) return
    view.add(pin)
    setDraft(none)
  }
  const field = (name: 'host' | 'sha256', label: string, placeholder: string, wrong: string | undefined) => (
    <Field label={label} wrong={wrong}>
      {(ids) => (
        <TextField.Root
          {...ids}
          placeholder={placeholder}
          value={draft[name]}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
          onKeyDown={(event) => event.key === 'Enter' && add()}
        />
      )}
    </Field>
  )
  return (
    <SettingsSection
      title="Certificates"
      text={say(
        'For servers that the authorities of this system do not know: an authority of their own, or public keys trusted for one host each.',
      )}
    >
      <TextSetting
        label={say('Authorities of the server')}
        value={settings.caFile}
        placeholder={say('none: only those of this system')}
        help={say('A PEM file, such as /etc/voipbin/ca.pem. Counts for API, events and SIP of this profile.')}
        check={(text) => checkText('caFile', text)}
        save={(caFile) => actions.change({ caFile })}
      />
      {view.pins.length > 0 ? (
        <ul className="servers">
          {view.pins.map((one) => (
            <li key={`${one.pin.host} ${one.pin.sha256}`}>
              <span className="server-words">
                <span className="mono">{one.pin.host}</span>
                <span className="card-note mono">{one.pin.sha256}</span>
              </span>
              <IconButton
                variant="ghost"
                color="gray"
                size="1"
                aria-label={say('No longer trust this key for {host}', { host: one.pin.host })}
                onClick={one.remove}
              >
                <X size={16} />
              </IconButton>
            </li>
          ))}
        </ul>
      ) : (
        <p className="field-hint">{say('None: only servers that this system trusts.')}</p>
      )}
      <div className="pair">
        {field('host', say('Host'), 'api.example.com', wrongHost)}
        {field('sha256', say('SHA-256 of its public key, base64'), say('44 characters'), wrongKey)}
      </div>
      <p className="field-hint">
        {say(
          'The openssl line in docs/settings.md prints the value; run it on the server itself. A pinned key passes without any other check: who pins the key of an attacker hands over access key and calls.',
        )}
      </p>
      <Button className="fit" variant="soft" color="gray" disabled={!pin} onClick={add}>
        <Plus size={16} aria-hidden="true" /> {say('Add')}
      </Button>
    </SettingsSection>
  )
}
