// What the phone says: RTP payloads in, a steady stream of 160-sample frames out. What is missing becomes silence.
import type { Pcm } from '../line.ts'
import { decodeUlaw } from './g711.ts'
import { FRAME_MS, FRAME_SAMPLES } from './pacer.ts'

/** A jump longer than this is a new clock of the sender, not loss: it is not filled. */
const LONGEST_GAP = 8_000
/** So many wakes without a packet, and the phone is silent (muted, on hold, gone): the stream goes on without it. */
const QUIET_WAKES = 3
/** After a sleep of the machine nobody wants hours of silence. */
const LONGEST_FILL = 500

export const WAKE_MS = 100

export interface AudioPacket {
  timestamp: number
  payload: Uint8Array
}

export interface Receiver {
  push(packet: AudioPacket): void
  /** To be called every 100 ms. Counting wakes instead of time tells a silent phone from a machine that stalled. */
  wake(): void
}

/** Late and doubled packets are dropped: waiting for them would delay every word by a buffer. */
export function createReceiver(
  onFrame: (frame: Pcm) => void,
  now: () => number = () => performance.now(),
): Receiver {
  let expected: number | undefined
  let rest: Pcm = new Int16Array(0)
  /** Up to when the stream has been delivered. */
  let filledTo: number | undefined
  let quiet = 0

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
      quiet = 0
      filledTo = now()
      deliver(decodeUlaw(payload))
    },
    wake() {
      if (filledTo === undefined || ++quiet < QUIET_WAKES) return
      const missing = Math.floor((now() - filledTo) / FRAME_MS)
      filledTo += missing * FRAME_MS
      // The next packet is taken as it comes: its time is accounted for.
      expected = undefined
      deliver(new Int16Array(Math.min(missing, LONGEST_FILL) * FRAME_SAMPLES))
    },
  }
}
