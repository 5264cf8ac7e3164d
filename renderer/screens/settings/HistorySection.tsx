// Settings: how long calls are kept, and forgetting all of them.
import { Button } from '@radix-ui/themes'
import { useState } from 'react'
import { Choice } from '../../components/Choice.tsx'
import { Field } from '../../components/Field.tsx'
import { SettingsSection } from '../../components/SettingsSection.tsx'
import { useActions, useAppPart } from '../../state/companion.tsx'

const usual = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
  { value: '0', label: 'For ever' },
]

export function HistorySection() {
  const { settings } = useAppPart('settings')
  const actions = useActions()
  const [asking, setAsking] = useState(false)
  const days = String(settings.historyDays)
  const own = usual.some(({ value }) => value === days) ? [] : [{ value: days, label: `${days} days` }]
  const removeAll = () => {
    setAsking(false)
    void actions.history.remove('all')
  }
  return (
    <SettingsSection
      title="History"
      text="Calls of this machine, with what was said in them. They stay here."
    >
      <Field
        label="Keep calls"
        help="Older ones are deleted at the next start and once a day, flagged ones too."
      >
        {(ids) => (
          <Choice
            {...ids}
            value={days}
            options={[...own, ...usual]}
            onChoose={(value) => actions.change({ historyDays: Number(value) })}
          />
        )}
      </Field>
      {asking ? (
        <div className="row">
          <span>Delete all calls of all profiles for good?</span>
          <Button color="red" onClick={removeAll}>
            Delete all
          </Button>
          <Button variant="soft" color="gray" onClick={() => setAsking(false)}>
            Keep
          </Button>
        </div>
      ) : (
        <Button className="fit" variant="soft" color="gray" onClick={() => setAsking(true)}>
          Delete all calls …
        </Button>
      )}
    </SettingsSection>
  )
}
