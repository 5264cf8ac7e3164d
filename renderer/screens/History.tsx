// History: calls that were; searched, read again, marked, taken along, deleted.
import { Button } from '@radix-ui/themes'
import { useEffect } from 'react'
import { ErrorNote } from '../components/ErrorNote.tsx'
import { useActions, useAppPart, useCompanion, useUi } from '../state/companion.tsx'
import { toCount } from '../view/format.ts'
import { firstLimit, type HistoryUi, initialSearch, isSearching, toKeptText } from '../view/history-view.ts'
import { CallDetail } from './history/CallDetail.tsx'
import { CallList } from './history/CallList.tsx'
import { HistorySearchBar } from './history/HistorySearchBar.tsx'
import { SelectionBar } from './history/SelectionBar.tsx'

/** Whoever types is not asked for at each letter. */
const typingMs = 120

export function History() {
  const { ui } = useCompanion()
  const actions = useActions()
  const { history, settings, profiles } = useAppPart('history', 'settings', 'profiles')
  const { search, found, open, selected, told } = useUi((one) => one.history)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision says that there is news
  useEffect(() => {
    const timer = setTimeout(() => void actions.history.find(), search.text === '' ? 0 : typingMs)
    return () => clearTimeout(timer)
  }, [search, history.revision, profiles.now, actions])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision says that there is news
  useEffect(() => {
    if (open !== undefined) void actions.history.read(open)
  }, [open, history.revision, actions])
  const set = (patch: Partial<HistoryUi>) => ui.setState((now) => ({ history: { ...now.history, ...patch } }))
  return (
    <div className="screen history" data-detail={open !== undefined}>
      <HistorySearchBar set={set} />
      {selected.length > 0 ? <SelectionBar set={set} /> : null}
      <div className="history-body card">
        <div className="history-side">
          <Found found={found} search={search} set={set} />
          <p className="history-foot">
            <span role="status">{told ?? toKeptText(history.kept, history.why, settings.historyDays)}</span>
          </p>
        </div>
        {open === undefined ? null : <CallDetail set={set} />}
      </div>
    </div>
  )
}

interface FoundProps extends Pick<HistoryUi, 'found' | 'search'> {
  set(patch: Partial<HistoryUi>): void
}

function Found({ found, search, set }: FoundProps) {
  const actions = useActions()
  if (found.status === 'loading') return <p className="history-empty">Looking …</p>
  if (found.status === 'failed') {
    return (
      <div className="history-empty">
        <ErrorNote error={found.error} />
        <Button variant="soft" onClick={() => void actions.history.find()}>
          Look again
        </Button>
      </div>
    )
  }
  if (found.calls.length === 0) {
    return isSearching(search) ? (
      <div className="history-empty">
        <p>No call matches.</p>
        <Button
          variant="soft"
          onClick={() => set({ search: { ...initialSearch, everywhere: search.everywhere } })}
        >
          Show all
        </Button>
      </div>
    ) : (
      <p className="history-empty">
        No calls yet. Each one will stand here with what was said, also after a crash.
      </p>
    )
  }
  const more = found.total - found.calls.length
  return (
    <>
      <CallList calls={found.calls} words={search.text} set={set} />
      {more > 0 ? (
        <Button
          className="history-more"
          variant="ghost"
          onClick={() => set({ search: { ...search, limit: search.limit + firstLimit * 2 } })}
        >
          Show {toCount(Math.min(more, firstLimit * 2), 'earlier call')} of {more.toLocaleString('en-GB')}
        </Button>
      ) : null}
    </>
  )
}
