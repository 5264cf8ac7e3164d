// What the phone says: RTP payloads in, steady frames of 160 samples out. Lost packets become silence of their length.
import type { Pcm } from '../line.ts'
import { decodeUlaw } from './g711.ts'
import { FRAME_SAMPLES } from './pacer.ts'

/** A gap longer than this is a pause of the sender (a mute, a new clock), not loss: it is not filled. */
const LONGEST_GAP = 8_000

export interface AudioPacket {
  timestamp: number
  payload: Uint8Array
}

export interface Receiver {
  push(packet: AudioPacket): void
}

/** Late and doubled packets are dropped: waiting for them would delay every word by a buffer. */
export function createReceiver(onFrame: (frame: Pcm) => void): Receiver {
  let expected: number | undefined
  let rest: Pcm = new Int16Array(0)

  const deliver = (pcm: Pcm) => {
    const all = new Int16Array(rest.length + pcm.length)
    all.set(rest)
    all.set(pcm, rest.length)
    let at = 0
    for (; at + FRAME_SAMPLES <= all.length; at += FRAME_SAMPLES) onFrame(all.slice(at, at + FRAME_SAMPLES))
    rest = all.slice(at)
  }

  return {
    push({ timestamp, payload }) {
      // Differences of RTP timestamps are taken modulo 2^32 (RFC 3550 section 5.1).
      const gap = expected === undefined ? 0 : (timestamp - expected) | 0
      if (gap < 0 && gap > -LONGEST_GAP) return
      if (gap > 0 && gap <= LONGEST_GAP) deliver(new Int16Array(gap))
      expected = (timestamp + payload.length) >>> 0
      deliver(decodeUlaw(payload))
    },
  }
}
