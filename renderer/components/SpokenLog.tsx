// What a screen reader hears of the transcript: whole sentences of finished lines, one after the other, never interim text.
import { VisuallyHidden } from '@radix-ui/themes'
import { memo, useEffect, useRef, useState } from 'react'
import type { TranscriptEntry } from '../../common/model/transcript.ts'
import { say } from '../../common/words/say.ts'
import { useCopy } from '../state/companion.tsx'
import { createAnnouncer, type Sentence } from '../view/spoken-view.ts'
import type { Naming } from '../view/transcript-view.ts'

interface Props {
  entries: readonly TranscriptEntry[]
  naming: Naming
}

/** Read aloud takes seconds; a line need not be here in the frame that shows it. */
const restMs = 250
/** What was told stays so long for whoever reads it by braille. */
const mostKept = 20

/** A region of its own, apart from the list: there rows come and go as somebody scrolls. */
export const SpokenLog = memo(function SpokenLog(props: Props) {
  const announced = useCopy(({ app }) => app.settings.announced)
  const sentences = useSentences(props, announced)
  return (
    <VisuallyHidden>
      <div role="log" aria-label={say('Finished sentences')} aria-live="polite" aria-relevant="additions">
        {sentences.map(({ id, text, lang }) => (
          <p key={id} lang={lang} dir="auto">
            {text}
          </p>
        ))}
      </div>
    </VisuallyHidden>
  )
})

function useSentences(props: Props, announced: Parameters<ReturnType<typeof createAnnouncer>['take']>[2]) {
  const newest = useRef({ ...props, announced })
  newest.current = { ...props, announced }
  const [announcer] = useState(() => createAnnouncer(props.entries))
  const [told, setTold] = useState<readonly Sentence[]>([])
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const resting = useRef(false)
  const take = useRef(() => {})
  take.current = () => {
    resting.current = false
    const { entries, naming, announced: voices } = newest.current
    const { sentences, waitMs } = announcer.take(entries, naming, voices, Date.now())
    if (sentences.length > 0) setTold((before) => [...before, ...sentences].slice(-mostKept))
    if (waitMs !== undefined) timer.current = setTimeout(() => take.current(), waitMs)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines are looked at a moment later, all at once
  useEffect(() => {
    // Interim text comes many times a second: begun anew each time, the rest would never end.
    if (resting.current) return
    resting.current = true
    // One that waits for the rest of a sentence must not keep its rest waiting.
    clearTimeout(timer.current)
    timer.current = setTimeout(() => take.current(), restMs)
  }, [props.entries, announced])
  useEffect(() => () => clearTimeout(timer.current), [])
  return told
}
