// The event under the cursor, with the text of its message; without one, those of the lane around it.
import { useEffect, useState } from 'react'
import type { RecordItem } from '../../../common/model/record.ts'
import { laneLabels, toStamp, toTitle, toTone } from '../../../common/record/lanes.ts'
import { say } from '../../../common/words/say.ts'
import { CopyButton } from '../../components/CopyButton.tsx'
import { useActions } from '../../state/companion.tsx'
import { toTook } from '../../view/format.ts'
import type { Cursor, RecordBoard } from '../../view/record-view.ts'

interface Props {
  board: RecordBoard
  cursor: Cursor
  imported: boolean
}

export function ItemDetail({ board, cursor, imported }: Props) {
  const place = cursor.item
  const item = place === undefined ? undefined : board.record.items[place]
  const body = useBody(board, place, imported)
  return (
    <section className="card record-item" aria-label={say('Event')}>
      <header className="card-head">
        <h2>{say(laneLabels[cursor.lane])}</h2>
        {item && body ? <CopyButton text={() => `${toTitle(item)}\n${body}`} /> : null}
      </header>
      {item ? <One item={item} body={body} /> : <Around board={board} cursor={cursor} />}
    </section>
  )
}

function One({ item, body }: { item: RecordItem; body: string | undefined }) {
  const took = 'ms' in item && item.ms !== undefined ? ` · ${toTook(item.ms)}` : ''
  return (
    <div className="record-one">
      <p data-tone={toTone(item)}>
        <bdi>{toTitle(item)}</bdi>
      </p>
      <p className="card-note mono">
        {toStamp(item.t)}
        {took}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable with the keyboard */}
      {body ? <pre tabIndex={0}>{body}</pre> : null}
    </div>
  )
}

const shown = 9

/** The last ones of the lane before the moment. */
function Around({ board, cursor }: Pick<Props, 'board' | 'cursor'>) {
  const places = board.byLane[cursor.lane].filter((place) => (board.record.items[place]?.t ?? 0) <= cursor.t)
  const last = places.slice(-shown)
  if (last.length === 0) return <p className="record-empty">{say('Nothing of this lane until then.')}</p>
  return (
    <ol className="record-around">
      {last.map((place) => {
        const item = board.record.items[place]
        return item ? (
          <li key={place} data-tone={toTone(item)}>
            <span className="mono">{toStamp(item.t)}</span> <bdi>{toTitle(item)}</bdi>
          </li>
        ) : null
      })}
    </ol>
  )
}

/** Of a record that is kept here texts are asked for when they are looked at. */
function useBody(board: RecordBoard, place: number | undefined, imported: boolean): string | undefined {
  const actions = useActions()
  const [fetched, setFetched] = useState<{ place: number; text: string }>()
  const item = place === undefined ? undefined : board.record.items[place]
  const own = item && 'body' in item ? item.body : undefined
  const wanted = place !== undefined && own === undefined && !imported && board.withBody.has(place)
  const { id } = board.record.about
  useEffect(() => {
    if (!wanted || place === undefined) return
    let left = false
    void actions.record.body(id, place).then((text) => {
      if (!left) setFetched({ place, text })
    })
    return () => {
      left = true
    }
  }, [wanted, place, id, actions])
  return own ?? (fetched?.place === place ? fetched?.text : undefined)
}
