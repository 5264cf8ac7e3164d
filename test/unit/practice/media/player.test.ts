// What is said, in what order, and what becomes of it when it is interrupted.
import { describe, expect, it } from 'vitest'
import { createPlayer } from '../../../../practice/media/player.ts'

const loud = (samples: number, value = 5_000) => new Int16Array(samples).fill(value)
const isLoud = (frame: Int16Array) => frame.some((sample) => Math.abs(sample) > 100)

/** Whether a promise has resolved by now. */
async function isDone(promise: Promise<void>): Promise<boolean> {
  return Promise.race([
    promise.then(() => true),
    new Promise<boolean>((resolve) => setImmediate(() => resolve(false))),
  ])
}

describe('the player', () => {
  it('plays one utterance after the other and resolves each with its last frame', async () => {
    const player = createPlayer()
    const first = player.play(loud(320, 1_000))
    const second = player.play(loud(160, 2_000))
    expect(player.frame()[0]).toBe(1_000)
    expect(await isDone(first)).toBe(false)
    expect(player.frame()[0]).toBe(1_000)
    expect(await isDone(first)).toBe(true)
    expect(await isDone(second)).toBe(false)
    expect(player.frame()[0]).toBe(2_000)
    expect(await isDone(second)).toBe(true)
    expect(isLoud(player.frame())).toBe(false)
  })

  it('fills the rest of the last frame and all silence with noise that nobody hears', () => {
    const player = createPlayer()
    void player.play(loud(40))
    const frame = player.frame()
    expect(frame).toHaveLength(160)
    expect(frame[39]).toBe(5_000)
    expect(isLoud(frame.subarray(40))).toBe(false)
    const silence = player.frame()
    expect(silence.some((sample) => sample !== 0)).toBe(true)
  })

  it('drops the utterance whose signal aborts and goes on with the next', async () => {
    const player = createPlayer()
    const stop = new AbortController()
    const first = player.play(loud(1_600, 1_000), stop.signal)
    const second = player.play(loud(160, 2_000))
    player.frame()
    stop.abort()
    expect(await isDone(first)).toBe(true)
    expect(player.frame()[0]).toBe(2_000)
    expect(await isDone(second)).toBe(true)
  })

  it('plays nothing for an aborted signal, an empty sound or a closed player', async () => {
    const player = createPlayer()
    expect(await isDone(player.play(loud(160), AbortSignal.abort()))).toBe(true)
    expect(await isDone(player.play(new Int16Array(0)))).toBe(true)
    const cut = player.play(loud(160))
    player.close()
    expect(await isDone(cut)).toBe(true)
    expect(await isDone(player.play(loud(160)))).toBe(true)
    expect(isLoud(player.frame())).toBe(false)
  })

  it('mixes a second voice over the first at once, without moving it', async () => {
    const player = createPlayer()
    const first = player.play(loud(320, 1_000))
    const over = player.mix(loud(160, 500))
    expect(player.frame()[0]).toBe(1_500)
    expect(await isDone(over)).toBe(true)
    expect(player.frame()[0]).toBe(1_000)
    expect(await isDone(first)).toBe(true)
    void player.play(loud(160, 30_000))
    void player.mix(loud(160, 30_000))
    expect(player.frame()[0]).toBe(32_767)
  })
})
