// Looking for words in the transcript of a call: where they stand, which place is looked at, and what the field says.

import type { TranscriptEntry } from '../../common/model/transcript.ts'
import { say } from '../../common/words/say.ts'

/** A place in a line: characters from `from` up to `to`. */
export interface Hit {
  /** Of the entry. */
  index: number
  id: string
  from: number
  to: number
}

export interface Finder {
  /** In the order of the lines. Asked again with a longer list only new lines are read. */
  find(entries: readonly TranscriptEntry[]): Hit[]
}

type Span = readonly [from: number, to: number]
const nowhere: readonly Span[] = []

/** Case is nothing, and neither is how wide a blank is; everything else counts as it was typed. */
export function createFinder(text: string): Finder {
  const pattern = toPattern(text)
  const known = new WeakMap<TranscriptEntry, readonly Span[]>()
  const look = (entry: TranscriptEntry): readonly Span[] => {
    if (entry.kind === 'gap' || !pattern) return nowhere
    let spans = known.get(entry)
    if (!spans) {
      spans = Array.from(
        entry.text.matchAll(pattern),
        ({ index, 0: hit }) => [index, index + hit.length] as const,
      )
      known.set(entry, spans)
    }
    return spans
  }
  return {
    find(entries) {
      const hits: Hit[] = []
      if (pattern) {
        entries.forEach((entry, index) => {
          for (const [from, to] of look(entry)) hits.push({ index, id: entry.id, from, to })
        })
      }
      return hits
    },
  }
}

function toPattern(text: string): RegExp | undefined {
  const words = text.normalize('NFC').trim().split(/\s+/).filter(Boolean)
  if (words.length === 0) return undefined
  return new RegExp(words.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('\\s+'), 'giu')
}

/** The place after or before this one, around the ends. */
export const toNextHit = (at: number, count: number, step: 1 | -1): number =>
  count === 0 ? 0 : (at + step + count) % count

/** Where a search begins: at the newest place, which a person has just heard. */
export const toFirstHit = (count: number): number => Math.max(0, count - 1)

export function toCountText(text: string, at: number, count: number): string {
  if (text.trim() === '') return ''
  if (count === 0) return say('Not found')
  return say('{place} of {count}', { place: Math.min(at, count - 1) + 1, count })
}
