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
