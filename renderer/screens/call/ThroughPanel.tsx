// What is asked before a call from an own number: which one, and whether it is meant.
import { Button } from '@radix-ui/themes'
import { PhoneOutgoing } from 'lucide-react'
import { useEffect, useState } from 'react'
import { say } from '../../../common/words/say.ts'
import { Choice } from '../../components/Choice.tsx'
import { Field } from '../../components/Field.tsx'
import { useActions, useAppPart, useCompanion, useUi } from '../../state/companion.tsx'
import type { NumberRules } from '../../view/dial-view.ts'
import { toThrough } from '../../view/through-view.ts'

interface Props {
  /** E.164. */
  number: string | undefined
  rules: NumberRules | undefined
}

export function ThroughPanel({ number, rules }: Props) {
  const { ui } = useCompanion()
  const actions = useActions()
  const app = useAppPart('account', 'numbers', 'settings', 'extension')
  const placing = useUi((one) => one.placing)
  const [chosen, setChosen] = useState('')
  const [balance, setBalance] = useState<{ credit: number } | null>()
  useEffect(() => {
    // The list says itself what is wrong with it.
    void actions.tryAsk('number.list', {})
    void actions.balance().then(setBalance)
  }, [actions])
  const view = toThrough(app, number, chosen, balance, actions, rules)
  return (
    <section className="through" aria-label={say('Call from one of your numbers')}>
      <Field label={say('They see')} help={view.cost} wrong={number === undefined ? undefined : view.reason}>
        {(ids) => (
          <Choice
            {...ids}
            value={view.from}
            disabled={view.numbers.length === 0}
            options={view.numbers}
            onChoose={setChosen}
          />
        )}
      </Field>
      <ol>
        {view.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <div className="through-keys">
        <Button type="button" variant="soft" color="gray" onClick={() => ui.setState({ through: false })}>
          {say('Cancel')}
        </Button>
        <Button type="button" disabled={!view.call || placing} title={view.reason} onClick={view.call}>
          <PhoneOutgoing size={16} aria-hidden="true" /> {say('Call through the platform')}
        </Button>
      </div>
    </section>
  )
}
