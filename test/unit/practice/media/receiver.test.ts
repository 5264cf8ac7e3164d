// RTP in, steady frames out; and keys.
import { describe, expect, it } from 'vitest'
import { createDtmfReceiver } from '../../../../practice/media/dtmf.ts'
import { encodeUlaw } from '../../../../practice/media/g711.ts'
import { createReceiver } from '../../../../practice/media/receiver.ts'

const payload = (samples: number, value: number) => encodeUlaw(new Int16Array(samples).fill(value))

function receive(packets: Array<[timestamp: number, samples: number, value: number]>): number[][] {
  const frames: number[][] = []
  const receiver = createReceiver((frame) => frames.push([...frame]))
  for (const [timestamp, samples, value] of packets)
    receiver.push({ timestamp, payload: payload(samples, value) })
  return frames
}
const firsts = (frames: number[][]) => frames.map(([sample]) => sample)
/** Values that µ-law keeps exactly. */
const A = 988
const B = 2_108

describe('the receiver', () => {
  it('cuts any packet size into frames of 160 samples', () => {
    const frames = receive([
      [0, 240, A],
      [240, 240, A],
    ])
    expect(frames.map(({ length }) => length)).toEqual([160, 160, 160])
  })

  it('puts silence of the right length where packets were lost', () => {
    const frames = receive([
      [0, 160, A],
      [480, 160, B],
    ])
    expect(firsts(frames)).toEqual([A, 0, 0, B])
  })

  it('drops what comes late or twice', () => {
    const frames = receive([
      [0, 160, A],
      [320, 160, B],
      [160, 160, A],
      [320, 160, B],
      [480, 160, A],
    ])
    expect(firsts(frames)).toEqual([A, 0, B, A])
  })

  it('goes on over the end of the 32 bit clock', () => {
    const frames = receive([
      [2 ** 32 - 160, 160, A],
      [0, 160, B],
    ])
    expect(firsts(frames)).toEqual([A, B])
  })

  it('takes a long pause or a new clock for what it is, without inventing minutes of silence', () => {
    const frames = receive([
      [0, 160, A],
      [1_000_000, 160, B],
      [3_000_000_000, 160, A],
    ])
    expect(firsts(frames)).toEqual([A, B, A])
  })
})

describe('a phone that falls silent', () => {
  function aReceiver() {
    let now = 0
    const frames: Int16Array[] = []
    const receiver = createReceiver(
      (frame) => frames.push(frame),
      () => now,
    )
    return {
      frames,
      push: (timestamp: number) => receiver.push({ timestamp, payload: payload(160, A) }),
      /** Time passes with its wakes; a stall has one wake at its end. */
      pass(ms: number, wakes = ms / 100) {
        for (let i = 0; i < wakes; i++) {
          now += ms / wakes
          receiver.wake()
        }
      },
    }
  }

  it('does not stop the stream: silence goes on at 20 ms a frame', () => {
    const { frames, push, pass } = aReceiver()
    push(0)
    pass(5_000)
    expect(frames).toHaveLength(1 + 250)
    expect(frames.slice(1).every((frame) => frame.every((sample) => sample === 0))).toBe(true)
  })

  it('is taken up again where it is, whatever its clock says', () => {
    const { frames, push, pass } = aReceiver()
    push(0)
    pass(1_000)
    const before = frames.length
    push(7_840)
    push(8_000)
    expect(frames.length).toBe(before + 2)
    expect(frames.at(-1)?.[0]).toBe(A)
  })

  it('is told from a machine that stalled', () => {
    const { frames, push, pass } = aReceiver()
    push(0)
    pass(2_000, 1)
    expect(frames).toHaveLength(1)
  })

  it('is nothing before the first packet', () => {
    const { frames, pass } = aReceiver()
    pass(1_000)
    expect(frames).toEqual([])
  })
})

describe('keys', () => {
  it('are told once each, when they begin', () => {
    const keys: string[] = []
    const receiver = createDtmfReceiver((key) => keys.push(key))
    const event = (code: number, timestamp: number, end = false) =>
      receiver.push({ timestamp, payload: Uint8Array.from([code, end ? 0x8a : 0x0a, 0, 160]) })
    for (const end of [false, false, true, true, true]) event(1, 100, end)
    event(1, 900)
    event(10, 1_700)
    event(15, 2_500)
    expect(keys).toEqual(['1', '1', '*', 'D'])
  })

  it('are not made of other events or torn packets', () => {
    const keys: string[] = []
    const receiver = createDtmfReceiver((key) => keys.push(key))
    receiver.push({ timestamp: 1, payload: Uint8Array.from([16, 0, 0, 0]) })
    receiver.push({ timestamp: 2, payload: Uint8Array.from([1, 0]) })
    receiver.push({ timestamp: 3, payload: new Uint8Array(0) })
    expect(keys).toEqual([])
  })
})
