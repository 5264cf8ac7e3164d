// Under the error of a server that is not trusted: the way to trust it, with host and key to compare. Never one click.
import { Button } from '@radix-ui/themes'
import { ShieldAlert } from 'lucide-react'
import { useState } from 'react'
import type { ErrorData } from '../../common/kit/errors.ts'
import { say } from '../../common/words/say.ts'
import { useActions, useApp } from '../state/companion.tsx'
import { type TrustView, toTrust } from '../view/trust-view.ts'

interface Props {
  error: ErrorData
  /** What failed for it, once more. */
  retry?: (() => void) | undefined
}

export function TrustOffer({ error, retry }: Props) {
  const view = toTrust(useApp(), error, useActions())
  const [step, setStep] = useState<'offered' | 'asked' | 'saving'>('offered')
  if (view?.status === 'changed') {
    return (
      <p className="trust">
        {say(
          '{host} showed another key before. If its key was renewed, remove the old one under Settings, Certificates; if not, somebody may stand between you and it.',
          { host: view.host },
        )}
      </p>
    )
  }
  if (view?.status === 'trusted')
    return <p className="trust">{say('This key of {host} is trusted now.', { host: view.host })}</p>
  if (view?.status !== 'offered') return null
  if (step === 'offered') {
    return (
      <Button className="trust" size="1" variant="soft" color="red" onClick={() => setStep('asked')}>
        <ShieldAlert size={14} aria-hidden="true" />{' '}
        {say('Trust this certificate for {host}', { host: view.host })}
      </Button>
    )
  }
  const confirm = async () => {
    setStep('saving')
    const done = await view.trust()
    setStep('offered')
    if (done) retry?.()
  }
  return <Confirm view={view} busy={step === 'saving'} confirm={confirm} cancel={() => setStep('offered')} />
}

interface ConfirmProps {
  view: Extract<TrustView, { status: 'offered' }>
  busy: boolean
  confirm: () => Promise<void>
  cancel: () => void
}

function Confirm({ view, busy, confirm, cancel }: ConfirmProps) {
  return (
    <section className="trust trust-confirm" aria-label={say('Trust {host}', { host: view.host })}>
      <dl>
        <div>
          <dt>{say('Host')}</dt>
          <dd className="mono">{view.host}</dd>
        </div>
        {view.facts.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>{say('SHA-256 of its key')}</dt>
          <dd className="mono">{view.sha256}</dd>
        </div>
      </dl>
      <p>
        {say(
          'Compare it with the value that the server’s administrator gives you. Who pins the key of an attacker hands over access key and calls.',
        )}
      </p>
      <div className="row">
        <Button size="1" variant="soft" color="gray" disabled={busy} autoFocus onClick={cancel}>
          {say('Cancel')}
        </Button>
        <Button size="1" color="red" loading={busy} onClick={() => void confirm()}>
          {say('Equal: trust it')}
        </Button>
      </div>
    </section>
  )
}
