// The conversation of a call: its transcript with everything to read it by, and the speak panel.
import { memo, useCallback, useMemo } from 'react'
import type { TranscriptEntry, TranscriptLine } from '../../../../common/model/transcript.ts'
import { say } from '../../../../common/words/say.ts'
import { SpeakPanel } from '../../../components/SpeakPanel.tsx'
import { SpokenLog } from '../../../components/SpokenLog.tsx'
import { TranscriptList } from '../../../components/TranscriptList.tsx'
import { useActions, useAppPart, useCompanion, useCopy, usePhone, useUi } from '../../../state/companion.tsx'
import { useLanguage } from '../../../state/language.ts'
import { useNaming } from '../../../state/naming.ts'
import { toMoments } from '../../../view/moments-view.ts'
import { toSpeak } from '../../../view/speak-view.ts'
import { LastHeard } from './LastHeard.tsx'
import { MomentList } from './MomentList.tsx'
import { ReadingBar } from './ReadingBar.tsx'
import { SearchBar, useHits } from './SearchBar.tsx'

const none: never[] = []

interface Props {
  callId: string | undefined
  sessionId: string | undefined
  /** Of the call in the history. */
  historyId: string | undefined
  answeredAt: number | undefined
  /** Of the other side. */
  name: string
  live: boolean
}

export const Talk = memo(function Talk({ callId, sessionId, historyId, answeredAt, name, live }: Props) {
  useLanguage()
  const entries: readonly TranscriptEntry[] =
    useCopy((copy) => (callId === undefined ? undefined : copy.transcripts[callId])) ?? none
  const naming = useNaming(callId, entries, name)
  const kept = useCopy(({ app }) => (historyId === undefined ? undefined : app.moments[historyId])) ?? none
  const moments = useMemo(() => toMoments(entries, kept, answeredAt), [entries, kept, answeredAt])
  const { hits, hit } = useHits(entries)
  const selected = useUi((ui) => ui.reading.selected)
  const place = useUi((ui) => ui.reading.place)
  const { ui, captions } = useCompanion()
  const select = useCallback(
    (id: string | undefined) => ui.setState(({ reading }) => ({ reading: { ...reading, selected: id } })),
    [ui],
  )
  const shown = useCallback(
    (lines: TranscriptLine[]) => sessionId !== undefined && captions.takeShown(sessionId, lines),
    [captions, sessionId],
  )
  return (
    <section className="card talk" aria-label={say('Conversation')}>
      <ReadingBar
        sessionId={sessionId}
        live={live}
        known={callId !== undefined}
        count={moments.rows.length}
      />
      <SearchBar entries={entries} count={hits.length} />
      <MomentList rows={moments.rows} historyId={historyId} />
      <TranscriptList
        entries={entries}
        naming={naming}
        empty={
          live ? say('Words appear here as they are spoken.') : say('No words were transcribed in this call.')
        }
        reading={{ marks: moments.marks, selected, select, hits, hit, place, shown }}
      >
        <LastHeard entries={entries} naming={naming} />
        <SpokenLog key={callId} entries={entries} naming={naming} />
      </TranscriptList>
      {live ? <Speak /> : null}
    </section>
  )
})

/** On its own: a spoken line changes the transcript, not the panel. */
function Speak() {
  const app = useAppPart('account', 'links', 'speakings', 'settings')
  return <SpeakPanel view={toSpeak(app, usePhone(), useActions())} />
}
