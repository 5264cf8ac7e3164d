// One row of a transcript: a line of one of the voices, or a gap; with what is pinned and flagged at it.
import { Ear, Flag, Keyboard, Mic, Pin, Unplug } from 'lucide-react'
import { memo } from 'react'
import type { Language } from '../../common/words/languages.ts'
import { say } from '../../common/words/say.ts'
import type { LineMarks } from '../view/moments-view.ts'
import { type RowView, toPieces } from '../view/transcript-view.ts'

const icons = { you: Mic, typed: Keyboard, them: Ear }
const marked = { pin: Pin, flag: Flag }

type Props = RowView & {
  marks?: LineMarks | undefined
  selected?: boolean
  /** In which its texts are said: another one draws it anew. */
  language: Language
}

export const TranscriptRow = memo(function TranscriptRow({ marks, selected, language: _, ...row }: Props) {
  if (row.kind === 'gap') {
    return (
      <p className="gap" data-open={row.open}>
        <Unplug size={14} aria-hidden="true" /> {row.text}
      </p>
    )
  }
  const Icon = icons[row.voice]
  return (
    <>
      <div
        className="line"
        data-voice={row.voice}
        data-first={row.first}
        data-interim={row.interim}
        data-selected={selected}
        data-id={row.id}
      >
        {row.first ? (
          <p className="line-head">
            <Icon size={14} aria-hidden="true" />
            <bdi className="line-name">{row.name}</bdi>
            <span className="line-clock" dir="ltr">
              {row.clock}
            </span>
          </p>
        ) : null}
        <p className="line-text" dir="auto" lang={row.lang}>
          {/* Each word is a text of its own: those that stay are not touched when others come. */}
          <span className="line-words">{row.settles ? toPieces(row.text) : row.text}</span>
          {row.interim ? <span className="line-more" role="img" aria-label={say('still speaking')} /> : null}
          {row.otherLanguage ? <span className="line-tag">{row.otherLanguage}</span> : null}
          {row.backfilled ? <span className="line-tag">{say('fetched later')}</span> : null}
          {marks?.own ? <OwnMarks own={marks.own} /> : null}
        </p>
      </div>
      {marks?.after.map(({ kind, clock }) => {
        const Mark = marked[kind]
        return (
          <p className="line-moment" key={kind + clock}>
            <Mark size={14} aria-hidden="true" />
            {kind === 'pin' ? say('Pinned at {clock}', { clock }) : say('Flagged at {clock}', { clock })}
          </p>
        )
      })}
    </>
  )
})

function OwnMarks({ own }: { own: string }) {
  return (
    <span className="line-marks">
      {own.includes('pin') ? <Pin size={13} aria-label={say('Pinned')} /> : null}
      {own.includes('flag') ? <Flag size={13} aria-label={say('Flagged')} /> : null}
    </span>
  )
}
