// The fields of a sign-in: an access key, a user name and password, or a token.
import { SegmentedControl, TextField } from '@radix-ui/themes'
import { say } from '../../common/words/say.ts'
import type { Credentials } from '../view/credentials.ts'
import { Field } from './Field.tsx'

interface Props {
  value: Credentials
  change: (value: Credentials) => void
  submit: () => void
}

export function SignInFields({ value, change, submit }: Props) {
  const text = (name: 'accessKey' | 'username' | 'password' | 'token', label: string, secret: boolean) => (
    <Field label={label}>
      {(ids) => (
        <TextField.Root
          {...ids}
          size="2"
          type={secret ? 'password' : 'text'}
          value={value[name]}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => change({ ...value, [name]: event.target.value })}
          onKeyDown={(event) => event.key === 'Enter' && submit()}
        />
      )}
    </Field>
  )
  return (
    <div className="stack">
      <SegmentedControl.Root
        size="2"
        value={value.by}
        aria-label={say('Sign in with')}
        onValueChange={(by) => change({ ...value, by: by as Credentials['by'] })}
      >
        <SegmentedControl.Item value="accessKey">{say('Access key')}</SegmentedControl.Item>
        <SegmentedControl.Item value="password">{say('Password')}</SegmentedControl.Item>
        <SegmentedControl.Item value="token">{say('Token')}</SegmentedControl.Item>
      </SegmentedControl.Root>
      {value.by === 'accessKey' ? text('accessKey', say('Access key'), true) : null}
      {value.by === 'token' ? text('token', say('Bearer token'), true) : null}
      {value.by === 'password' ? (
        <div className="pair">
          {text('username', say('User name'), false)}
          {text('password', say('Password'), true)}
        </div>
      ) : null}
    </div>
  )
}
