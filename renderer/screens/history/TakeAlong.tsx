// History: export in a format, copy, delete after a question; for one call or several.
import { Button } from '@radix-ui/themes'
import { Copy, Download, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { HistoryFormat } from '../../../common/model/history.ts'
import { say } from '../../../common/words/say.ts'
import { Choice } from '../../components/Choice.tsx'
import { useActions, useUi } from '../../state/companion.tsx'
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
      <fieldset className="history-actions" aria-label={say('Delete?')}>
        <span>
          {say('{n, plural, one {Delete this call} other {Delete # calls}} for good?', { n: ids.length })}
        </span>
        <Button color="red" onClick={() => void actions.history.remove(ids)}>
          {say('Delete')}
        </Button>
        <Button autoFocus variant="soft" color="gray" onClick={() => setAsking(undefined)}>
          {say('Keep')}
        </Button>
      </fieldset>
    )
  }
  return (
    <div className="history-actions">
      <Choice
        aria-label={say('Format')}
        value={format}
        options={formatOptions}
        onChoose={(value) => set({ format: value as HistoryFormat })}
      />
      <Button variant="soft" onClick={() => void actions.history.save(ids, format)}>
        <Download size={16} aria-hidden="true" /> {say('Export')}
      </Button>
      <Button variant="soft" color="gray" onClick={() => void actions.history.copy(ids)}>
        <Copy size={16} aria-hidden="true" /> {say('Copy')}
      </Button>
      <Button variant="soft" color="gray" onClick={() => setAsking(ids)}>
        <Trash2 size={16} aria-hidden="true" /> {say('Delete')}
      </Button>
    </div>
  )
}
