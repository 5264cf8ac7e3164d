// The figures of a record as rows for people: what, how much, and why not where there is none.
import type { Figure, Spread } from '../../figures/figure.ts'
import type { Figures } from '../../figures/figures.ts'
import type { Phrase } from '../../words/placeholders.ts'
import { phrase } from '../../words/say.ts'

export interface FigureRow {
  id: string
  label: Phrase
  value: string
  note: Phrase | undefined
}

const toMs = (ms: number) => (ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`)
const toShare = (share: number) => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`
const toScore = (score: number) => score.toFixed(2)

export function toFigureRows(figures: Figures): FigureRow[] {
  const { quality } = figures
  return [
    one('registration', phrase('Registration request delay'), figures.registrationMs, toMs),
    one('session', phrase('Session request delay'), figures.sessionMs, toMs),
    one('answer', phrase('Answer to two-way audio'), figures.answerMs, toMs),
    many('interim', phrase('Caption lag, interim'), figures.captionInterimMs),
    many('final', phrase('Caption lag, final'), figures.captionFinalMs),
    many('heard', phrase('Say to heard'), figures.sayToHeardMs),
    many('silence', phrase('Flush to silence'), figures.flushToSilenceMs),
    one('mos', phrase('MOS (G.107), mean'), quality.mos, toScore, quality.inputs),
    one('worst', phrase('MOS, worst second'), quality.worstMos, toScore),
    one('loss', phrase('Packets lost'), quality.loss, toShare),
    one('concealment', phrase('Sound made up'), quality.concealment, toShare),
    many('buffer', phrase('Jitter buffer'), quality.bufferMs),
    many('jitter', phrase('Jitter'), quality.jitterMs),
    many('roundTrip', phrase('Round trip'), quality.rttMs),
    one('mouthToEar', phrase('Mouth to ear'), quality.mouthToEarMs, toMs),
  ]
}

function one(
  id: string,
  label: Phrase,
  { value, why }: Figure,
  format: (value: number) => string,
  note = why,
): FigureRow {
  return value === null ? { id, label, value: '–', note: why } : { id, label, value: format(value), note }
}

function many(id: string, label: Phrase, { count, p50, p95, why }: Spread): FigureRow {
  if (p50 === null || p95 === null) return { id, label, value: '–', note: why }
  const value = count === 1 ? toMs(p50) : `${toMs(p50)}, p95 ${toMs(p95)}`
  return { id, label, value, note: count === 1 ? undefined : phrase('of {count}', { count }) }
}
