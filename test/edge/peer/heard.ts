// What a peer has heard: each packet with its time, the sound put together by the RTP clock, the keys that were pressed.
import { createDtmfReceiver } from '../../../practice/media/dtmf.ts'
import { levelOf } from '../../../practice/voice/level.ts'
import { createFacts, nowMs } from './facts.ts'
import type { RtpPacket } from './rtp.ts'

/** Louder than this is sound: far above comfort noise and the floor of a fake microphone. */
export const LOUD = 300

export interface HeardPacket {
  /** Epoch ms with fractions. */
  at: number
  sequence: number
  timestamp: number
  ssrc: number
  payloadType: number
  level: number
  samples: number
}

export interface Heard {
  readonly packets: readonly HeardPacket[]
  readonly digits: string
  /** When the first packet, and the first one with sound in it, came. */
  readonly firstPacketAt: number | undefined
  readonly firstSoundAt: number | undefined
  /** All of it, or from a time on: 8 kHz; what is missing is silence. */
  pcm(sinceMs?: number): Int16Array
  /** Mean level (root mean square) of the packets since a time. */
  level(sinceMs?: number): number
  /** The next packet after a time; the next loud one; so many loud ones. */
  packet(afterMs?: number, ms?: number): Promise<HeardPacket>
  sound(afterMs?: number, ms?: number): Promise<HeardPacket>
  /** Packets of `forMs` in a row, all of them quiet. */
  quiet(forMs: number, afterMs?: number): Promise<void>
  digit(key: string, ms?: number): Promise<void>
  /** Frames as they come, decoded. */
  onAudio(listener: (pcm: Int16Array, packet: RtpPacket) => void): () => void
  onDigit(listener: (key: string) => void): () => void
}

export interface HeardInside extends Heard {
  push(packet: RtpPacket, pcm: Int16Array): void
  pushEvent(packet: RtpPacket): void
}

/** A jump longer than this is a new clock of the sender, not loss. */
const LONGEST_GAP = 80_000

export function createHeard(): HeardInside {
  const packets = createFacts<HeardPacket>(({ level }) => level.toFixed(0))
  const keys = createFacts<{ key: string; count: number }>(({ key }) => key)
  const sounds: { at: number; pcm: Int16Array; ssrc: number; timestamp: number }[] = []
  const audio = new Set<(pcm: Int16Array, packet: RtpPacket) => void>()
  const digitListeners = new Set<(key: string) => void>()
  const dtmf = createDtmfReceiver((key) => {
    keys.tell({ key, count: keys.all.filter((each) => each.key === key).length + 1 })
    for (const listener of [...digitListeners]) listener(key)
  })
  const lastSequence = new Map<number, number>()
  const isLoud = ({ level }: HeardPacket) => level > LOUD

  return {
    packets: packets.all,
    get digits() {
      return keys.all.map(({ key }) => key).join('')
    },
    get firstPacketAt() {
      return packets.all[0]?.at
    },
    get firstSoundAt() {
      return packets.all.find(isLoud)?.at
    },
    pcm: (since = 0) => assemble(sounds.filter(({ at }) => at >= since)),
    level(since = 0) {
      const levels = packets.all.filter(({ at }) => at >= since).map(({ level }) => level)
      return Math.sqrt(levels.reduce((sum, level) => sum + level * level, 0) / Math.max(1, levels.length))
    },
    packet: (after = 0, ms) => packets.wait('a packet', ({ at }) => at > after, ms),
    sound: (after = 0, ms) => packets.wait('sound', (packet) => packet.at > after && isLoud(packet), ms),
    async quiet(forMs, after = 0) {
      let samples = 0
      await packets.wait(`${forMs} ms of silence`, (packet) => {
        if (packet.at <= after) return false
        samples = isLoud(packet) ? 0 : samples + packet.samples
        return samples >= forMs * 8
      })
    },
    async digit(key, ms) {
      await keys.wait(`key ${key}`, (each) => each.key === key, ms)
    },
    onAudio(listener) {
      audio.add(listener)
      return () => audio.delete(listener)
    },
    onDigit(listener) {
      digitListeners.add(listener)
      return () => digitListeners.delete(listener)
    },
    push(packet, pcm) {
      const { sequence, timestamp, ssrc, payloadType } = packet
      // Late and doubled packets are heard once, in order, as any small receiver does.
      const last = lastSequence.get(ssrc)
      if (last !== undefined && (sequence - last) << 16 <= 0) return
      lastSequence.set(ssrc, sequence)
      const at = nowMs()
      sounds.push({ at, pcm, ssrc, timestamp })
      packets.tell({ at, sequence, timestamp, ssrc, payloadType, level: levelOf(pcm), samples: pcm.length })
      for (const listener of [...audio]) listener(pcm, packet)
    },
    pushEvent: (packet) => dtmf.push(packet),
  }
}

/** Gaps of one sender are filled with silence; a new sender or a new clock goes on where the last one ended. */
function assemble(sounds: { pcm: Int16Array; ssrc: number; timestamp: number }[]): Int16Array {
  let length = 0
  let last: { ssrc: number; end: number } | undefined
  const placed = sounds.map(({ pcm, ssrc, timestamp }) => {
    const gap = last?.ssrc === ssrc ? (timestamp - last.end) | 0 : 0
    if (gap > 0 && gap < LONGEST_GAP) length += gap
    const at = length
    length += pcm.length
    last = { ssrc, end: (timestamp + pcm.length) >>> 0 }
    return { pcm, at }
  })
  const out = new Int16Array(length)
  for (const { pcm, at } of placed) out.set(pcm, at)
  return out
}
