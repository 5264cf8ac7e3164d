// The arithmetic of `npm run bench:edge`: what is judged, what is the same for every phone, what is written where.
import { describe, expect, it } from 'vitest'
import { impair } from '../../bench/edge/impairment.ts'
import { scoreSpeech } from '../../bench/edge/score.ts'
import { toCells } from '../../bench/edge/table.ts'
import { putSection, readSection } from '../../bench/marked-section.ts'
import type { MediaFaults } from '../../edge/peer/media.ts'

/** Words, as far as a spectrum knows: a new chord every 0.2 to 0.5 s and a pause after each. */
const speech = toSpeech(40_000)

function toSpeech(length: number): Int16Array {
  const out = new Int16Array(length)
  let lot = 7
  for (let from = 0; from < length; ) {
    lot = (lot * 16_807) % 2_147_483_647
    const samples = 1_600 + (lot % 2_400)
    const hertz = 250 + (lot % 900)
    for (let i = from; i < Math.min(length, from + samples - 400); i++) {
      const angle = (2 * Math.PI * hertz * i) / 8_000
      out[i] = 4_000 * (Math.sin(angle) + Math.sin(2.7 * angle))
    }
    from += samples
  }
  return out
}

const late = (pcm: Int16Array, samples: number) => Int16Array.from([...new Int16Array(samples), ...pcm])

describe('the score of received speech', () => {
  it('is nothing for the same sound, however late it comes', () => {
    expect(scoreSpeech(speech, late(speech, 5_000))).toBeCloseTo(0, 5)
  })

  it('forgives a jitter buffer that moves words by some ms', () => {
    const moved = Int16Array.from([
      ...speech.subarray(0, 20_000),
      ...new Int16Array(160),
      ...speech.subarray(20_000),
    ])
    expect(scoreSpeech(speech, late(moved, 3_000))).toBeLessThan(2)
  })

  it('finds the words again after a jump of the clock', () => {
    const jumped = Int16Array.from([...speech.subarray(0, 16_000), ...speech.subarray(19_000)])
    const lost = scoreSpeech(speech, jumped)
    expect(lost).toBeGreaterThan(0.2)
    expect(lost).toBeLessThan(4)
  })

  it('grows with what is missing', () => {
    const without = (every: number) =>
      speech.map((sample, i) => (Math.floor(i / 160) % every === 3 ? 0 : sample))
    const [some = 0, many = 0] = [20, 5].map((every) => scoreSpeech(speech, without(every)))
    expect(some).toBeGreaterThan(0.2)
    expect(many).toBeGreaterThan(2 * some)
  })
})

describe('a bad network', () => {
  const network = (seed: number) => {
    const faults: MediaFaults = { loss: { send: 0, receive: 0 }, delayMs: 0, jitterMs: 0 }
    impair(faults, { loss: 0.1, jitterMs: 50 }, seed)
    return Array.from({ length: 1_000 }, () => [faults.loss.send, faults.delayMs] as const)
  }

  it('is the same for every phone, and another one in the next round', () => {
    expect(network(1)).toEqual(network(1))
    expect(network(2)).not.toEqual(network(1))
  })

  it('loses the share it says and delays by no more than it says', () => {
    const packets = network(1)
    const lost = packets.filter(([loss]) => loss === 1).length
    expect(lost).toBeGreaterThan(60)
    expect(lost).toBeLessThan(140)
    const delays = packets.map(([, delay]) => delay)
    expect(Math.max(...delays)).toBeLessThanOrEqual(50)
    expect(Math.min(...delays)).toBeLessThan(5)
  })
})

describe('the section of the page', () => {
  const page = '# Benchmarks\n\nOthers.\n'

  it('is put at the end once, and replaced from then on', () => {
    const once = putSection(page, 'edge', 'First.')
    expect(putSection(once, 'edge', 'Second.')).toBe(putSection(page, 'edge', 'Second.'))
    expect(once.startsWith(page)).toBe(true)
  })

  it('leaves what stands before and behind it alone', () => {
    const between = `${putSection(page, 'edge', 'First.')}\n## More\n`
    const after = putSection(between, 'edge', 'Second.')
    expect(after).toContain('Others.')
    expect(after).toContain('## More')
    expect(after).not.toContain('First.')
  })

  it('can be taken along by whoever writes the page anew', () => {
    expect(readSection(page, 'edge')).toBe('')
    const section = readSection(putSection(page, 'edge', 'First.'), 'edge')
    expect(putSection(`# New\n\n${section}\n`, 'edge', 'Second.')).toContain(
      '# New\n\n<!-- bench:edge begin -->\nSecond.',
    )
  })
})

describe('a row of the table', () => {
  const columns = [
    { name: 'chromium', title: 'A' },
    { name: 'electron', title: 'B' },
    { name: 'linphonec', title: 'C' },
  ] as const

  it('shows median, least, most and count of each phone, the ratio of the medians, and whether the aim is met', () => {
    const values = { chromium: [2, 4, 3], linphonec: [6, 6, 6, 1_200] }
    expect(toCells({ what: 'Answer', unit: 'ms', aim: 3, values }, columns)).toEqual([
      'Answer',
      '≤ 3 ms, met',
      '**3.0 ms** (2.0 – 4.0) of 3',
      '–',
      '**6.0 ms** (6.0 – 1,200) of 4',
      '0.50',
    ])
  })
})
