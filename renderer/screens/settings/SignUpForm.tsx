// Settings: making an account. One form; then the digits of an e-mail where the server asks for them.

import { Button, TextField } from '@radix-ui/themes'
import { Mail, UserPlus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { RequestInput } from '../../../common/bridge/table.ts'
import { say } from '../../../common/words/say.ts'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { Field } from '../../components/Field.tsx'
import { Sentence } from '../../components/Sentence.tsx'
import { useActions, useApp } from '../../state/companion.tsx'
import {
  isEmail,
  type NewAccount,
  noAccount,
  parseNewAccount,
  type SignUpView,
  toCode,
  toSignUp,
} from '../../view/sign-up-view.ts'

/** `instead` is what stands here as long as nobody makes an account. */
export function SignUpForm({ instead }: { instead: ReactNode }) {
  const view = toSignUp(useApp())
  const actions = useActions()
  const [opened, setOpened] = useState<'no' | 'yes'>('no')
  const [account, setAccount] = useState(noAccount)
  const request = parseNewAccount({ ...account, email: account.email || view.email })
  const leave = () => {
    setOpened('no')
    void actions.tryAsk('signUp.leave', {})
  }
  if (view.step === 'done') return instead
  if (view.step === 'closed' && opened === 'no') {
    return (
      <>
        {instead}
        <Button className="fit" variant="ghost" onClick={() => setOpened('yes')}>
          <UserPlus size={16} aria-hidden="true" /> {say('No account yet? Create one')}
        </Button>
      </>
    )
  }
  // The code once more is the same request: the address counts, and the terms were accepted with it.
  const resend = { email: view.email, name: account.name.trim(), acceptedTerms: true } as const
  return (
    <section className="stack" aria-label={say('Create an account')}>
      <h3 className="field-label">{say('Create an account')}</h3>
      {view.step === 'code' ? (
        <CodeForm view={view} resend={resend} leave={leave} />
      ) : (
        <AccountForm view={view} account={account} change={setAccount} request={request} leave={leave} />
      )}
      {view.hint ? <p className="field-hint">{view.hint}</p> : null}
    </section>
  )
}

interface AccountProps {
  view: SignUpView
  account: NewAccount
  change(account: NewAccount): void
  request: RequestInput<'signUp.start'> | undefined
  leave(): void
}

function AccountForm({ view, account, change, request, leave }: AccountProps) {
  const actions = useActions()
  const email = account.email || view.email
  const submit = () => {
    if (request && !view.busy) void actions.tryAsk('signUp.start', request)
  }
  const wrong =
    account.email !== '' && !isEmail(account.email) ? say('Not a whole e-mail address yet') : undefined
  return (
    <>
      <div className="pair">
        <Field label={say('E-mail address')} wrong={wrong}>
          {(ids) => (
            <TextField.Root
              {...ids}
              type="email"
              value={email}
              autoComplete="off"
              onChange={(event) => change({ ...account, email: event.target.value })}
              onKeyDown={(event) => event.key === 'Enter' && submit()}
            />
          )}
        </Field>
        <Field label={say('Name of you or your company')}>
          {(ids) => (
            <TextField.Root
              {...ids}
              value={account.name}
              autoComplete="off"
              onChange={(event) => change({ ...account, name: event.target.value })}
              onKeyDown={(event) => event.key === 'Enter' && submit()}
            />
          )}
        </Field>
      </div>
      <label className="tick">
        <input
          type="checkbox"
          aria-label={say('I accept the terms of service')}
          checked={account.accepted}
          onChange={(event) => change({ ...account, accepted: event.target.checked })}
        />
        {say('I accept the terms of service of the operator of this server')}
      </label>
      {view.error && !view.busy ? <ErrorNote error={view.error} /> : null}
      <div className="row">
        <Button disabled={!request} loading={view.busy} onClick={submit}>
          {say('Create the account')}
        </Button>
        {view.mayBeKnown ? <NewPassword email={view.email} /> : null}
        <Button variant="soft" color="gray" onClick={leave}>
          {say('Sign in instead')}
        </Button>
      </div>
    </>
  )
}

function NewPassword({ email }: { email: string }) {
  const actions = useActions()
  const [sent, setSent] = useState<'no' | 'yes'>('no')
  const ask = async () => {
    const error = await actions.ask('account.forgotPassword', { email })
    if (!error) setSent('yes')
  }
  if (sent === 'yes')
    return <p className="field-hint">{say('If it has an account, the e-mail is on its way.')}</p>
  return (
    <Button variant="soft" onClick={() => void ask()}>
      <Mail size={16} aria-hidden="true" /> {say('Send me a link for a new password')}
    </Button>
  )
}

interface CodeProps {
  view: SignUpView
  resend: RequestInput<'signUp.start'>
  leave(): void
}

function CodeForm({ view, resend, leave }: CodeProps) {
  const actions = useActions()
  const [code, setCode] = useState('')
  const submit = () => {
    if (code.length === 6 && !view.busy) void actions.tryAsk('signUp.confirm', { code })
  }
  return (
    <>
      <p className="plain">
        <Sentence
          text="An e-mail with six digits is on its way to {email}."
          email={<strong dir="ltr">{view.email}</strong>}
        />
      </p>
      <Field label={say('Six digits')}>
        {(ids) => (
          <TextField.Root
            {...ids}
            className="code-field"
            inputMode="numeric"
            autoComplete="one-time-code"
            value={code}
            onChange={(event) => setCode(toCode(event.target.value))}
            onKeyDown={(event) => event.key === 'Enter' && submit()}
          />
        )}
      </Field>
      {view.error && !view.busy ? <ErrorNote error={view.error} /> : null}
      <div className="row">
        <Button disabled={code.length !== 6} loading={view.busy} onClick={submit}>
          {say('Confirm')}
        </Button>
        <Button
          variant="soft"
          disabled={view.busy}
          onClick={() => {
            setCode('')
            void actions.tryAsk('signUp.start', resend)
          }}
        >
          <Mail size={16} aria-hidden="true" /> {say('Send another code')}
        </Button>
        <Button variant="soft" color="gray" onClick={leave}>
          {say('Give up')}
        </Button>
      </div>
    </>
  )
}
