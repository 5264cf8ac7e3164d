// Moments of a call, one under the other: what, when and at which words; a click leads there.
import { IconButton } from '@radix-ui/themes'
import { Flag, Pin, X } from 'lucide-react'
import { say } from '../../common/words/say.ts'
import type { MomentRow } from '../view/moments-view.ts'

interface Props {
  rows: readonly MomentRow[]
  go(lineId: string): void
  remove(momentId: string): void
}

export function Moments({ rows, go, remove }: Props) {
  return (
    <ul className="moments" aria-label={say('Pinned and flagged')}>
      {rows.map((row) => (
        <li key={row.id} data-kind={row.kind}>
          <button
            type="button"
            className="moment"
            disabled={row.lineId === undefined}
            onClick={() => row.lineId !== undefined && go(row.lineId)}
          >
            {row.kind === 'pin' ? (
              <Pin size={14} aria-label={say('Pinned')} />
            ) : (
              <Flag size={14} aria-label={say('Flagged')} />
            )}
            <span className="moment-clock" dir="ltr">
              {row.clock}
            </span>
            <span className="moment-text" dir="auto">
              {row.text ?? say('This moment')}
            </span>
          </button>
          <IconButton
            size="1"
            variant="ghost"
            color="gray"
            aria-label={say('Remove from the list: {clock}', { clock: row.clock })}
            onClick={() => remove(row.id)}
          >
            <X size={14} />
          </IconButton>
        </li>
      ))}
    </ul>
  )
}
