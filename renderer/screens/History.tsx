// History: calls that were; searched, read again, marked, taken along, deleted.
import { Button, VisuallyHidden } from '@radix-ui/themes'
import { useCallback, useEffect } from 'react'
import { say } from '../../common/words/say.ts'
import { ErrorNote } from '../components/ErrorNote.tsx'
import { useActions, useAppPart, useCompanion, useUi } from '../state/companion.tsx'
import {
  type HistoryUi,
  initialSearch,
  isSearching,
  toKeptText,
  toMore,
  toNews,
} from '../view/history-view.ts'
import { CallDetail } from './history/CallDetail.tsx'
import { CallList } from './history/CallList.tsx'
import { HistorySearchBar } from './history/HistorySearchBar.tsx'
import { SelectionBar } from './history/SelectionBar.tsx'

/** Whoever types is not asked for at each letter. */
const typingMs = 120

export function History() {
  const { ui } = useCompanion()
  const actions = useActions()
  const { history, settings, profiles, account } = useAppPart('history', 'settings', 'profiles', 'account')
  const customer = account.status === 'signedIn' ? account.customerId : ''
  const { search, found, open, selected, told } = useUi((one) => one.history)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision says that there is news
  useEffect(() => {
    const timer = setTimeout(() => void actions.history.find(), search.text === '' ? 0 : typingMs)
    return () => clearTimeout(timer)
  }, [search, history.revision, profiles.now, customer, actions])
  const news = toNews(found, open, history.revision)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is known of the call says that there is news
  useEffect(() => {
    if (open !== undefined) void actions.history.read(open)
  }, [open, news, actions])
  const set = useCallback(
    (patch: Partial<HistoryUi>) => ui.setState((now) => ({ history: { ...now.history, ...patch } })),
    [ui],
  )
  return (
    <div className="screen history" data-detail={open !== undefined}>
      <VisuallyHidden asChild>
        <h1>{say('History')}</h1>
      </VisuallyHidden>
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
  if (found.status === 'loading') return <p className="history-empty">{say('Looking …')}</p>
  if (found.status === 'failed') {
    return (
      <div className="history-empty">
        <ErrorNote error={found.error} />
        <Button variant="soft" onClick={() => void actions.history.find()}>
          {say('Look again')}
        </Button>
      </div>
    )
  }
  if (found.calls.length === 0) {
    return isSearching(search) ? (
      <div className="history-empty">
        <p>{say('No call matches.')}</p>
        <Button
          variant="soft"
          onClick={() => set({ search: { ...initialSearch, everywhere: search.everywhere } })}
        >
          {say('Show all')}
        </Button>
      </div>
    ) : (
      <p className="history-empty">
        {say('No calls yet. Each one will stand here with what was said, also after a crash.')}
      </p>
    )
  }
  const more = toMore(search.limit, found.calls.length, found.total)
  return (
    <>
      <CallList calls={found.calls} words={search.text} set={set} />
      {more ? (
        <Button
          className="history-more"
          variant="ghost"
          onClick={() => set({ search: { ...search, limit: more.limit } })}
        >
          {say('Show {count, plural, one {# earlier call} other {# earlier calls}} of {left, number}', {
            count: more.count,
            left: found.total - found.calls.length,
          })}
        </Button>
      ) : null}
    </>
  )
}
