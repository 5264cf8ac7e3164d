// The instruments that judge what was heard, tried on sound whose quality is known.
import { describe, expect, it } from 'vitest'
import { decodeUlaw, encodeUlaw } from '../../../practice/media/g711.ts'
import { tonePcm } from '../support/tone.ts'
import { recognise, share } from './recognise.ts'
import { say } from './say.ts'
import { spectralDistance } from './spectral-distance.ts'
import { callerSays, phoneSays } from './words.ts'

const overTelephone = (pcm: Int16Array) => decodeUlaw(encodeUlaw(pcm))

describe('the recogniser', () => {
  it('hears every digit of the caller through a telephone', async () => {
    expect(await share(overTelephone(await say(callerSays)), 'digits')).toBe(1)
  })

  it('hears every word of the phone through a telephone', async () => {
    expect(await share(overTelephone(await say(phoneSays)), 'nato')).toBe(1)
  })

  it('hears nothing in silence, and does not take the words of the other side for these', async () => {
    expect(await recognise(new Int16Array(16_000), 'digits')).toEqual([])
    expect(await share(overTelephone(await say(phoneSays)), 'digits')).toBeLessThan(0.7)
  })
})

describe('the spectral distance', () => {
  const late = (pcm: Int16Array, samples: number) => {
    const out = new Int16Array(pcm.length + samples)
    out.set(pcm, samples)
    return out
  }

  it('of a sound to itself is nothing, however late it came', async () => {
    const sent = await say(callerSays)
    expect(spectralDistance(sent, late(sent, 3_333))).toMatchObject({ decibels: 0, offset: 3_333 })
  })

  it('grows with what is missing', async () => {
    const sent = await say(callerSays)
    const telephone = overTelephone(sent)
    const lossy = telephone.map((sample, i) => (Math.floor(i / 160) % 20 === 7 ? 0 : sample))
    const worse = telephone.map((sample, i) => (Math.floor(i / 160) % 5 === 2 ? 0 : sample))
    const distances = [telephone, lossy, worse].map((pcm) => spectralDistance(sent, pcm).decibels)
    expect(distances).toEqual([...distances].sort((a, b) => a - b))
    expect(distances[0]).toBeLessThan(3)
    expect(distances[2]).toBeGreaterThan(2 * (distances[0] ?? 0))
  })

  it('of another sound is large', async () => {
    expect(spectralDistance(await say(callerSays), tonePcm(440, 10)).decibels).toBeGreaterThan(15)
  })
})
