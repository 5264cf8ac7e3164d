// What is kept of one call's transcript, and how a line on the wire becomes a line of it.
import type {
  SpeechDirection,
  TranscriptEntry,
  TranscriptGap,
  TranscriptLine,
} from '../../common/model/transcript.ts'
import type { PlatformEvent, WireTranscript } from '../platform/platform.ts'
import { createTranscriptBook, type TranscriptBook } from './book.ts'
import { createTwins, type Twins } from './twins.ts'

export type Speech = Extract<PlatformEvent, { kind: 'speech' }>

/** A call whose lines we keep, followed or only in case it turns out to be ours. */
export interface CallLines {
  book: TranscriptBook
  twins: Twins
  followed: boolean
  ended: boolean
  gap: TranscriptGap | undefined
  /** Start of the utterance being spoken (of the platform's clock), and the time of the last final, per direction. */
  utterance: Partial<Record<SpeechDirection, number>>
  lastFinalAt: Partial<Record<SpeechDirection, number>>
}

export const createCallLines = (): CallLines => ({
  book: createTranscriptBook(),
  twins: createTwins(),
  followed: false,
  ended: false,
  gap: undefined,
  utterance: {},
  lastFinalAt: {},
})

/** On a leg that both sides share a line, what was heard counts. */
const toDirection = (direction: SpeechDirection | 'both'): SpeechDirection =>
  direction === 'in' ? 'in' : 'out'

/** The utterance that a line belongs to, by when it began. */
const toUtterance = (transcribeId: string, direction: SpeechDirection, beganAt: number | undefined) =>
  beganAt === undefined ? {} : { placeAt: beganAt, slot: `${transcribeId}-${direction}-${beganAt}` }

interface Known {
  source: 'event' | 'rest'
  /** Of the transcription. */
  language: string | undefined
}

/** `record` says what is being spoken: the final of it stays where its interim text stood. */
export function toFinal(
  callId: string,
  line: WireTranscript,
  record: CallLines,
  { source, language }: Known,
): TranscriptLine {
  const now = Date.now()
  const direction = toDirection(line.direction)
  return {
    kind: 'line',
    id: line.id,
    callId,
    transcribeId: line.transcribeId,
    direction,
    ...toUtterance(
      line.transcribeId,
      direction,
      source === 'event' ? record.utterance[direction] : undefined,
    ),
    language: language || undefined,
    text: line.text,
    status: 'final',
    offsetMs: line.offsetMs,
    createdAt: line.createdAt ?? now,
    arrivedAt: now,
    source,
  }
}

/** The one interim line of a direction; nothing for an interim text that its final has overtaken. */
export function toInterim(
  callId: string,
  speech: Speech,
  record: CallLines,
  language: string | undefined,
): TranscriptLine | undefined {
  const direction = toDirection(speech.direction)
  const now = Date.now()
  const at = speech.at ?? now
  if (speech.phase !== 'interim' || speech.text.trim() === '') return undefined
  if (speech.at !== undefined && speech.at <= (record.lastFinalAt[direction] ?? 0)) return undefined
  record.utterance[direction] ??= at
  return {
    kind: 'line',
    id: `interim-${speech.transcribeId}-${direction}`,
    callId,
    transcribeId: speech.transcribeId,
    direction,
    text: speech.text,
    status: 'interim',
    createdAt: record.utterance[direction],
    ...toUtterance(speech.transcribeId, direction, record.utterance[direction]),
    language: language || undefined,
    arrivedAt: now,
    source: 'event',
  }
}

/** What was only ever interim when the call is over is all there will be. */
export const toLastWords = (entries: readonly TranscriptEntry[]): TranscriptLine[] =>
  entries.flatMap((entry) =>
    entry.kind === 'line' && entry.status === 'interim' ? [{ ...entry, status: 'final' as const }] : [],
  )

/** The oldest call that nobody follows, else the oldest that has ended, else the oldest. */
export function evict(records: Map<string, CallLines>): void {
  const all = [...records]
  const oldest =
    all.find(([, record]) => !record.followed) ?? all.find(([, record]) => record.ended) ?? all[0]
  if (oldest) records.delete(oldest[0])
}
