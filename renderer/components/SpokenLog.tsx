// What a screen reader hears of the transcript: finished sentences only, so that interim text does not flood it.
import { VisuallyHidden } from '@radix-ui/themes'
import { memo } from 'react'
import type { TranscriptEntry } from '../../common/model/transcript.ts'
import { type Naming, toSpoken } from '../view/transcript-view.ts'

interface Props {
  entries: readonly TranscriptEntry[]
  naming: Naming
}

export const SpokenLog = memo(function SpokenLog({ entries, naming }: Props) {
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
