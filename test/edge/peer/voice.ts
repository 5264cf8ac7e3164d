// What a peer says: frames of 20 ms by the clock, encoded and sent, or lost, late and out of order on demand.
import { FRAME_SAMPLES, startPacer } from '../../../practice/media/pacer.ts'
import { createPlayer } from '../../../practice/media/player.ts'
import { nowMs } from './facts.ts'
import { speechCodecs } from './g711.ts'
import type { MediaFaults } from './media.ts'
import type { RtpPacket, RtpSocket } from './rtp.ts'
import type { Place } from './wire.ts'

/** Where the next frame goes, and as what. */
export interface VoicePath {
  to: Place
  codec: keyof typeof speechCodecs
  payloadType: number
}

export interface Voice {
  /** Epoch ms of the first packet sent. */
  readonly sentAt: number | undefined
  /** Resolves when the last frame was sent. */
  play(pcm: Int16Array, signal?: AbortSignal): Promise<void>
  /** Starts the clock; a second start changes nothing. */
  start(): void
  close(): void
}

/** `path` is asked for every frame; while there is none the clock runs on in silence. */
export function createVoice(
  socket: RtpSocket,
  faults: MediaFaults,
  path: () => VoicePath | undefined,
): Voice {
  const player = createPlayer()
  const late = new Set<ReturnType<typeof setTimeout>>()
  const ssrc = Math.floor(Math.random() * 0xffff_ffff)
  let sequence = Math.floor(Math.random() * 0x8000)
  let timestamp = Math.floor(Math.random() * 0x7fff_ffff)
  let sentAt: number | undefined
  let stop: (() => void) | undefined

  const put = (packet: RtpPacket, to: Place) => {
    if (Math.random() < faults.loss.send) return
    const lateMs = faults.delayMs + Math.random() * faults.jitterMs
    if (lateMs === 0) return socket.send(packet, to)
    const timer = setTimeout(() => {
      late.delete(timer)
      socket.send(packet, to)
    }, lateMs)
    late.add(timer)
  }

  const sendFrame = (skipped: number) => {
    const pcm = player.frame()
    timestamp = (timestamp + (skipped + 1) * FRAME_SAMPLES) >>> 0
    const way = path()
    if (!way) return
    // A pause leaves no hole in the numbers.
    sequence = (sequence + 1) & 0xffff
    const marker = sentAt === undefined
    sentAt ??= nowMs()
    const payload = speechCodecs[way.codec].encode(pcm)
    put({ payloadType: way.payloadType, marker, sequence, timestamp, ssrc, payload }, way.to)
  }

  return {
    get sentAt() {
      return sentAt
    },
    play: player.play,
    start() {
      stop ??= startPacer(sendFrame)
    },
    close() {
      stop?.()
      for (const timer of late) clearTimeout(timer)
      player.close()
    },
  }
}
