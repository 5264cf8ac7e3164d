// Signing in again in place: the user name is there, and what runs goes on. Opens where the end of a sign-in is told.
import { Button } from '@radix-ui/themes'
import { LogIn } from 'lucide-react'
import { useState } from 'react'
import type { ErrorData } from '../../common/kit/errors.ts'
import { say } from '../../common/words/say.ts'
import { useActions, useAppPart } from '../state/companion.tsx'
import { type Credentials, toKnown, toSignIn } from '../view/credentials.ts'
import { ErrorNote } from './ErrorNote.tsx'
import { SignInFields } from './SignInFields.tsx'

export function SignInAgain({ start }: { start: 'open' | 'closed' }) {
  const actions = useActions()
  const { account } = useAppPart('account')
  const [shown, setShown] = useState(start)
  const [typed, setTyped] = useState<Credentials>()
  const [busy, setBusy] = useState<'no' | 'asking'>('no')
  const [failure, setFailure] = useState<ErrorData>()
  const credentials = typed ?? toKnown(account)
  const request = toSignIn(credentials)
  const submit = async () => {
    if (!request || busy === 'asking') return
    setBusy('asking')
    const error = await actions.tryAsk('account.renew', request)
    setBusy('no')
    setFailure(error)
    if (error) return
    setTyped(undefined)
    setShown('closed')
  }
  if (shown === 'closed') {
    return (
      <Button className="fit" variant="soft" onClick={() => setShown('open')}>
        <LogIn size={16} aria-hidden="true" className="directed" /> {say('Sign in again')}
      </Button>
    )
  }
  return (
    <div className="stack again">
      <SignInFields value={credentials} change={setTyped} submit={() => void submit()} />
      {failure ? <ErrorNote error={failure} retry={request && (() => void submit())} /> : null}
      <div className="row">
        <Button disabled={!request} loading={busy === 'asking'} onClick={() => void submit()}>
          {say('Sign in again')}
        </Button>
        {start === 'closed' ? (
          <Button variant="soft" color="gray" onClick={() => setShown('closed')}>
            {say('Later')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}
