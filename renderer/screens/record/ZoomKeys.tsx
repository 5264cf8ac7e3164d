// Beneath the axis: where the cursor is, nearer and farther, and the event before and after.
import { IconButton } from '@radix-ui/themes'
import { ChevronLeft, ChevronRight, Maximize2, ZoomIn, ZoomOut } from 'lucide-react'
import { laneLabels, toStamp } from '../../../common/record/lanes.ts'
import { say } from '../../../common/words/say.ts'
import { type Cursor, type RecordBoard, toMoved } from '../../view/record-view.ts'

interface Props {
  board: RecordBoard
  cursor: Cursor
  move(next: Cursor): void
}

const keys = [
  { key: 'p', Icon: ChevronLeft },
  { key: 'n', Icon: ChevronRight },
  { key: '-', Icon: ZoomOut },
  { key: '+', Icon: ZoomIn },
  { key: '0', Icon: Maximize2 },
] as const

const labels = () => ({
  p: say('Event before (P)'),
  n: say('Next event (N)'),
  '-': say('Farther (−)'),
  '+': say('Nearer (+)'),
  '0': say('All of it (0)'),
})

export function ZoomKeys({ board, cursor, move }: Props) {
  const named = labels()
  return (
    <div className="record-keys">
      <span className="record-at mono">{toStamp(cursor.t)}</span>
      <span className="card-note">{say(laneLabels[cursor.lane])}</span>
      <span className="record-gap" />
      {keys.map(({ key, Icon }) => (
        <IconButton
          key={key}
          variant="ghost"
          color="gray"
          size="2"
          aria-label={named[key]}
          title={named[key]}
          onClick={() => move(toMoved(board, cursor, { key, shift: false, ctrl: false }) ?? cursor)}
        >
          <Icon size={16} />
        </IconButton>
      ))}
    </div>
  )
}
