// Finds said items in what was transcribed. Pure: the items before, one line, the items after.

import { wordsFound } from '../../common/kit/words-found.ts'
import type { SpeakItem } from '../../common/model/speaking.ts'
import type { TranscriptLine } from '../../common/model/transcript.ts'
import { withStatus } from './items.ts'

/** This share of its words makes an item transcribed. */
const enough = 0.5

/** A long item comes in several lines: what it has so far is joined. Of one that was cut it is kept how far it came. */
export function withLine(items: readonly SpeakItem[], line: TranscriptLine, language: string): SpeakItem[] {
  for (const item of items) {
    if (!awaitsLines(item, line)) continue
    const part = wordsFound(line.text, item.text, language) >= enough
    const whole = wordsFound(item.text, line.text, language) >= enough
    if (!part && !whole) continue
    const transcriptText = whole ? line.text : [item.transcriptText, line.text].filter(Boolean).join(' ')
    const share = wordsFound(item.text, transcriptText, language)
    const joined = items.map((one) =>
      one.id === item.id ? { ...one, transcriptText, wordsFound: share } : one,
    )
    if (share < enough) return joined
    return withStatus(joined, item.id, 'transcribed', { transcribedAt: line.arrivedAt, error: undefined })
  }
  return [...items]
}

/** Interim text with words of an item under way: it is being spoken, whether or not an ear can tell. */
export function withInterim(
  items: readonly SpeakItem[],
  line: TranscriptLine,
  language: string,
): SpeakItem[] {
  const item = items.find(
    (one) =>
      (one.status === 'sending' || one.status === 'queued') &&
      one.sentAt !== undefined &&
      one.passedAt === undefined &&
      isOfItsSide(one, line) &&
      line.arrivedAt >= one.sentAt &&
      wordsFound(line.text, one.text, language) >= enough,
  )
  return item ? withStatus(items, item.id, 'speaking', { error: undefined }) : [...items]
}

/** Spoken as this person to the other side it is not what we hear (contract C.5, C.6 item 6). */
export const isOfItsSide = ({ sentAt, heardBy }: SpeakItem, { direction }: TranscriptLine): boolean =>
  sentAt !== undefined && direction === (heardBy === 'them' ? 'in' : 'out')

function awaitsLines(item: SpeakItem, line: TranscriptLine): boolean {
  if (item.sentAt === undefined || !isOfItsSide(item, line) || line.arrivedAt < item.sentAt) return false
  const isCut = item.status === 'flushed' || item.status === 'interrupted'
  if (item.status === 'transcribed' || isCut) return (item.wordsFound ?? 0) < 0.9
  return item.status !== 'waiting'
}
