// The form of a new profile: its name and its server. It is in use as soon as it is made.
import { Button, TextField } from '@radix-ui/themes'
import { useState } from 'react'
import type { ErrorData } from '../../../common/kit/errors.ts'
import type { Environment } from '../../../common/model/settings.ts'
import { say } from '../../../common/words/say.ts'
import { Choice } from '../../components/Choice.tsx'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { Field } from '../../components/Field.tsx'
import { checkProfileName, type ProfilesView } from '../../view/profiles-view.ts'
import { environments } from '../../view/quickstart-view.ts'

interface Props {
  add: NonNullable<ProfilesView['add']>
  done: () => void
}

export function NewProfile({ add, done }: Props) {
  const [name, setName] = useState('')
  const [environment, setEnvironment] = useState<Environment>('custom')
  const [state, setState] = useState<'typing' | 'adding' | { error: ErrorData }>('typing')
  const wrong = name === '' ? undefined : checkProfileName(name)
  const ready = name.trim() !== '' && !wrong && state !== 'adding'
  const submit = async () => {
    if (!ready) return
    setState('adding')
    const error = await add(name, environment)
    if (error) setState({ error })
    else done()
  }
  const help = environments.find(({ value }) => value === environment)?.text
  return (
    <>
      <div className="pair">
        <Field label={say('Name of the new profile')} wrong={wrong}>
          {(ids) => (
            <TextField.Root
              {...ids}
              autoFocus
              placeholder={say('Office')}
              value={name}
              autoComplete="off"
              onChange={(event) => setName(event.target.value)}
              onKeyDown={(event) => event.key === 'Enter' && void submit()}
            />
          )}
        </Field>
        <Field label={say('Its server')} help={help && say(help)}>
          {(ids) => (
            <Choice
              {...ids}
              value={environment}
              options={environments.map(({ value, title }) => ({ value, label: title }))}
              onChoose={(value) => setEnvironment(value as Environment)}
            />
          )}
        </Field>
      </div>
      {typeof state === 'object' ? <ErrorNote error={state.error} /> : null}
      <div className="row">
        <Button disabled={!ready} loading={state === 'adding'} onClick={() => void submit()}>
          {say('Add and use it')}
        </Button>
        <Button variant="soft" color="gray" onClick={done}>
          {say('Cancel')}
        </Button>
      </div>
    </>
  )
}
