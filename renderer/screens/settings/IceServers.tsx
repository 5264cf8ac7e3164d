// The STUN and TURN servers of the network settings; a TURN password goes into the key store and never comes back.
import { Button, IconButton, TextField } from '@radix-ui/themes'
import { KeyRound, Plus, X } from 'lucide-react'
import { useState } from 'react'
import { say } from '../../../common/words/say.ts'
import { Field } from '../../components/Field.tsx'
import { useActions, useApp } from '../../state/companion.tsx'
import { type IceServerView, toIceServers } from '../../view/ice-view.ts'
import { parseIceServer } from '../../view/settings-view.ts'

const none = { urls: '', username: '', password: '' }

export function IceServers() {
  const view = toIceServers(useApp(), useActions())
  const [draft, setDraft] = useState(none)
  const { server, wrong } = parseIceServer(draft)
  const isTurn = /^turns?:/.test(draft.urls.trim())
  const add = async () => {
    if (server && (await view.add(server, isTurn ? draft.password : ''))) setDraft(none)
  }
  const field = (name: keyof typeof none, label: string, placeholder?: string) => (
    <Field label={label} wrong={name === 'urls' && draft.urls !== '' ? wrong : undefined}>
      {(ids) => (
        <TextField.Root
          {...ids}
          type={name === 'password' ? 'password' : 'text'}
          {...(placeholder === undefined ? {} : { placeholder })}
          value={draft[name]}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
          onKeyDown={(event) => event.key === 'Enter' && void add()}
        />
      )}
    </Field>
  )
  return (
    <>
      <div className="field">
        <span className="field-label">{say('STUN and TURN servers')}</span>
        {view.servers.length > 0 ? (
          <ul className="servers">
            {view.servers.map((one) => (
              <Server key={one.key} server={one} />
            ))}
          </ul>
        ) : (
          <p className="field-hint">{say('None: direct paths only.')}</p>
        )}
      </div>
      {field('urls', say('Add a server'), 'stun:stun.example.com:3478')}
      {isTurn ? (
        <div className="pair">
          {field('username', say('User name'))}
          {field('password', say('Password'))}
        </div>
      ) : null}
      <Button className="fit" variant="soft" color="gray" disabled={!server} onClick={() => void add()}>
        <Plus size={16} aria-hidden="true" /> {say('Add')}
      </Button>
    </>
  )
}

function Server({ server }: { server: IceServerView }) {
  const [asked, setAsked] = useState<'no' | 'password'>('no')
  const name = server.username
    ? say('{urls} for {username}', { urls: server.urls, username: server.username })
    : server.urls
  return (
    <li>
      <span className="server-words">
        <span className="mono">{server.urls}</span>
        {server.note ? (
          <span className="card-note" data-password={server.password}>
            {server.note}
          </span>
        ) : null}
        {asked === 'password' ? <Password server={server} done={() => setAsked('no')} /> : null}
      </span>
      {server.keepPassword ? (
        <IconButton
          variant="ghost"
          color="gray"
          size="1"
          aria-label={say('Password of {name}', { name })}
          aria-expanded={asked === 'password'}
          onClick={() => setAsked(asked === 'no' ? 'password' : 'no')}
        >
          <KeyRound size={16} />
        </IconButton>
      ) : null}
      <IconButton
        variant="ghost"
        color="gray"
        size="1"
        aria-label={say('Remove {name}', { name })}
        onClick={server.remove}
      >
        <X size={16} />
      </IconButton>
    </li>
  )
}

function Password({ server, done }: { server: IceServerView; done: () => void }) {
  const [text, setText] = useState('')
  const keep = async (password: string) => {
    if (await server.keepPassword?.(password)) done()
  }
  return (
    <span className="row">
      <TextField.Root
        type="password"
        size="1"
        aria-label={say('New password for {username}', { username: server.username ?? '' })}
        placeholder={say('New password')}
        value={text}
        autoComplete="off"
        autoFocus
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && text !== '') void keep(text)
          if (event.key === 'Escape') done()
        }}
      />
      <Button size="1" disabled={text === ''} onClick={() => void keep(text)}>
        {say('Keep')}
      </Button>
      {server.password === 'kept' ? (
        <Button size="1" variant="soft" color="gray" onClick={() => void keep('')}>
          {say('Forget')}
        </Button>
      ) : null}
    </span>
  )
}
