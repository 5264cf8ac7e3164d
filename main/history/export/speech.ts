// A call as the formats need it: who said what, from when to when on the call's own clock.
import type { HistoryCall, HistoryDetail } from '../../../common/model/history.ts'
import type { TranscriptLine } from '../../../common/model/transcript.ts'
import { findTypedLines } from '../../../common/model/typed-lines.ts'

export interface Utterance {
  id: string
  speaker: 'you' | 'typed' | 'them'
  name: string
  text: string
  /** Epoch ms. */
  at: number
  /** Ms since the call was answered; ends never lie behind the next beginning. */
  fromMs: number
  toMs: number
}

/** Nobody says when a line ended: so long it takes to say or read it. */
const perCharacterMs = 65
const shortestMs = 1_000
const longestMs = 7_000

export function toUtterances({ call, entries, spoken }: HistoryDetail): Utterance[] {
  const typed = findTypedLines(entries, spoken)
  const began = call.answeredAt ?? call.startedAt
  const lines = entries
    .filter((entry): entry is TranscriptLine => entry.kind === 'line')
    .map((line) => ({ line, fromMs: Math.max(0, Math.round(line.offsetMs ?? line.createdAt - began)) }))
    .sort((a, b) => a.fromMs - b.fromMs)
  return lines.map(({ line, fromMs }, index) => {
    const speaker = line.direction === 'in' ? 'you' : typed.has(line.id) ? 'typed' : 'them'
    const wished = Math.min(longestMs, Math.max(shortestMs, line.text.length * perCharacterMs))
    const next = lines.slice(index + 1).find((other) => other.fromMs > fromMs)?.fromMs
    return {
      id: line.id,
      speaker,
      name: speaker === 'them' ? call.name : speaker === 'you' ? 'You' : 'You, typed',
      text: toOneLine(line.text),
      at: line.createdAt,
      fromMs,
      toMs: Math.min(fromMs + wished, next ?? Number.POSITIVE_INFINITY),
    }
  })
}

/** Several calls in one file: each where it lay on the clock of the first. */
export function toTimeline(details: readonly HistoryDetail[]): Utterance[] {
  const begin = ({ call }: HistoryDetail) => call.answeredAt ?? call.startedAt
  const first = Math.min(...details.map(begin))
  return details
    .flatMap((detail) => {
      const late = begin(detail) - first
      return toUtterances(detail).map((one) => ({
        ...one,
        fromMs: one.fromMs + late,
        toMs: one.toMs + late,
      }))
    })
    .sort((a, b) => a.fromMs - b.fromMs)
}

/** `01:02:03.004`; more than 99 hours take more digits. */
export function toStamp(ms: number, point: '.' | ','): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const rest = String(Math.floor(ms % 1_000)).padStart(3, '0')
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1_000) % 60)}${point}${rest}`
}

export const toOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

export const toSeconds = ({ answeredAt, endedAt }: HistoryCall): number =>
  answeredAt !== undefined && endedAt !== undefined ? Math.round((endedAt - answeredAt) / 1_000) : 0
