// Settings: whether flight records are kept, how long, and how much room they may take.
import { Switch } from '@radix-ui/themes'
import { phrase, say } from '../../../common/words/say.ts'
import { Choice } from '../../components/Choice.tsx'
import { Field } from '../../components/Field.tsx'
import { useActions, useAppPart } from '../../state/companion.tsx'

const rooms = [50, 200, 1_000, 5_000]
const spans = [
  { value: '7', label: phrase('{n, plural, one {# day} other {# days}}', { n: 7 }) },
  { value: '30', label: phrase('{n, plural, one {# day} other {# days}}', { n: 30 }) },
  { value: '90', label: phrase('{n, plural, one {# day} other {# days}}', { n: 90 }) },
  { value: '0', label: phrase('For ever') },
]

export function RecordSettings() {
  const { records } = useAppPart('settings').settings
  const actions = useActions()
  const change = (patch: Partial<typeof records>) => actions.change({ records: { ...records, ...patch } })
  const days = String(records.days)
  const own = spans.some(({ value }) => value === days)
    ? []
    : [{ value: days, label: say('{n, plural, one {# day} other {# days}}', { n: records.days }) }]
  const sizes = [...new Set([...rooms, records.megabytes])].sort((a, b) => a - b)
  return (
    <>
      <Field
        label={say('Keep flight records')}
        help={say(
          'What happened in a call, to be looked at afterwards: sound levels, messages, quality. No recording.',
        )}
      >
        {(ids) => <Switch {...ids} checked={records.keep} onCheckedChange={(keep) => change({ keep })} />}
      </Field>
      {records.keep ? (
        <div className="pair">
          <Field label={say('Keep records for')}>
            {(ids) => (
              <Choice
                {...ids}
                value={days}
                options={[...own, ...spans]}
                onChoose={(value) => change({ days: Number(value) })}
              />
            )}
          </Field>
          <Field label={say('Room for records')} help={say('When it is used up the oldest go first.')}>
            {(ids) => (
              <Choice
                {...ids}
                value={String(records.megabytes)}
                options={sizes.map((size) => ({
                  value: String(size),
                  label: say('{n, number} MB', { n: size }),
                }))}
                onChoose={(value) => change({ megabytes: Number(value) })}
              />
            )}
          </Field>
        </div>
      ) : null}
    </>
  )
}
