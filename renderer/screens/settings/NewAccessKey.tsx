// Settings: a new access key. Its token is shown until it is put away.
import { Button, TextField } from '@radix-ui/themes'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { ErrorData } from '../../../common/kit/errors.ts'
import { say } from '../../../common/words/say.ts'
import { Choice } from '../../components/Choice.tsx'
import { CopyButton } from '../../components/CopyButton.tsx'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { Field } from '../../components/Field.tsx'
import { useActions, useCompanion, useUi } from '../../state/companion.tsx'
import { keyLives, noKey, parseNewKey } from '../../view/access-keys-view.ts'

export function NewAccessKey() {
  const actions = useActions()
  const [draft, setDraft] = useState(noKey)
  const [busy, setBusy] = useState<'no' | 'asking'>('no')
  const [failure, setFailure] = useState<ErrorData>()
  const { ui } = useCompanion()
  const token = useUi((one) => one.newKey)
  const request = parseNewKey(draft)
  const create = async () => {
    // Never twice: a second key would be made.
    if (!request || busy === 'asking') return
    setBusy('asking')
    const error = await actions.createAccessKey(request)
    setBusy('no')
    setFailure(error)
    if (!error) setDraft(noKey)
  }
  if (token !== undefined) return <Token token={token} putAway={() => ui.setState({ newKey: undefined })} />
  return (
    <>
      <div className="pair">
        <Field label={say('Name of a new key')}>
          {(ids) => (
            <TextField.Root
              {...ids}
              placeholder={say('what it is for')}
              value={draft.name}
              autoComplete="off"
              onChange={(event) => setDraft({ ...draft, name: event.target.value })}
              onKeyDown={(event) => event.key === 'Enter' && void create()}
            />
          )}
        </Field>
        <Field label={say('Expires after')}>
          {(ids) => (
            <Choice
              {...ids}
              value={draft.life}
              options={keyLives}
              onChoose={(life) => setDraft({ ...draft, life })}
            />
          )}
        </Field>
      </div>
      <label className="tick">
        <input
          type="checkbox"
          aria-label={say('Sign in here with it')}
          checked={draft.use}
          onChange={(event) => setDraft({ ...draft, use: event.target.checked })}
        />
        {say('Sign in here with it, instead of the present credential')}
      </label>
      {failure ? <ErrorNote error={failure} /> : null}
      <Button
        className="fit"
        variant="soft"
        color="gray"
        disabled={!request}
        loading={busy === 'asking'}
        onClick={() => void create()}
      >
        <Plus size={16} aria-hidden="true" /> {say('Create')}
      </Button>
    </>
  )
}

function Token({ token, putAway }: { token: string; putAway: () => void }) {
  return (
    <section className="token stack" aria-label={say('The new access key')}>
      <p>
        <strong>{say('This is the key. Copy it now: it will not be shown again.')}</strong>
      </p>
      <code className="mono token-text">{token}</code>
      <div className="row">
        <CopyButton text={() => token} />
        <Button variant="soft" color="gray" onClick={putAway}>
          {say('I have it')}
        </Button>
      </div>
    </section>
  )
}
