// Voice activity on sounds that we make: speech-like bursts, noise, clicks and nothing.
import { describe, expect, it } from 'vitest'
import { createVoiceActivity } from '../../../../practice/voice/voice-activity.ts'

/** A repeatable noise, so that no test depends on luck. */
function createNoise(seed = 1) {
  let state = seed
  return (amplitude: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.round((state / 1_073_741_824 - 1) * amplitude)
  }
}
const random = createNoise()
const silence = (ms: number) => new Int16Array(ms * 8)
const noise = (ms: number, amplitude: number) => Int16Array.from({ length: ms * 8 }, () => random(amplitude))
/** Syllables of 250 ms that swell and fade. */
const speech = (ms: number, amplitude = 6_000) =>
  Int16Array.from({ length: ms * 8 }, (_, i) => {
    const syllable = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / 2_000)
    return Math.round(amplitude * syllable * Math.sin((2 * Math.PI * 180 * i) / 8_000))
  })
const mix = (a: Int16Array, b: Int16Array) => a.map((sample, i) => sample + (b[i] ?? 0))

function listen(...sounds: Int16Array[]) {
  const activity = createVoiceActivity()
  const starts: Array<{ offset: number; heardAt: number }> = []
  const utterances: Array<{ startMs: number; endMs: number; ms: number }> = []
  let at = 0
  activity.onStart((offset) => starts.push({ offset, heardAt: at }))
  activity.onUtterance(({ pcm, startMs, endMs }) => utterances.push({ startMs, endMs, ms: pcm.length / 8 }))
  const all = Int16Array.from(sounds.flatMap((sound) => [...sound]))
  for (let i = 0; i + 160 <= all.length; i += 160) {
    at = (i + 160) / 8
    activity.push(all.subarray(i, i + 160))
  }
  return { starts, utterances, flush: activity.flush }
}

describe('voice activity', () => {
  it('finds an utterance with its place, and tells its onset within 60 ms', () => {
    const { starts, utterances } = listen(silence(1_000), noise(20, 0), speech(1_500), silence(1_000))
    expect(starts).toHaveLength(1)
    // The first syllable swells: it is loud some frames after it began.
    expect(starts[0]?.offset).toBeGreaterThanOrEqual(1_000)
    expect((starts[0]?.heardAt ?? 0) - (starts[0]?.offset ?? 0)).toBeLessThanOrEqual(60)
    expect(utterances).toHaveLength(1)
    expect(utterances[0]?.endMs).toBeGreaterThan(2_300)
    expect(utterances[0]?.endMs).toBeLessThanOrEqual(2_540)
  })

  it('tells the onset of a sudden sound at most 60 ms after it began', () => {
    const { starts } = listen(silence(500), noise(300, 8_000), silence(1_000))
    expect(starts).toHaveLength(1)
    expect(starts[0]?.offset).toBe(500)
    expect(starts[0]?.heardAt).toBeLessThanOrEqual(560)
  })

  it('keeps a margin on both sides', () => {
    const { utterances } = listen(silence(1_000), noise(400, 8_000), silence(1_000))
    expect(utterances).toEqual([{ startMs: 1_000, endMs: 1_400, ms: 800 }])
  })

  it('keeps words apart by 600 ms together, and those further away not', () => {
    expect(
      listen(silence(500), speech(1_000), silence(300), speech(1_000), silence(900)).utterances,
    ).toHaveLength(1)
    expect(
      listen(silence(500), speech(1_000), silence(900), speech(1_000), silence(900)).utterances,
    ).toHaveLength(2)
  })

  it('hears nothing in digital silence, in quiet noise and in a loud constant noise', () => {
    expect(listen(silence(5_000)).starts).toEqual([])
    expect(listen(noise(5_000, 60)).starts).toEqual([])
    expect(listen(noise(10_000, 3_000)).starts).toEqual([])
  })

  it('finds speech over a constant noise', () => {
    const { utterances } = listen(
      noise(2_000, 600),
      mix(speech(1_500), noise(1_500, 600)),
      noise(1_500, 600),
      mix(speech(1_000), noise(1_000, 600)),
      noise(1_500, 600),
    )
    expect(utterances).toHaveLength(2)
  })

  it('gets used to a noise that sets in, and hands out nothing of it', () => {
    const { utterances } = listen(silence(1_000), noise(8_000, 3_000))
    expect(utterances).toEqual([])
    const after = listen(
      silence(1_000),
      noise(8_000, 1_000),
      mix(speech(1_000, 12_000), noise(1_000, 1_000)),
      noise(2_000, 1_000),
    )
    expect(after.utterances).toHaveLength(1)
    expect(after.utterances[0]?.startMs).toBeGreaterThanOrEqual(9_000)
  })

  it('does not start at a click', () => {
    expect(
      listen(silence(500), noise(20, 20_000), silence(500), noise(10, 20_000), silence(500)).starts,
    ).toEqual([])
  })

  it('cuts an utterance that never ends', () => {
    const { utterances } = listen(silence(500), speech(70_000), silence(1_000))
    expect(utterances.length).toBeGreaterThanOrEqual(2)
    for (const { ms } of utterances) expect(ms).toBeLessThanOrEqual(30_500)
  })

  it('hands out an open utterance when it is flushed, and nothing when there is none', () => {
    const open = listen(silence(500), speech(1_000))
    expect(open.utterances).toEqual([])
    open.flush()
    expect(open.utterances).toHaveLength(1)
    open.flush()
    expect(open.utterances).toHaveLength(1)
  })
})
