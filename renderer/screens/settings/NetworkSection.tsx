// Settings: the way to the SIP edge and through the network.
import { Button, IconButton, SegmentedControl, TextField } from '@radix-ui/themes'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { Field } from '../../components/Field.tsx'
import { SettingsSection } from '../../components/SettingsSection.tsx'
import { TextSetting } from '../../components/TextSetting.tsx'
import { useActions, useApp } from '../../state/companion.tsx'
import { checkText, parseIceServer } from '../../view/settings-view.ts'

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

function IceServers() {
  const { settings } = useApp()
  const actions = useActions()
  const [draft, setDraft] = useState({ urls: '', username: '' })
  const { server, wrong } = parseIceServer(draft)
  const servers = settings.iceServers
  const add = () => {
    if (!server) return
    actions.change({ iceServers: [...servers, server] })
    setDraft({ urls: '', username: '' })
  }
  return (
    <>
      <div className="field">
        <span className="field-label">STUN and TURN servers</span>
        {servers.length > 0 ? (
          <ul className="servers">
            {servers.map((one) => (
              <li key={`${one.urls} ${one.username ?? ''}`}>
                <span className="mono">{one.urls}</span>
                <span className="card-note">{one.username}</span>
                <IconButton
                  variant="ghost"
                  color="gray"
                  size="1"
                  aria-label={`Remove ${one.urls}`}
                  onClick={() => actions.change({ iceServers: servers.filter((other) => other !== one) })}
                >
                  <X size={16} />
                </IconButton>
              </li>
            ))}
          </ul>
        ) : (
          <p className="field-hint">None: direct paths only.</p>
        )}
      </div>
      <div className="pair">
        <Field label="Add a server" wrong={draft.urls === '' ? undefined : wrong}>
          {(ids) => (
            <TextField.Root
              {...ids}
              placeholder="stun:stun.example.com:3478"
              value={draft.urls}
              spellCheck={false}
              onChange={(event) => setDraft({ ...draft, urls: event.target.value })}
              onKeyDown={(event) => event.key === 'Enter' && add()}
            />
          )}
        </Field>
        <Field label="User name (TURN)">
          {(ids) => (
            <TextField.Root
              {...ids}
              value={draft.username}
              spellCheck={false}
              onChange={(event) => setDraft({ ...draft, username: event.target.value })}
              onKeyDown={(event) => event.key === 'Enter' && add()}
            />
          )}
        </Field>
      </div>
      <Button className="fit" variant="soft" color="gray" disabled={!server} onClick={add}>
        <Plus size={16} aria-hidden="true" /> Add
      </Button>
    </>
  )
}
