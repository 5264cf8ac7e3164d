// The word for the quality of a call, from the figures of its seconds.
import { describe, expect, it } from 'vitest'
import { rate } from '../../../common/figures/e-model.ts'
import { createQualityJudge, type QualityLook } from '../../../renderer/phone/quality.ts'
import { type StatsFigures, toFigures } from '../../../renderer/phone/stats.ts'

/** What one second brings, beside 50 packets each way. */
interface Second {
  lostIn?: number
  /** Share, as the other side reports it. */
  lossOut?: number
  roundTripMs?: number
  /** Share of the sound that came too late. */
  late?: number
  bufferMs?: number
  received?: number
  sent?: number
  underrun?: number
  lastsMs?: number
  held?: boolean
  microphone?: QualityLook['microphone']
}

const aJudge = () => {
  const judge = createQualityJudge()
  let at = 0
  const figures: StatsFigures = {
    packetsSent: 0,
    packetsReceived: 0,
    packetsLost: 0,
    concealed: 0,
    played: 0,
    buffered: 0,
    emitted: 0,
    underrun: 0,
    rendered: 0,
  }
  const second = (what: Second) => {
    const { lostIn = 0, lossOut = 0, roundTripMs = 40, late = 0, bufferMs = 40, lastsMs = 1000 } = what
    at += lastsMs
    figures.packetsSent += what.sent ?? 50
    figures.packetsReceived += what.received ?? 50 - lostIn
    figures.packetsLost += lostIn
    figures.played += 8000
    figures.concealed += Math.round(8000 * Math.max(late, lostIn / 50))
    figures.emitted += 8000
    figures.buffered += 8 * bufferMs
    figures.rendered += 1
    figures.underrun += what.underrun ?? 0
    figures.remote = { lost: 0, share: lossOut, roundTripMs }
    const should = !what.held
    return judge.look({
      at,
      figures: { ...figures },
      theyShouldSend: should,
      weShouldSend: should,
      microphone: what.microphone ?? 'live',
    })
  }
  return {
    second,
    /** The words of so many such seconds. */
    seconds: (count: number, what: Second = {}) =>
      Array.from({ length: count }, () => second(what).quality?.word),
    after: (count: number, what: Second) =>
      Array.from({ length: count }, () => second(what)).at(-1) ?? second(what),
  }
}

it('scores by the E-model of the records: a call sounds the same live and afterwards', () => {
  const shown = aJudge().after(8, { roundTripMs: 620, bufferMs: 40 })
  expect(shown.mos).toBeCloseTo(rate({ loss: 0, delayMs: 310 + 50 + 40 }).mos, 5)
  expect(shown.mos).toBeCloseTo(3.22, 2)
})

