// The lines of one call: ordered, without duplicates; many changes are put in at once when somebody reads.
import { applyEntries, type TranscriptEntry } from '../../common/model/transcript.ts'

export interface TranscriptBook {
  put(entry: TranscriptEntry): void
  has(id: string): boolean
  entries(): TranscriptEntry[]
}

/** Unread changes are merged at the latest after this many. */
const mergeAt = 500

export function createTranscriptBook(): TranscriptBook {
  let merged: TranscriptEntry[] = []
  let waiting: TranscriptEntry[] = []
  const ids = new Set<string>()

  const merge = () => {
    if (waiting.length > 0) merged = applyEntries(merged, waiting)
    waiting = []
    return merged
  }
  return {
    put(entry) {
      ids.add(entry.id)
      waiting.push(entry)
      if (waiting.length >= mergeAt) merge()
    },
    has: (id) => ids.has(id),
    entries: () => merge(),
  }
}
