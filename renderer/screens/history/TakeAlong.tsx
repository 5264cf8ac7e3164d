// History: export in a format, copy, delete after a question; for one call or several.
import { Button } from '@radix-ui/themes'
import { Copy, Download, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { HistoryFormat } from '../../../common/model/history.ts'
import { Choice } from '../../components/Choice.tsx'
import { useActions, useUi } from '../../state/companion.tsx'
import { toCount } from '../../view/format.ts'
import { formatOptions, type HistoryUi } from '../../view/history-view.ts'

interface Props {
  ids: readonly string[]
  set(patch: Partial<HistoryUi>): void
}

export function TakeAlong({ ids, set }: Props) {
  const actions = useActions()
  const format = useUi((one) => one.history.format)
  const [asking, setAsking] = useState<readonly string[]>()
  if (asking === ids) {
    return (
      <fieldset className="history-actions" aria-label="Delete?">
        <span>Delete {ids.length === 1 ? 'this call' : toCount(ids.length, 'call')} for good?</span>
        <Button color="red" onClick={() => void actions.history.remove(ids)}>
          Delete
        </Button>
        <Button autoFocus variant="soft" color="gray" onClick={() => setAsking(undefined)}>
          Keep
        </Button>
      </fieldset>
    )
  }
  return (
    <div className="history-actions">
      <Choice
        aria-label="Format"
        value={format}
        options={formatOptions}
        onChoose={(value) => set({ format: value as HistoryFormat })}
      />
      <Button variant="soft" onClick={() => void actions.history.save(ids, format)}>
        <Download size={16} aria-hidden="true" /> Export
      </Button>
      <Button variant="soft" color="gray" onClick={() => void actions.history.copy(ids)}>
        <Copy size={16} aria-hidden="true" /> Copy
      </Button>
      <Button variant="soft" color="gray" onClick={() => setAsking(ids)}>
        <Trash2 size={16} aria-hidden="true" /> Delete
      </Button>
    </div>
  )
}
