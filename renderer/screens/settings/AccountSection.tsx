// Settings: sign in and out, and what the platform knows about who is signed in.
import { Button } from '@radix-ui/themes'
import { Check, LogOut, Minus, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import type { ErrorData } from '../../../common/kit/errors.ts'
import { say } from '../../../common/words/say.ts'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { SettingsSection } from '../../components/SettingsSection.tsx'
import { SignInAgain } from '../../components/SignInAgain.tsx'
import { SignInFields } from '../../components/SignInFields.tsx'
import { useActions, useApp, useNow } from '../../state/companion.tsx'
import { type Credentials, toKnown, toSignIn } from '../../view/credentials.ts'
import { toAbilities, toAccount } from '../../view/settings-view.ts'
import { SignUpForm } from './SignUpForm.tsx'

export function AccountSection() {
  const view = toAccount(useApp(), useActions(), useNow())
  return (
    <SettingsSection
      title="Account"
      text={say('Who uses the platform from here, and where the secret is kept.')}
    >
      {view.status === 'signedIn' ? (
        <>
          <dl className="facts wide">
            {view.facts.map(({ label, value, mono }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd className={mono ? 'mono' : undefined}>{value}</dd>
              </div>
            ))}
          </dl>
          <Abilities />
          {view.trouble ? <ErrorNote error={view.trouble} /> : null}
          <div className="row top">
            {view.check ? (
              <Button variant="soft" onClick={view.check}>
                <RefreshCw size={16} aria-hidden="true" /> {say('Check again')}
              </Button>
            ) : null}
            {view.renewable ? <SignInAgain start="closed" /> : null}
            <Button variant="soft" color="gray" onClick={view.signOut}>
              <LogOut size={16} aria-hidden="true" className="directed" /> {say('Sign out')}
            </Button>
          </div>
        </>
      ) : view.status === 'expired' ? (
        <>
          {view.error ? <ErrorNote error={view.error} /> : null}
          <SignInAgain start="open" />
          <Button className="fit" variant="soft" color="gray" onClick={view.signOut}>
            <LogOut size={16} aria-hidden="true" className="directed" /> {say('Sign out')}
          </Button>
        </>
      ) : (
        <SignUpForm instead={<SignIn busy={view.status === 'signingIn'} shown={view.error} />} />
      )}
    </SettingsSection>
  )
}

/** Folded away: who wonders why something is missing looks here. */
function Abilities() {
  const rows = toAbilities(useApp())
  const allowed = rows.filter((row) => row.allowed).length
  return (
    <details className="abilities">
      <summary>
        {allowed === rows.length
          ? say('What this role may do: everything')
          : say('What this role may do: {allowed} of {n}', { allowed, n: rows.length })}
      </summary>
      <ul>
        {rows.map(({ text, allowed: yes }) => (
          <li key={text} data-allowed={yes}>
            {yes ? <Check size={16} aria-label={say('Yes:')} /> : <Minus size={16} aria-label={say('No:')} />}
            <span>{text}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function SignIn({ busy, shown }: { busy: boolean; shown: ErrorData | undefined }) {
  const actions = useActions()
  const { settings, account } = useApp()
  const [typed, setTyped] = useState<Credentials>()
  const credentials = typed ?? toKnown(account)
  const [failure, setFailure] = useState<ErrorData>()
  const practice = settings.environment === 'practice'
  const request = practice ? ({ by: 'stored' } as const) : toSignIn(credentials)
  const submit = async () => {
    if (!request) return
    const error = await actions.tryAsk('account.signIn', request)
    setFailure(error)
    if (!error) setTyped(undefined)
  }
  // The state has the failure of a sign-in too; what failed before it has not.
  const error = busy ? undefined : (shown ?? failure)
  return (
    <>
      {practice ? (
        <p className="plain">{say('The practice platform makes its own credentials at each start.')}</p>
      ) : (
        <SignInFields value={credentials} change={setTyped} submit={() => void submit()} />
      )}
      {error ? <ErrorNote error={error} retry={request && (() => void submit())} /> : null}
      <Button className="fit" disabled={!request || busy} loading={busy} onClick={() => void submit()}>
        {say('Sign in')}
      </Button>
    </>
  )
}
