// What a screen reader hears of the transcript: finished sentences only, so that interim text does not flood it.
import { VisuallyHidden } from '@radix-ui/themes'
import { memo, useEffect, useRef, useState } from 'react'
import type { TranscriptEntry } from '../../common/model/transcript.ts'
import { type Naming, toSpoken } from '../view/transcript-view.ts'

interface Props {
  entries: readonly TranscriptEntry[]
  naming: Naming
}

/** Read aloud takes seconds; a line need not be here in the frame that shows it. */
const restMs = 250

export const SpokenLog = memo(function SpokenLog(props: Props) {
  const newest = useRef(props)
  newest.current = props
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [shown, setShown] = useState(props)
  useEffect(() => {
    if (timer.current !== undefined || props === shown) return
    timer.current = setTimeout(() => {
      timer.current = undefined
      setShown(newest.current)
    }, restMs)
  }, [props, shown])
  useEffect(() => () => clearTimeout(timer.current), [])
  return <Sentences {...shown} />
})

const Sentences = memo(function Sentences({ entries, naming }: Props) {
  return (
    <VisuallyHidden>
      <div role="log" aria-label="Finished sentences" aria-live="polite" aria-relevant="additions">
        {toSpoken(entries, naming).map((line) => (
          <p key={line.id}>{line.text}</p>
        ))}
      </div>
    </VisuallyHidden>
  )
})
