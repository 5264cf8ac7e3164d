// Settings: how long calls are kept, and forgetting all of them.
import { Button } from '@radix-ui/themes'
import { useState } from 'react'
import { phrase, say } from '../../../common/words/say.ts'
import { Choice } from '../../components/Choice.tsx'
import { Field } from '../../components/Field.tsx'
import { SettingsSection } from '../../components/SettingsSection.tsx'
import { useActions, useAppPart } from '../../state/companion.tsx'
import { RecordSettings } from './RecordSettings.tsx'

const usual = [
  { value: '7', label: phrase('{n, plural, one {# day} other {# days}}', { n: 7 }) },
  { value: '30', label: phrase('{n, plural, one {# day} other {# days}}', { n: 30 }) },
  { value: '90', label: phrase('{n, plural, one {# day} other {# days}}', { n: 90 }) },
  { value: '365', label: phrase('A year') },
  { value: '0', label: phrase('For ever') },
]

export function HistorySection() {
  const { settings } = useAppPart('settings')
  const actions = useActions()
  const [asking, setAsking] = useState(false)
  const days = String(settings.historyDays)
  const own = usual.some(({ value }) => value === days)
    ? []
    : [{ value: days, label: say('{n, plural, one {# day} other {# days}}', { n: settings.historyDays }) }]
  const removeAll = () => {
    setAsking(false)
    void actions.history.remove('all')
  }
  return (
    <SettingsSection
      title="History"
      text={say('Calls of this machine, with what was said in them. They stay here.')}
    >
      <Field
        label={say('Keep calls')}
        help={say('Older ones are deleted at the next start and once a day, flagged ones too.')}
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
      <RecordSettings />
      {asking ? (
        <div className="row">
          <span>{say('Delete all calls of all profiles for good?')}</span>
          <Button color="red" onClick={removeAll}>
            {say('Delete all')}
          </Button>
          <Button variant="soft" color="gray" onClick={() => setAsking(false)}>
            {say('Keep')}
          </Button>
        </div>
      ) : (
        <Button className="fit" variant="soft" color="gray" onClick={() => setAsking(true)}>
          {say('Delete all calls …')}
        </Button>
      )}
    </SettingsSection>
  )
}
