// Settings: the telephone numbers of the customer, and which of them calls come from.
import { Button } from '@radix-ui/themes'
import { RefreshCw } from 'lucide-react'
import { useEffect } from 'react'
import { say } from '../../../common/words/say.ts'
import { Choice } from '../../components/Choice.tsx'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { Field } from '../../components/Field.tsx'
import { SettingsSection } from '../../components/SettingsSection.tsx'
import { useActions, useApp } from '../../state/companion.tsx'
import { type NumbersView, toNumbers } from '../../view/numbers-view.ts'

export function NumbersSection() {
  const view = toNumbers(useApp(), useActions())
  const read = view?.read
  const unread = view?.unread === true
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once, when they are first shown
  useEffect(() => {
    if (unread) read?.()
  }, [unread])
  if (!view) return null
  return (
    <SettingsSection
      title="Numbers"
      text={say('The telephone numbers of this customer, and the one that calls show.')}
    >
      {view.closed ? <p className="field-hint">{view.closed}</p> : null}
      {view.source ? <Source view={view.source} /> : null}
      {view.summary ? <p className="field-hint">{view.summary}</p> : null}
      {view.numbers.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable with the keyboard
        <ul className="servers number-list" tabIndex={0} aria-label={say('Numbers')}>
          {view.numbers.map((own) => (
            <li key={own.id} data-usable={own.usable}>
              <span className="server-words">
                <span className="mono">{own.number}</span>
                {own.name ? <span className="card-note">{own.name}</span> : null}
              </span>
              <span className="card-note number-state">{own.state}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {view.error ? <ErrorNote error={view.error} /> : null}
      {view.busy || view.unread ? (
        <p className="field-hint">{say('Reading them from the platform …')}</p>
      ) : null}
      {view.read && !view.unread ? (
        <Button className="fit" variant="soft" color="gray" onClick={view.read}>
          <RefreshCw size={16} aria-hidden="true" /> {say('Read them again')}
        </Button>
      ) : null}
    </SettingsSection>
  )
}

function Source({ view }: { view: NonNullable<NumbersView['source']> }) {
  return (
    <Field
      label={say('Calls come from')}
      wrong={view.doubt}
      help={say(
        'When the platform places the call. What is dialled on the phone shows what the platform sets for the account.',
      )}
    >
      {(ids) => <Choice {...ids} value={view.value} options={view.options} onChoose={view.choose} />}
    </Field>
  )
}
