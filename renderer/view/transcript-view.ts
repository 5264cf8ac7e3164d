// One row of the transcript: who speaks, whether the speaker changed, when on the call's clock.
import { wordsFound } from '../../common/kit/words-found.ts'
import type { SpeakItem } from '../../common/model/speaking.ts'
import type { TranscriptEntry, TranscriptLine } from '../../common/model/transcript.ts'
import { findTypedLines } from '../../common/model/typed-lines.ts'
import { say, toFormats } from '../../common/words/say.ts'
import { toClock } from './format.ts'

export type RowView =
  | {
      kind: 'line'
      id: string
      /** `typed`: words that were typed here and spoken by the platform. */
      voice: 'you' | 'typed' | 'them'
      name: string
      /** First of several lines in a row by one speaker. */
      first: boolean
      text: string
      interim: boolean
      /** Was interim text, or is: its words are drawn one by one, so that those which stay are not drawn again. */
      settles: boolean
      /** BCP 47. */
      lang: string | undefined
      /** The name of its language, where that is not the call's. */
      otherLanguage: string | undefined
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
  /** BCP 47, of the first line that has one. */
  callLanguage: string | undefined
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
    callLanguage: toCallLanguage(entries),
    typed: findTypedLines(entries, items),
    running: running.flatMap(({ text, sentAt }) => (sentAt === undefined ? [] : [{ text, sentAt }])),
  }
}

/** Asked per visible row, never for the whole list: it may hold 10,000. */
export function toRow(entries: readonly TranscriptEntry[], index: number, naming: Naming): RowView {
  const entry = entries[index]
  if (!entry || entry.kind === 'gap') {
    const open = entry?.endedAt === undefined
    return { kind: 'gap', open, text: open ? say('Events interrupted') : toGapText(entry.filled) }
  }
  const before = entries[index - 1]
  const voice = toVoice(entry, naming)
  return {
    kind: 'line',
    id: entry.id,
    voice,
    name: toName(voice, naming),
    first: before?.kind !== 'line' || toVoice(before, naming) !== voice,
    text: entry.text,
    interim: entry.status === 'interim',
    settles: entry.slot !== undefined,
    lang: entry.language,
    otherLanguage: toOtherLanguage(entry.language, naming.callLanguage),
    clock: toLineClock(entries, entry),
    backfilled: entry.source === 'rest',
  }
}

export type Voice = Extract<RowView, { kind: 'line' }>['voice']

/** Relative to our own leg (contract C.5): `out` is what is heard here, our typed text included. */
export function toVoice(line: TranscriptLine, naming: Naming): Voice {
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

export function toName(voice: Voice, naming: Naming): string {
  if (voice === 'them') return naming.them
  return voice === 'typed' ? say('You, typed') : say('You')
}

function toGapText(filled: number): string {
  return filled > 0
    ? say('Events interrupted · {n, plural, one {# line} other {# lines}} fetched afterwards', { n: filled })
    : say('Events interrupted · nothing was missed')
}

function toLineClock(entries: readonly TranscriptEntry[], line: TranscriptLine): string {
  if (line.offsetMs !== undefined) return toClock(line.offsetMs)
  return toClock(line.createdAt - (entries[0]?.createdAt ?? line.createdAt))
}

function toCallLanguage(entries: readonly TranscriptEntry[]): string | undefined {
  for (const entry of entries) if (entry.kind === 'line' && entry.language) return entry.language
  return undefined
}

/** `en-GB` in a call in `en-US` is the same language to a reader. */
function toOtherLanguage(language: string | undefined, call: string | undefined): string | undefined {
  if (!language || !call || toPrimary(language) === toPrimary(call)) return undefined
  return toLanguageName(toPrimary(language))
}

const toPrimary = (language: string) => language.toLowerCase().split('-')[0] ?? language

function toLanguageName(language: string): string {
  try {
    return new Intl.DisplayNames([toFormats()], { type: 'language' }).of(language) ?? language
  } catch {
    return language
  }
}

/** Words with the blanks behind them: interim text that grows leaves the words before alone. */
export const toPieces = (text: string): string[] => text.match(/\s*\S+\s*/g) ?? [text]

/** How captions are set: the size of their letters, and how much more room wide ones take. */
export interface CaptionLook {
  size: number
  wide: boolean
}

/** A guess at a row's height before it is measured: close enough that the scrollbar does not jump. */
export function guessHeight(
  entry: TranscriptEntry | undefined,
  charsPerLine: number,
  { size, wide }: CaptionLook = { size: 14, wide: false },
): number {
  if (!entry || entry.kind === 'gap') return 44
  const scale = (size / 14) * (wide ? 1.25 : 1)
  const lines = Math.max(1, Math.ceil((entry.text.length * scale) / charsPerLine))
  return 42 + (wide ? size : 0) + lines * Math.round(size * (wide ? 1.5 : 1.43))
}
