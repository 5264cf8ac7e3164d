// History: the lines of a call that was, from its beginning, only those in sight; above them what was pinned and flagged.
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import type { HistoryDetail } from '../../../common/model/history.ts'
import { say } from '../../../common/words/say.ts'
import { toCaptionStyle, useCaptionLook } from '../../components/caption-look.ts'
import { Moments } from '../../components/Moments.tsx'
import { TranscriptRow } from '../../components/TranscriptRow.tsx'
import { useActions } from '../../state/companion.tsx'
import { useLanguage } from '../../state/language.ts'
import { toMoments } from '../../view/moments-view.ts'
import { guessHeight, toNaming, toRow } from '../../view/transcript-view.ts'

const charsPerLine = 56

export function HistoryLines({ call, entries, spoken, moments }: HistoryDetail) {
  const scroller = useRef<HTMLElement>(null)
  const actions = useActions()
  const language = useLanguage()
  const look = useCaptionLook()
  const [chosen, choose] = useState<string>()
  const naming = useMemo(() => toNaming(entries, spoken, call.name, 'en'), [entries, spoken, call.name])
  const view = useMemo(
    () => toMoments(entries, moments, call.answeredAt),
    [entries, moments, call.answeredAt],
  )
  const list = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => guessHeight(entries[index], charsPerLine, look),
    getItemKey: (index) => entries[index]?.id ?? index,
    overscan: 6,
    initialRect: { width: 400, height: 600 },
  })
  const go = (lineId: string) => {
    choose(lineId)
    list.scrollToIndex(
      entries.findIndex(({ id }) => id === lineId),
      { align: 'center' },
    )
  }
  const remove = async (momentId: string) => {
    const error = await actions.ask('history.removeMoment', { id: call.id, momentId })
    if (!error) await actions.history.read(call.id)
  }
  return (
    <>
      {view.rows.length > 0 ? (
        <Moments rows={view.rows} go={go} remove={(momentId) => void remove(momentId)} />
      ) : null}
      {entries.length === 0 ? <p className="history-empty">{say('Nothing was written down.')}</p> : null}
      <section
        className="history-lines"
        ref={scroller}
        hidden={entries.length === 0}
        aria-label={say('Transcript')}
        data-wide={look.wide}
        style={toCaptionStyle(look)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable with the keyboard
        tabIndex={0}
      >
        <div className="history-space" style={{ height: list.getTotalSize() }}>
          {list.getVirtualItems().map((item) => {
            const entry = entries[item.index]
            return (
              <div
                className="history-slot transcript-slot"
                key={item.key}
                ref={list.measureElement}
                data-index={item.index}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <TranscriptRow
                  {...toRow(entries, item.index, naming)}
                  marks={entry && view.marks.get(entry.id)}
                  selected={entry?.id === chosen}
                  language={language}
                />
              </div>
            )
          })}
        </div>
      </section>
    </>
  )
}
