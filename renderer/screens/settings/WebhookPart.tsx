// The customer's webhook: shown, changed after a second look, and put back with one press.

import { Button, TextField } from '@radix-ui/themes'
import { RefreshCw, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { type NewWebhook, type WebhookMethod, webhookMethods } from '../../../common/model/webhook.ts'
import { say } from '../../../common/words/say.ts'
import { Choice } from '../../components/Choice.tsx'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { Field } from '../../components/Field.tsx'
import { Sentence } from '../../components/Sentence.tsx'
import { useActions, useApp, useNow } from '../../state/companion.tsx'
import {
  parseWebhook,
  toWebhook,
  toWords,
  type WebhookDraft,
  type WebhookView,
} from '../../view/webhook-view.ts'

export function WebhookPart() {
  const view = toWebhook(useApp(), useActions(), useNow())
  if (!view) return null
  return (
    <div className="stack settings-part">
      <h3 className="part-title">{say('Webhook of the customer')}</h3>
      {view.closed ? <p className="field-hint">{view.closed}</p> : <Open view={view} />}
    </div>
  )
}

function Open({ view }: { view: WebhookView }) {
  return (
    <>
      <Known view={view} />
      {view.error ? <ErrorNote error={view.error} /> : null}
      {view.busy ? <p className="field-hint">{view.busy}</p> : null}
      {view.draft ? (
        <Change key={`${view.draft.method} ${view.draft.uri}`} start={view.draft} known={view.now} />
      ) : null}
      {view.fixed ? <p className="field-hint">{view.fixed}</p> : null}
      {view.look && !view.draft ? (
        <Button className="fit" variant="soft" color="gray" onClick={view.look}>
          <RefreshCw size={16} aria-hidden="true" /> {view.now ? say('Look again') : say('Show the webhook')}
        </Button>
      ) : null}
    </>
  )
}

function Known({ view: { now, before } }: { view: WebhookView }) {
  if (!now)
    return (
      <p className="field-hint">{say('One address for the whole customer, to which every event is sent.')}</p>
    )
  return (
    <dl className="facts wide">
      <div>
        <dt>{say('Now')}</dt>
        <dd>
          <span className={now.isAddress ? 'mono' : undefined}>{now.words}</span>
          {now.note ? <span className="card-note hook-note">{now.note}</span> : null}
        </dd>
      </div>
      {before ? (
        <div>
          <dt>{say('Before')}</dt>
          <dd>
            <span className={before.isAddress ? 'mono' : undefined}>{before.words}</span>
            <span className="card-note hook-note">{before.when}</span>
            {before.restore ? (
              <Button className="hook-restore" size="1" variant="soft" color="gray" onClick={before.restore}>
                <Undo2 size={14} aria-hidden="true" className="directed" /> {say('Put it back')}
              </Button>
            ) : null}
          </dd>
        </div>
      ) : null}
    </dl>
  )
}

function Change({ start, known }: { start: WebhookDraft; known: WebhookView['now'] }) {
  const { settings, receiver, account } = useApp()
  const actions = useActions()
  const [draft, setDraft] = useState(start)
  const [asked, setAsked] = useState<NewWebhook>()
  const parsed = parseWebhook(draft, settings.environment === 'practice')
  const isSame = draft.uri.trim() === start.uri && draft.method === start.method
  const local = receiver.status === 'listening' ? receiver.address : undefined
  const customer = (account.status === 'signedIn' && account.customerName) || say('this customer')
  const change = (next: Partial<WebhookDraft>) => {
    setAsked(undefined)
    setDraft({ ...draft, ...next })
  }
  return (
    <>
      <div className="pair hook-pair">
        <Field label={say('Address')} wrong={parsed.wrong} help={say('Empty stops the deliveries')}>
          {(ids) => (
            <TextField.Root
              {...ids}
              size="2"
              placeholder={say('https://your-server.example/voipbin/events')}
              value={draft.uri}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => change({ uri: event.target.value })}
            />
          )}
        </Field>
        <Field label={say('Method')}>
          {(ids) => (
            <Choice
              {...ids}
              value={draft.method}
              options={webhookMethods.map((value) => ({ value, label: value }))}
              onChoose={(method) => change({ method: method as WebhookMethod })}
            />
          )}
        </Field>
      </div>
      {parsed.hints.map((hint) => (
        <p className="hook-warning" key={hint}>
          {hint}
        </p>
      ))}
      {asked ? (
        <div className="stack hook-question" role="alert">
          <p>
            <Sentence
              text="Every event of {customer} will go to {address}, for everybody and for every program that gets them now ({before})."
              customer={customer}
              address={<strong>{toWords(asked)}</strong>}
              before={known?.words}
            />
          </p>
          <div className="row">
            <Button size="2" onClick={() => void actions.tryAsk('webhook.change', asked)}>
              {say('Change it for the whole customer')}
            </Button>
            <Button size="2" variant="soft" color="gray" onClick={() => setAsked(undefined)}>
              {say('Leave it')}
            </Button>
          </div>
        </div>
      ) : (
        <div className="row">
          <Button
            variant="soft"
            disabled={parsed.wanted === undefined || isSame}
            onClick={() => setAsked(parsed.wanted)}
          >
            {say('Change …')}
          </Button>
          {local && draft.uri !== local ? (
            <Button variant="soft" color="gray" onClick={() => change({ uri: local, method: 'POST' })}>
              {say('Use the receiver’s address')}
            </Button>
          ) : null}
        </div>
      )}
    </>
  )
}
