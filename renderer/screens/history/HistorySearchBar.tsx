// History: the words to look for and what narrows the list; "/" and Ctrl+F lead here.
import { Kbd, TextField } from '@radix-ui/themes'
import { Search } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { say } from '../../../common/words/say.ts'
import { Choice } from '../../components/Choice.tsx'
import { useAppPart, useCompanion, useUi } from '../../state/companion.tsx'
import { type HistorySearch, type HistoryUi, type Period, periodOptions } from '../../view/history-view.ts'
import { toAriaKeys, toTip } from '../../view/keys.ts'

export function HistorySearchBar({ set }: { set(patch: Partial<HistoryUi>): void }) {
  const { profiles } = useAppPart('profiles')
  const { search, found } = useUi((one) => one.history)
  const field = useRef<HTMLInputElement>(null)
  const { ui } = useCompanion()
  const focus = useUi((one) => one.focus)
  useEffect(() => {
    if (focus !== 'history') return
    field.current?.focus()
    field.current?.select()
    ui.setState({ focus: undefined })
  }, [focus, ui])
  const change = (patch: Partial<HistorySearch>) => set({ search: { ...search, ...patch } })
  return (
    // biome-ignore lint/a11y/useSemanticElements: the element is too young for the browsers that run here
    <div className="history-bar" role="search">
      <TextField.Root
        ref={field}
        size="2"
        type="search"
        placeholder={say('Search calls and what was said')}
        aria-label={say('Search the history')}
        aria-keyshortcuts={toAriaKeys('history.search')}
        title={toTip(say('Search the history'), 'history.search')}
        value={search.text}
        onChange={(event) => change({ text: event.target.value })}
      >
        <TextField.Slot>
          <Search size={16} aria-hidden="true" />
        </TextField.Slot>
        {search.text === '' ? (
          <TextField.Slot aria-hidden="true">
            <Kbd>/</Kbd>
          </TextField.Slot>
        ) : null}
      </TextField.Root>
      <fieldset className="chips" aria-label={say('Only')}>
        <Chip label={say('Missed')} on={search.missed} toggle={() => change({ missed: !search.missed })} />
        <Chip
          label={say('Flagged')}
          on={search.flagged}
          toggle={() => change({ flagged: !search.flagged })}
        />
        {profiles.list.length > 1 ? (
          <Chip
            label={say('All profiles')}
            on={search.everywhere}
            toggle={() => change({ everywhere: !search.everywhere })}
          />
        ) : null}
      </fieldset>
      <Choice
        aria-label={say('Period')}
        value={search.period}
        options={periodOptions}
        onChoose={(period) => change({ period: period as Period })}
      />
      <span className="history-count" role="status">
        {found.status === 'ready' ? say('{n, plural, one {# call} other {# calls}}', { n: found.total }) : ''}
      </span>
    </div>
  )
}

function Chip({ label, on, toggle }: { label: string; on: boolean; toggle(): void }) {
  return (
    <button type="button" className="chip" aria-pressed={on} onClick={toggle}>
      {label}
    </button>
  )
}
