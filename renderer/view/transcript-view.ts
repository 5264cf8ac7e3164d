// One row of the transcript: who speaks, whether the speaker changed, when on the call's clock.
import { wordsFound } from '../../common/kit/words-found.ts'
import type { SpeakItem } from '../../common/model/speaking.ts'
import type { TranscriptEntry, TranscriptLine } from '../../common/model/transcript.ts'
import { findTypedLines } from '../../common/model/typed-lines.ts'
import { toClock, toCount } from './format.ts'

export type RowView =
  | {
      kind: 'line'
      /** `typed`: words that were typed here and spoken by the platform. */
      voice: 'you' | 'typed' | 'them'
      name: string
      /** First of several lines in a row by one speaker. */
      first: boolean
      text: string
      interim: boolean
      clock: string
      backfilled: boolean
    }
  | { kind: 'gap'; text: string; open: boolean }

export interface Naming {
  them: string
  /** Ids of finished lines that were typed here. */
  typed: ReadonlySet<string>
  /** Typed here and being spoken now, or its transcript is still coming. */
  running: readonly { text: string; sentAt: number }[]
  language: string
}

/** An item is found in lines until nearly all its words were; so long an interim line may be its own. */
const nearlyAll = 0.9
/** This share of an interim line's words makes it an item's, as with finished lines. */
const enough = 0.5

export function toNaming(
  entries: readonly TranscriptEntry[],
  items: readonly SpeakItem[],
  them: string,
  language: string,
): Naming {
  const running = items.filter(
    ({ status, wordsFound: share = 0 }) =>
      status !== 'waiting' && status !== 'flushed' && (status !== 'transcribed' || share < nearlyAll),
  )
  return {
    them,
    language,
    typed: findTypedLines(entries, items),
    running: running.flatMap(({ text, sentAt }) => (sentAt === undefined ? [] : [{ text, sentAt }])),
  }
}

/** Asked per visible row, never for the whole list: it may hold 10,000. */
export function toRow(entries: readonly TranscriptEntry[], index: number, naming: Naming): RowView {
  const entry = entries[index]
  if (!entry || entry.kind === 'gap') {
    const open = entry?.endedAt === undefined
    return { kind: 'gap', open, text: open ? 'Events interrupted' : toGapText(entry.filled) }
  }
  const before = entries[index - 1]
  const voice = toVoice(entry, naming)
  return {
    kind: 'line',
    voice,
    name: toName(voice, naming),
    first: before?.kind !== 'line' || toVoice(before, naming) !== voice,
    text: entry.text,
    interim: entry.status === 'interim',
    clock: toLineClock(entries, entry),
    backfilled: entry.source === 'rest',
  }
}

type Voice = Extract<RowView, { kind: 'line' }>['voice']

/** Relative to our own leg (contract C.5): `out` is what is heard here, our typed text included. */
function toVoice(line: TranscriptLine, naming: Naming): Voice {
  if (line.direction === 'in') return 'you'
  return naming.typed.has(line.id) || isBeingSpoken(line, naming) ? 'typed' : 'them'
}

/** Interim text has no item yet. While one is spoken and the words are its own, they are not the other person's. */
function isBeingSpoken(line: TranscriptLine, { running, language }: Naming): boolean {
  if (line.status !== 'interim') return false
  return running.some(
    ({ text, sentAt }) => line.arrivedAt >= sentAt && wordsFound(line.text, text, language) >= enough,
  )
}

function toName(voice: Voice, naming: Naming): string {
  if (voice === 'them') return naming.them
  return voice === 'typed' ? 'You, typed' : 'You'
}

function toGapText(filled: number): string {
  return filled > 0
    ? `Events interrupted · ${toCount(filled, 'line')} fetched afterwards`
    : 'Events interrupted · nothing was missed'
}

function toLineClock(entries: readonly TranscriptEntry[], line: TranscriptLine): string {
  if (line.offsetMs !== undefined) return toClock(line.offsetMs)
  return toClock(line.createdAt - (entries[0]?.createdAt ?? line.createdAt))
}

/** What a screen reader is told: finished sentences only, with their speaker. The last few, oldest first. */
export function toSpoken(
  entries: readonly TranscriptEntry[],
  naming: Naming,
  most = 20,
): { id: string; text: string }[] {
  const spoken: { id: string; text: string }[] = []
  for (let i = entries.length - 1; i >= 0 && spoken.length < most; i--) {
    const entry = entries[i]
    if (entry?.kind !== 'line' || entry.status !== 'final') continue
    spoken.push({
      id: entry.id,
      text: `${toName(toVoice(entry, naming), naming)}: ${entry.text}`,
    })
  }
  return spoken.reverse()
}

/** A guess at a row's height before it is measured: close enough that the scrollbar does not jump. */
export function guessHeight(entry: TranscriptEntry | undefined, charsPerLine: number): number {
  if (!entry || entry.kind === 'gap') return 44
  return 42 + Math.max(1, Math.ceil(entry.text.length / charsPerLine)) * 22
}
