// Finds said items in what was transcribed. Pure: the items before, one `out` line, the items after.

import { wordsFound } from '../../common/kit/words-found.ts'
import type { SpeakItem } from '../../common/model/speaking.ts'
import type { TranscriptLine } from '../../common/model/transcript.ts'

/** This share of its words makes an item transcribed. */
const enough = 0.5

/** A long item comes in several lines: what it has so far is joined. */
export function withLine(items: readonly SpeakItem[], line: TranscriptLine, language: string): SpeakItem[] {
  const next = [...items]
  for (let at = 0; at < next.length; at++) {
    const item = next[at]
    if (!item || !awaitsLines(item, line)) continue
    const part = wordsFound(line.text, item.text, language) >= enough
    const whole = wordsFound(item.text, line.text, language) >= enough
    if (!part && !whole) continue
    const text = whole ? line.text : [item.transcriptText, line.text].filter(Boolean).join(' ')
    const share = wordsFound(item.text, text, language)
    next[at] = { ...item, transcriptText: text, wordsFound: share }
    if (share >= enough && item.status !== 'transcribed') {
      next[at] = {
        ...next[at],
        ...{ status: 'transcribed', transcribedAt: line.arrivedAt, error: undefined },
      } as SpeakItem
    }
    return next
  }
  return next
}

function awaitsLines(item: SpeakItem, line: TranscriptLine): boolean {
  if (item.sentAt === undefined || line.arrivedAt < item.sentAt) return false
  if (item.status === 'transcribed') return (item.wordsFound ?? 0) < 0.9
  return item.status !== 'flushed' && item.status !== 'waiting'
}
