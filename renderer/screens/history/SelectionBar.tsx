// History: what can be done with several calls at once.
import { Button } from '@radix-ui/themes'
import { X } from 'lucide-react'
import { say } from '../../../common/words/say.ts'
import { useUi } from '../../state/companion.tsx'
import type { HistoryUi } from '../../view/history-view.ts'
import { TakeAlong } from './TakeAlong.tsx'

export function SelectionBar({ set }: { set(patch: Partial<HistoryUi>): void }) {
  const { selected, found } = useUi((one) => one.history)
  const all = found.status === 'ready' ? found.calls.map(({ id }) => id) : []
  return (
    <section className="history-selection card" aria-label={say('Selected calls')}>
      <strong>{say('{n, plural, one {# call} other {# calls}} selected', { n: selected.length })}</strong>
      {selected.length < all.length ? (
        <Button variant="ghost" onClick={() => set({ selected: all })}>
          {say('Select all {n, number}', { n: all.length })}
        </Button>
      ) : null}
      <TakeAlong ids={selected} set={set} />
      <Button variant="soft" color="gray" onClick={() => set({ selected: [] })}>
        <X size={16} aria-hidden="true" /> {say('None')}
      </Button>
    </section>
  )
}
