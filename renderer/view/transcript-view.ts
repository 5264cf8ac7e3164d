// One row of the transcript: who speaks, whether the speaker changed, when on the call's clock.
import type { TranscriptEntry, TranscriptLine } from '../../common/model/transcript.ts'
import { toClock, toCount } from './format.ts'

export type RowView =
  | {
      kind: 'line'
      voice: 'you' | 'them'
      name: string
      /** First of several lines in a row by one speaker. */
      first: boolean
      text: string
      interim: boolean
      clock: string
      backfilled: boolean
      /** It carries words that were typed here and spoken by the platform. */
      typed: boolean
    }
  | { kind: 'gap'; text: string; open: boolean }

export interface Naming {
  them: string
  /** Transcripts of what was typed here. */
  typed: ReadonlySet<string>
}

/** Asked per visible row, never for the whole list: it may hold 10,000. */
export function toRow(entries: readonly TranscriptEntry[], index: number, naming: Naming): RowView {
  const entry = entries[index]
  if (!entry || entry.kind === 'gap') {
    const open = entry?.endedAt === undefined
    return { kind: 'gap', open, text: open ? 'Events interrupted' : toGapText(entry.filled) }
  }
  const before = entries[index - 1]
  const typed = entry.direction === 'out' && naming.typed.has(entry.text)
  const first = !(
    before?.kind === 'line' &&
    before.direction === entry.direction &&
    typed === naming.typed.has(before.text)
  )
  return {
    kind: 'line',
    voice: entry.direction === 'in' ? 'you' : 'them',
    name: entry.direction === 'in' ? 'You' : naming.them,
    first,
    text: entry.text,
    interim: entry.status === 'interim',
    clock: toLineClock(entries, entry),
    backfilled: entry.source === 'rest',
    typed,
  }
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
      text: `${entry.direction === 'in' ? 'You' : naming.them}: ${entry.text}`,
    })
  }
  return spoken.reverse()
}

/** A guess at a row's height before it is measured: close enough that the scrollbar does not jump. */
export function guessHeight(entry: TranscriptEntry | undefined, charsPerLine: number): number {
  if (!entry || entry.kind === 'gap') return 44
  return 42 + Math.max(1, Math.ceil(entry.text.length / charsPerLine)) * 22
}
