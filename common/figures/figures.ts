// All figures of a record, computed from it and from nothing else. The formulas stand in docs/figures.md.
import type { FlightRecord, RecordItem } from '../model/record.ts'
import { phrase } from '../words/say.ts'
import { type Caption, toCaptionLags } from './caption-lag.ts'
import { toAnswerDelay, toRegistrationDelay, toSessionDelay } from './delays.ts'
import { type Figure, type Spread, toSpread } from './figure.ts'
import { type QualityFigures, toQuality } from './quality.ts'
import { toStretches, type Where } from './speech.ts'
import { type SpokenFigure, toHeardSpread, toSilenceSpread, toSpoken } from './spoken.ts'

export interface Figures {
  registrationMs: Figure
  sessionMs: Figure
  answerMs: Figure
  captionInterimMs: Spread
  captionFinalMs: Spread
  sayToHeardMs: Spread
  flushToSilenceMs: Spread
  spoken: SpokenFigure[]
  quality: QualityFigures
}

export function toFigures(record: FlightRecord): Figures {
  const lags = [...lagsOf(record.items, 'out'), ...lagsOf(record.items, 'in')]
  const of = (status: Caption['status']) => lags.flatMap((lag) => (lag.status === status ? [lag.ms] : []))
  const spoken = toSpoken(record)
  return {
    registrationMs: toRegistrationDelay(record),
    sessionMs: toSessionDelay(record),
    answerMs: toAnswerDelay(record),
    captionInterimMs: toSpread(
      of('interim'),
      phrase('No interim text came after the end of something spoken.'),
    ),
    captionFinalMs: toSpread(of('final'), phrase('No line came after the end of something spoken.')),
    sayToHeardMs: toHeardSpread(spoken),
    flushToSilenceMs: toSilenceSpread(record),
    spoken,
    quality: toQuality(record),
  }
}

const ears: Record<'in' | 'out', Where> = { in: 'microphone', out: 'ear' }

function lagsOf(items: readonly RecordItem[], direction: 'in' | 'out') {
  return toCaptionLags(toStretches(items, ears[direction]), toCaptions(items, direction))
}

/** When each line was painted; else when it came. What was fetched later is no caption. */
function toCaptions(items: readonly RecordItem[], direction: 'in' | 'out'): Caption[] {
  const painted = new Map<string, number[]>()
  for (const item of items) {
    if (item.kind !== 'shown') continue
    const key = `${item.status} ${item.id}`
    const times = painted.get(key)
    if (times) times.push(item.t)
    else painted.set(key, [item.t])
  }
  const captions = items.flatMap((item): Caption[] => {
    if (item.kind !== 'line' || item.direction !== direction || item.source !== 'event') return []
    const shown = painted.get(`${item.status} ${item.id}`)?.find((t) => t >= item.t)
    return [{ at: shown ?? item.t, status: item.status, offsetMs: item.offsetMs, of: item.of }]
  })
  return captions.sort((a, b) => a.at - b.at)
}
