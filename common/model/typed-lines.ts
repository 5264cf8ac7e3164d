// Which heard lines are what was typed here: each that was sent accounts for its own line, not for every one alike.
import type { SpeakItem } from './speaking.ts'
import type { TranscriptEntry } from './transcript.ts'

type Typed = Pick<SpeakItem, 'text' | 'status' | 'sentAt' | 'transcriptText'>

const neverHeard: readonly SpeakItem['status'][] = ['waiting', 'sending', 'failed']
/** Of these only what was transcribed of them was heard. */
const cutOff: readonly SpeakItem['status'][] = ['flushed', 'interrupted']

/** Ids of final `out` lines (contract C.5), each with the words of a sent item and come after it was sent. */
export function findTypedLines(
  entries: readonly TranscriptEntry[],
  items: readonly Typed[],
): ReadonlySet<string> {
  const found = new Set<string>()
  const open = items.flatMap(({ text, status, sentAt, transcriptText }) => {
    const heard = transcriptText ?? (cutOff.includes(status) ? undefined : text)
    return neverHeard.includes(status) || sentAt === undefined || heard === undefined
      ? []
      : [{ text, rest: heard, sentAt }]
  })
  for (const entry of entries) {
    if (open.length === 0) break
    if (entry.kind === 'gap' || entry.direction === 'in' || entry.status === 'interim') continue
    // By this machine's clock both: the platform's may be another.
    const item = open.find(
      ({ text, rest, sentAt }) =>
        entry.arrivedAt >= sentAt &&
        (entry.text === text || entry.text === rest || rest.startsWith(`${entry.text} `)),
    )
    if (!item) continue
    found.add(entry.id)
    // A long text comes as several lines: the next one goes on where this one ends.
    const isWhole = entry.text === item.text || entry.text === item.rest
    if (isWhole) open.splice(open.indexOf(item), 1)
    else item.rest = item.rest.slice(entry.text.length + 1)
  }
  return found
}
