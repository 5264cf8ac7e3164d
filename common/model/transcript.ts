// What was said, one line an utterance, in the order it was said; gaps in the event stream are marked.

/** Relative to our own leg (contract C.5): `in` = you, `out` = what you heard. */
export type SpeechDirection = 'in' | 'out'

export interface TranscriptLine {
  kind: 'line'
  id: string
  callId: string
  transcribeId: string
  direction: SpeechDirection
  text: string
  /** Interim text of a direction is one line, replaced in place by its final. */
  status: 'interim' | 'final'
  /** Place on the call's own clock: ms since the transcription started (tm_transcript, contract B.7), if known. */
  offsetMs?: number | undefined
  /** Epoch ms: tm_create of the platform. Orders the lines, unless `placeAt` does. */
  createdAt: number
  /** Beginning of the utterance, epoch ms of the platform, where interim text showed it: the final stays in its place. */
  placeAt?: number | undefined
  /** Names the utterance: interim text and the final that settles it have the same one. */
  slot?: string | undefined
  /** Epoch ms on this machine. */
  arrivedAt: number
  /** BCP 47, of the transcription that wrote it; where that is known. */
  language?: string | undefined
  /** How it came: `rest` means backfilled after a gap. */
  source: 'event' | 'rest'
}

/** The event stream was interrupted here; `filled` lines were fetched afterwards. */
export interface TranscriptGap {
  kind: 'gap'
  id: string
  callId: string
  createdAt: number
  endedAt?: number | undefined
  filled: number
}

export type TranscriptEntry = TranscriptLine | TranscriptGap

/** So far from the end an interim line is looked for. */
const nearEnd = 64

/**
 * Entries with `changes` put in: same id replaces, a final removes the interim line of its direction,
 * the rest is inserted by its place in time. Appending in order costs O(changes), not O(entries).
 */
export function applyEntries(
  entries: readonly TranscriptEntry[],
  changes: readonly TranscriptEntry[],
): TranscriptEntry[] {
  const next = entries.slice()
  // A burst looks its ids up in one set: comparing each with each of 10,000 lines costs a tenth of a second.
  const known = changes.length > 8 ? new Set(entries.map((entry) => entry.id)) : undefined
  // Interim text stands among the newest; where there is none, nobody needs to look for it line by line.
  const anyInterim = changes.some(isInterim) || entries.slice(-nearEnd).some(isInterim)
  for (const change of changes) {
    const same = known?.has(change.id) === false ? -1 : findFromEnd(next, (entry) => entry.id === change.id)
    known?.add(change.id)
    if (same >= 0) next.splice(same, 1)
    if (anyInterim && change.kind === 'line' && change.status === 'final') {
      const interim = findFromEnd(
        next,
        (entry) =>
          entry.kind === 'line' &&
          entry.status === 'interim' &&
          entry.direction === change.direction &&
          entry.callId === change.callId,
        nearEnd,
      )
      if (interim >= 0) next.splice(interim, 1)
    }
    let at = next.length
    while (at > 0 && isAfter(next[at - 1], change)) at--
    next.splice(at, 0, change)
  }
  return next
}

const isInterim = (entry: TranscriptEntry) => entry.kind === 'line' && entry.status === 'interim'

function isAfter(entry: TranscriptEntry | undefined, change: TranscriptEntry): boolean {
  return entry !== undefined && toPlace(entry) > toPlace(change)
}

/** Where an entry stands in time, epoch ms. */
export const toPlace = (entry: TranscriptEntry): number =>
  entry.kind === 'line' ? (entry.placeAt ?? entry.createdAt) : entry.createdAt

function findFromEnd(
  entries: readonly TranscriptEntry[],
  test: (entry: TranscriptEntry) => boolean,
  depth = entries.length,
): number {
  for (let i = entries.length - 1; i >= 0 && entries.length - i <= depth; i--) {
    const entry = entries[i]
    if (entry && test(entry)) return i
  }
  return -1
}
