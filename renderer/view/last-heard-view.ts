// The last line of the other side once more, large; pressed again, the one before it.
import type { TranscriptEntry, TranscriptLine } from '../../common/model/transcript.ts'
import { type Naming, toVoice } from './transcript-view.ts'

/** `back`: 1 = the last one. Interim text counts: it is what was just heard. */
export function toLastHeard(
  entries: readonly TranscriptEntry[],
  naming: Naming,
  back: number,
): TranscriptLine | undefined {
  let left = back
  for (let i = entries.length - 1; i >= 0 && left > 0; i--) {
    const entry = entries[i]
    if (entry?.kind !== 'line' || toVoice(entry, naming) !== 'them') continue
    left--
    if (left === 0) return entry
  }
  return undefined
}
