// Handing the call over: to whom, at once or after a word with them; and how it goes.
import { Button, IconButton, TextField, Tooltip } from '@radix-ui/themes'
import { X } from 'lucide-react'
import { type FormEvent, useEffect, useRef } from 'react'
import { say } from '../../../common/words/say.ts'
import { Words } from '../../components/ErrorNote.tsx'
import { Field } from '../../components/Field.tsx'
import { ToneIcon } from '../../components/ToneIcon.tsx'
import { useCompanion, useUi } from '../../state/companion.tsx'
import { type TransferOutcome as Outcome, type TransferView, whyNotTarget } from '../../view/transfer-view.ts'

export function TransferPanel({ view }: { view: TransferView }) {
  const { ui } = useCompanion()
  const to = useUi((one) => one.transferTo)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const wrong = whyNotTarget(to)
  const ready = to.trim() !== '' && !wrong
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) view.blind?.(to)
  }
  return (
    <form className="transfer-panel" onSubmit={submit}>
      <Field
        label={say('Transfer to')}
        help={wrong ?? say('An extension, a number with +, or a SIP address.')}
      >
        {(ids) => (
          <TextField.Root
            {...ids}
            ref={field}
            value={to}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => ui.setState({ transferTo: event.target.value })}
          />
        )}
      </Field>
      <div className="transfer-keys">
        <Tooltip content="Speak with them before; this call waits on hold">
          <Button
            type="button"
            variant="soft"
            disabled={!ready || !view.consult}
            onClick={() => view.consult?.(to)}
          >
            {say('Call first')}
          </Button>
        </Tooltip>
        <Tooltip content="They are sent there at once (Enter)">
          <Button type="submit" disabled={!ready || !view.blind}>
            {say('Transfer')}
          </Button>
        </Tooltip>
      </div>
    </form>
  )
}

export function TransferOutcome({ outcome }: { outcome: Outcome }) {
  const { ui } = useCompanion()
  const hidden = useUi((one) => one.hidden)
  const key = `${outcome.text} ${outcome.detail}`
  if (outcome.remedy && hidden === key) return null
  return (
    <div className="transfer-outcome" data-tone={outcome.tone} role="status">
      <ToneIcon tone={outcome.tone} />
      <p className="transfer-title">
        <strong>{outcome.text}</strong>
        {outcome.reason ? `: ${outcome.reason}` : null}
      </p>
      {outcome.remedy ? (
        <IconButton
          size="1"
          variant="ghost"
          color="gray"
          aria-label={say('Dismiss')}
          onClick={() => ui.setState({ hidden: key })}
        >
          <X size={16} />
        </IconButton>
      ) : null}
      {outcome.remedy ? (
        <div className="transfer-remedy">
          <p>
            <Words text={outcome.remedy} />
          </p>
          <p className="error-detail">{outcome.detail}</p>
        </div>
      ) : null}
    </div>
  )
}