describe('the word', () => {
  it('is not said in the first seconds, then it is good without a reason', () => {
    const t = aJudge()
    expect(t.seconds(3)).toEqual([undefined, undefined, 'good'])
    expect(t.second({})).toMatchObject({ quality: { word: 'good' }, lossIn: 0, roundTripMs: 40 })
    expect(t.second({}).quality).not.toHaveProperty('reason')
  })

  it.each<[string, Second, 'fair' | 'poor', string]>([
    ['some loss on its way to us', { lostIn: 3 }, 'fair', 'lossIn'],
    ['much loss on its way to us', { lostIn: 10 }, 'poor', 'lossIn'],
    ['loss on its way to them', { lossOut: 0.06 }, 'fair', 'lossOut'],
    ['sound that comes too late for its turn', { late: 0.15 }, 'poor', 'jitter'],
    ['a long way', { roundTripMs: 400 }, 'fair', 'delay'],
    ['a buffer that has grown', { bufferMs: 600 }, 'poor', 'jitter'],
    ['a loudspeaker that runs dry', { underrun: 0.2 }, 'poor', 'busy'],
    ['a loudspeaker that runs dry now and then', { underrun: 0.05 }, 'fair', 'busy'],
    ['a page that comes late to its work', { lastsMs: 1800 }, 'fair', 'busy'],
    ['nothing that arrives', { received: 0 }, 'poor', 'noSoundIn'],
    ['nothing that leaves', { sent: 0 }, 'poor', 'noSoundOut'],
    ['a microphone that gives zeros', { microphone: 'digitalSilence' }, 'poor', 'noSoundOut'],
    ['no microphone', { microphone: 'none' }, 'poor', 'noSoundOut'],
  ])('for %s tells what is to blame', (_, what, word, reason) => {
    const t = aJudge()
    t.seconds(5)
    expect(t.after(10, what).quality).toEqual({ word, reason })
  })

  it('does not flicker: one bad second changes nothing, two do, and it is better only after five good ones', () => {
    const t = aJudge()
    t.seconds(8)
    // A second of 24 % is 5 % of the last five: too little for another word by itself.
    expect(t.seconds(1, { underrun: 0.6 })).toEqual(['good'])
    expect(t.seconds(1, { underrun: 0.6 })).toEqual(['poor'])
    const back = t.seconds(14)
    expect(back.indexOf('good')).toBeGreaterThanOrEqual(5)
    expect(back.lastIndexOf('poor')).toBeLessThan(back.indexOf('good'))
  })

  it('that swings between two stays with the worse one', () => {
    const t = aJudge()
    t.seconds(5)
    t.seconds(6, { lossOut: 0.06 })
    const words = Array.from({ length: 20 }, (_, i) => t.second({ lossOut: i % 2 ? 0.06 : 0 }).quality?.word)
    expect(new Set(words)).toEqual(new Set(['fair']))
  })

  it('knows no sound at once, and forgets it as soon as five seconds were good', () => {
    const t = aJudge()
    t.seconds(5)
    const silent = t.seconds(5, { received: 0 })
    expect(silent.indexOf('poor')).toBe(2)
    expect(t.seconds(12).at(-1)).toBe('good')
  })

  it('says nothing on hold, and begins anew afterwards', () => {
    const t = aJudge()
    t.seconds(5)
    expect(t.seconds(20, { held: true, received: 0, sent: 0 })).not.toContain('poor')
    expect(t.seconds(1, { held: true })).toEqual([undefined])
    expect(t.seconds(3)).toEqual([undefined, undefined, 'good'])
  })

  it('does not count what the ear was filled with before anything came', () => {
    const t = aJudge()
    t.second({ received: 0, late: 1 })
    expect(t.second({}).mos).toBeGreaterThan(4.2)
    expect(t.seconds(4).at(-1)).toBe('good')
  })

  it('does not blame the machine for a mute', () => {
    const t = aJudge()
    expect(t.seconds(10, { microphone: 'muted' }).at(-1)).toBe('good')
  })
})

describe('the figures behind it', () => {
  it('are read where the browser has them', () => {
    const report = new Map<string, object>([
      [
        'i',
        {
          type: 'inbound-rtp',
          id: 'i',
          kind: 'audio',
          packetsReceived: 9,
          jitter: 0.012,
          concealedSamples: 500,
          silentConcealedSamples: 200,
          totalSamplesReceived: 8000,
          jitterBufferDelay: 320,
          jitterBufferEmittedCount: 8000,
        },
      ],
      [
        'r',
        {
          type: 'remote-inbound-rtp',
          id: 'r',
          kind: 'audio',
          packetsLost: 4,
          fractionLost: 0.05,
          roundTripTime: 0.08,
        },
      ],
      ['p', { type: 'media-playout', id: 'p', synthesizedSamplesDuration: 0.5, totalSamplesDuration: 10 }],
    ])
    expect(toFigures(report as never)).toMatchObject({
      jitterMs: 12,
      concealed: 300,
      played: 8000,
      buffered: 320,
      emitted: 8000,
      underrun: 0.5,
      rendered: 10,
      remote: { lost: 4, share: 0.05, roundTripMs: 80 },
    })
  })
})
