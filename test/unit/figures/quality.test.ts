import { expect, it } from 'vitest'
import { toQuality, toQualityPoints } from '../../../common/figures/quality.ts'
import type { RtpSample } from '../../../common/model/record.ts'
import { aFlight } from '../../support/flight.ts'

const sample = (second: number, more: Partial<RtpSample> = {}): RtpSample => ({
  t: second * 1_000,
  packetsSent: second * 50,
  packetsReceived: second * 50,
  packetsLost: 0,
  samples: second * 48_000,
  concealed: 0,
  rttMs: 40,
  bufferMs: 50,
  jitterMs: 3,
  ...more,
})

it('scores each second by what changed in it', () => {
  const rtp = [sample(1), sample(2), sample(3, { packetsReceived: 145, packetsLost: 5 })]
  const [good, bad] = toQualityPoints(rtp)
  expect(good).toMatchObject({ loss: 0, delayMs: 96.5 })
  expect(bad?.loss).toBeCloseTo(0.1)
  expect(bad?.mos).toBeLessThan(good?.mos ?? 0)
})

it('takes sound that was made up for loss, but not what was made up in a pause', () => {
  const spoken = toQualityPoints([sample(1), sample(2, { concealed: 4_800 })])
  const silent = toQualityPoints([sample(1), sample(2, { concealed: 4_800, silentConcealed: 4_800 })])
  expect(spoken[0]?.loss).toBeCloseTo(0.1)
  expect(silent[0]?.loss).toBe(0)
})

const dying = [1, 2, 3, 4, 5, 6, 7].map((second) =>
  sample(second, { packetsReceived: Math.min(second, 3) * 50 }),
)
const hold = (t: number, to: string) => ({ kind: 'state' as const, t, what: 'hold', to })

it('counts each second in which nothing comes any more as lost', () => {
  const quality = toQuality(aFlight([], { rtp: dying }))
  expect(toQualityPoints(dying).map(({ loss }) => loss)).toEqual([0, 0, 1, 1, 1, 1])
  expect(quality.worstMos.value).toBeLessThan(1.5)
  expect(quality.mos.value).toBeLessThan(3)
})

it('counts no second as lost before sound came, or while one side holds the call', () => {
  const late = [1, 2, 3].map((second) => sample(second, { packetsReceived: second === 3 ? 50 : 0 }))
  expect(toQualityPoints(late).map(({ loss }) => loss)).toEqual([0])
  const held = toQualityPoints(dying, [hold(3_100, 'by them')])
  expect(held.map(({ loss }) => loss)).toEqual([0, 0])
  const resumed = toQualityPoints(dying, [hold(3_100, 'by them'), hold(4_500, 'off')])
  expect(resumed.map(({ t }) => t)).toEqual([2_000, 3_000, 7_000])
})

it('gives the figures of the whole call with their inputs', () => {
  const quality = toQuality(aFlight([], { rtp: [sample(1), sample(2), sample(3)] }))
  expect(quality.mos.value).toBeGreaterThan(4.3)
  expect(quality).toMatchObject({
    loss: { value: 0 },
    concealment: { value: 0 },
    bufferMs: { p50: 50 },
    mouthToEarMs: { value: 96.5 },
    inputs: { values: { ms: 97 } },
  })
})

it('invents nothing: no packets, no score; no report, no way from mouth to ear', () => {
  const none = toQuality(aFlight())
  expect([none.mos.value, none.loss.value, none.mouthToEarMs.value, none.bufferMs.p50]).toEqual([
    null,
    null,
    null,
    null,
  ])
  const { rttMs: _, ...unreported } = sample(2)
  const { rttMs: __, ...first } = sample(1)
  const deaf = toQuality(aFlight([], { rtp: [first, unreported] }))
  expect(deaf.mouthToEarMs.value).toBeNull()
  expect(deaf.mos.value).not.toBeNull()
})
