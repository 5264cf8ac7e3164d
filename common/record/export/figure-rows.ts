// The figures of a record as rows for people: what, how much, and why not where there is none.
import type { Figure, Spread } from '../../figures/figure.ts'
import type { Figures } from '../../figures/figures.ts'

export interface FigureRow {
  id: string
  label: string
  value: string
  note: string | undefined
}

const toMs = (ms: number) => (ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`)
const toShare = (share: number) => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`
const toScore = (score: number) => score.toFixed(2)

export function toFigureRows(figures: Figures): FigureRow[] {
  const { quality } = figures
  return [
    one('registration', 'Registration request delay', figures.registrationMs, toMs),
    one('session', 'Session request delay', figures.sessionMs, toMs),
    one('answer', 'Answer to two-way audio', figures.answerMs, toMs),
    many('interim', 'Caption lag, interim', figures.captionInterimMs),
    many('final', 'Caption lag, final', figures.captionFinalMs),
    many('heard', 'Say to heard', figures.sayToHeardMs),
    many('silence', 'Flush to silence', figures.flushToSilenceMs),
    one('mos', 'MOS (G.107), mean', quality.mos, toScore, quality.inputs),
    one('worst', 'MOS, worst second', quality.worstMos, toScore),
    one('loss', 'Packets lost', quality.loss, toShare),
    one('concealment', 'Sound made up', quality.concealment, toShare),
    many('buffer', 'Jitter buffer', quality.bufferMs),
    many('jitter', 'Jitter', quality.jitterMs),
    many('roundTrip', 'Round trip', quality.rttMs),
    one('mouthToEar', 'Mouth to ear', quality.mouthToEarMs, toMs),
  ]
}

function one(
  id: string,
  label: string,
  { value, why }: Figure,
  format: (value: number) => string,
  note = why,
): FigureRow {
  return value === null ? { id, label, value: '–', note: why } : { id, label, value: format(value), note }
}

function many(id: string, label: string, { count, p50, p95, why }: Spread): FigureRow {
  if (p50 === null || p95 === null) return { id, label, value: '–', note: why }
  const value = count === 1 ? toMs(p50) : `${toMs(p50)}, p95 ${toMs(p95)}`
  return { id, label, value, note: count === 1 ? undefined : `of ${count}` }
}
