// How it sounded, out of the counters of RTP: loss, concealment, the jitter buffer, and the score that follows from them.
import type { FlightRecord, RecordItem, RtpSample } from '../model/record.ts'
import type { Phrase } from '../words/placeholders.ts'
import { phrase } from '../words/say.ts'
import { rate } from './e-model.ts'
import { type Figure, known, quantile, type Spread, toSpread, unknown } from './figure.ts'

/** Packetisation of 20 ms, look-ahead of Opus 6.5 ms (RFC 6716 section 2), and devices; not measurable from here. */
export const ownDelayMs = 20 + 6.5

export interface QualityPoint {
  t: number
  mos: number
  r: number
  delayMs: number
  loss: number
  /** Parts of the delay and the loss, as measured. */
  rttMs: number | undefined
  bufferMs: number | undefined
  concealed: number
}

export interface QualityFigures {
  mos: Figure
  worstMos: Figure
  loss: Figure
  concealment: Figure
  jitterMs: Spread
  bufferMs: Spread
  rttMs: Spread
  mouthToEarMs: Figure
  /** What the score was computed from, in words. */
  inputs: Phrase
}

const notMeasured = phrase('Nothing was measured: no sound flowed.')

/** Notes of a hold, and the packets that stop and start with it, may be this far apart; shorter silence is no outage. */
const slackMs = 1_000
const leastGapMs = 500

/**
 * One point a second, from what changed since the sample before. Once sound has come, a second in which no packet comes is
 * lost wholly, unless one side holds the call (`items` tell).
 */
export function toQualityPoints(
  rtp: readonly RtpSample[],
  items: readonly RecordItem[] = [],
): QualityPoint[] {
  const isHeld = toHolds(items)
  return rtp.slice(1).flatMap((sample, index) => {
    const before = rtp[index]
    if (!before) return []
    const received = sample.packetsReceived - before.packetsReceived
    const lost = Math.max(0, sample.packetsLost - before.packetsLost)
    // Fewer than before: counted anew.
    if (received < 0) return []
    const isGone = received === 0 && lost === 0
    if (isGone && (before.packetsReceived === 0 || sample.t - before.t < leastGapMs)) return []
    if (isGone && isHeld(before.t - slackMs, sample.t + slackMs)) return []
    const concealed = concealedShare(sample, before) ?? 0
    // What was made up was lost or too late; whichever of the two says more.
    const loss = isGone ? 1 : Math.min(1, Math.max(lost / (received + lost), concealed))
    const delayMs = (sample.rttMs ?? 0) / 2 + (sample.bufferMs ?? 0) + ownDelayMs
    const { r, mos } = rate({ delayMs, loss })
    return [{ t: sample.t, mos, r, delayMs, loss, rttMs: sample.rttMs, bufferMs: sample.bufferMs, concealed }]
  })
}

/** Whether the call was on hold at any time of a span. */
function toHolds(items: readonly RecordItem[]): (from: number, to: number) => boolean {
  const changes = items.flatMap((item) =>
    item.kind === 'state' && item.what === 'hold' ? [{ t: item.t, isOn: item.to !== 'off' }] : [],
  )
  return (from, to) =>
    changes.some(({ t }) => t >= from && t <= to) || changes.findLast(({ t }) => t < from)?.isOn === true
}

/** Of what was played, without what was made up in a pause: nobody hears that. */
function concealedShare(sample: RtpSample, before: RtpSample | undefined): number | undefined {
  const { samples, concealed, silentConcealed = 0 } = sample
  if (samples === undefined || concealed === undefined) return undefined
  const all = samples - (before?.samples ?? 0)
  const made = concealed - silentConcealed - ((before?.concealed ?? 0) - (before?.silentConcealed ?? 0))
  return all <= 0 ? undefined : Math.min(1, Math.max(0, made / all))
}

export function toQuality({ rtp, items }: Pick<FlightRecord, 'rtp' | 'items'>): QualityFigures {
  const points = toQualityPoints(rtp, items)
  const last = rtp.at(-1)
  const numbers = (read: (sample: RtpSample) => number | undefined) =>
    rtp.flatMap((sample) => read(sample) ?? [])
  const rtts = numbers(({ rttMs }) => rttMs)
  const middle = (values: readonly number[]) => quantile(values, 0.5)
  const total = last ? last.packetsReceived + last.packetsLost : 0
  const concealed = last ? concealedShare(last, undefined) : undefined
  const worst = points.reduce((least, { mos }) => Math.min(least, mos), Number.POSITIVE_INFINITY)
  const delay = middle(points.map(({ delayMs }) => delayMs))
  return {
    mos: points.length === 0 ? unknown(notMeasured) : known(mean(points.map(({ mos }) => mos))),
    worstMos: points.length === 0 ? unknown(notMeasured) : known(worst),
    loss: total === 0 ? unknown(notMeasured) : known((last?.packetsLost ?? 0) / total),
    concealment: concealed === undefined ? unknown(phrase('The browser did not say.')) : known(concealed),
    jitterMs: toSpread(
      numbers(({ jitterMs }) => jitterMs),
      notMeasured,
    ),
    bufferMs: toSpread(
      numbers(({ bufferMs }) => bufferMs),
      notMeasured,
    ),
    rttMs: toSpread(rtts, phrase('The far end sent no report (RTCP).')),
    mouthToEarMs:
      rtts.length === 0 || delay === undefined
        ? unknown(phrase('The way there and back is not known: the far end sent no report (RTCP).'))
        : known(
            delay,
            phrase(
              'Half of the round trip, the jitter buffer, one packet and the codec; to the edge, not to the far mouth.',
            ),
          ),
    inputs: toInputs(delay, rtts.length > 0),
  }
}

const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length

function toInputs(delay: number | undefined, hasRtt: boolean): Phrase {
  if (delay === undefined) return phrase('By the E-model of G.107; nothing was measured.')
  const ms = Math.round(delay)
  return hasRtt
    ? phrase(
        'By the E-model of G.107 with its defaults: a delay of {ms} ms (half of the round trip, jitter buffer, 26.5 ms of packet and codec), packets lost or sound made up, G.711 with concealment (Ie 0, Bpl 25.1).',
        { ms },
      )
    : phrase(
        'By the E-model of G.107 with its defaults: a delay of {ms} ms (jitter buffer and 26.5 ms of packet and codec; nobody reported a round trip), packets lost or sound made up, G.711 with concealment (Ie 0, Bpl 25.1).',
        { ms },
      )
}
