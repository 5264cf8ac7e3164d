// The audio of one call of a peer: plain RTP, G.711, paced by the clock, with loss, delay and jitter on demand.

import { FRAME_SAMPLES, startPacer } from '../../../practice/media/pacer.ts'
import { createPlayer } from '../../../practice/media/player.ts'
import { nowMs } from './facts.ts'
import { speechCodecs } from './g711.ts'
import { createHeard, type Heard } from './heard.ts'
import { openRtpSocket, type RtpPacket } from './rtp.ts'
import {
  buildSdp,
  type Codec,
  type Direction,
  type OwnDescription,
  parseSdp,
  type RemoteDescription,
  toAnswer,
} from './sdp.ts'
import type { Place } from './wire.ts'

/** Each is off until set. Shares are 0 to 1. */
export interface MediaFaults {
  loss: { send: number; receive: number }
  /** Every packet sent later by this much, and by up to `jitterMs` more. */
  delayMs: number
  jitterMs: number
}

export interface Media {
  readonly heard: Heard
  readonly faults: MediaFaults
  readonly port: number
  readonly direction: Direction
  readonly remote: RemoteDescription | undefined
  /** The codec that was agreed on. */
  readonly codec: Codec | undefined
  /** Epoch ms of the first packet sent. */
  readonly sentAt: number | undefined
  offer(changes?: Partial<OwnDescription>): string
  /** `undefined`: there is nothing in it that we could agree on. */
  answer(offer: string, changes?: Partial<OwnDescription>): string | undefined
  accept(answer: string): boolean
  /** What we last described. */
  readonly local: string
  /** Resolves when the last frame was sent. */
  play(pcm: Int16Array, signal?: AbortSignal): Promise<void>
  close(): void
}

export async function openMedia(host: string, ownCodecs: readonly Codec[]): Promise<Media> {
  const heard = createHeard()
  const player = createPlayer()
  const faults: MediaFaults = { loss: { send: 0, receive: 0 }, delayMs: 0, jitterMs: 0 }
  const held = new Set<ReturnType<typeof setTimeout>>()
  const own = { sessionId: Math.floor(Math.random() * 1e9), version: 0, direction: 'sendrecv' as Direction }
  let local = ''
  let remote: RemoteDescription | undefined
  let offered = ownCodecs
  let agreed: { codec: Codec; payloadType: number; events: number | undefined } | undefined
  let stop: (() => void) | undefined
  let sentAt: number | undefined
  let sequence = Math.floor(Math.random() * 0x8000)
  let timestamp = Math.floor(Math.random() * 0x7fff_ffff)
  const ssrc = Math.floor(Math.random() * 0xffff_ffff)

  const socket = await openRtpSocket(host, (packet) => {
    if (Math.random() < faults.loss.receive) return
    if (packet.payloadType === agreed?.events) return heard.pushEvent(packet)
    // Until an answer tells, static numbers say what it is (early media).
    const name =
      agreed?.payloadType === packet.payloadType ? agreed.codec : packet.payloadType === 8 ? 'PCMA' : 'PCMU'
    if (name === 'PCMU' || name === 'PCMA') heard.push(packet, speechCodecs[name].decode(packet.payload))
  })

  const put = (packet: RtpPacket, to: Place) => {
    if (Math.random() < faults.loss.send) return
    const lateMs = faults.delayMs + Math.random() * faults.jitterMs
    if (lateMs === 0) return socket.send(packet, to)
    const timer = setTimeout(() => {
      held.delete(timer)
      socket.send(packet, to)
    }, lateMs)
    held.add(timer)
  }

  const frame = (skipped: number) => {
    const pcm = player.frame()
    timestamp = (timestamp + (skipped + 1) * FRAME_SAMPLES) >>> 0
    // Neither into a hold of theirs nor during one of ours (RFC 3264 section 5.1).
    const theyHear = remote && ['sendrecv', 'recvonly'].includes(remote.direction) && remote.port !== 0
    if (!theyHear || !['sendrecv', 'sendonly'].includes(own.direction) || remote?.host === '0.0.0.0') return
    if (agreed?.codec !== 'PCMU' && agreed?.codec !== 'PCMA') return
    sequence = (sequence + 1) & 0xffff
    const payload = speechCodecs[agreed.codec].encode(pcm)
    const marker = sentAt === undefined
    sentAt ??= nowMs()
    if (remote) put({ payloadType: agreed.payloadType, marker, sequence, timestamp, ssrc, payload }, remote)
  }

  const describe = (changes: Partial<OwnDescription>) => {
    own.version++
    own.direction = changes.direction ?? own.direction
    local = buildSdp({ host, port: socket.port, codecs: ownCodecs, ...own, ...changes })
    return local
  }

  /** The first codec of the other side that we have. */
  const agree = (theirs: RemoteDescription, mine: readonly Codec[]) => {
    const format = theirs.formats.find(({ name }) => mine.some((codec) => same(codec, name)))
    const codec = mine.find((each) => format && same(each, format.name))
    if (!format || !codec || theirs.port === 0) return undefined
    const events = theirs.formats.find(({ name }) => same('telephone-event', name))?.payloadType
    remote = theirs
    agreed = { codec, payloadType: format.payloadType, events }
    stop ??= startPacer(frame)
    return codec
  }

  return {
    heard,
    faults,
    port: socket.port,
    get direction() {
      return own.direction
    },
    get remote() {
      return remote
    },
    get codec() {
      return agreed?.codec
    },
    get sentAt() {
      return sentAt
    },
    get local() {
      return local
    },
    offer(changes = {}) {
      offered = changes.codecs ?? ownCodecs
      return describe(changes)
    },
    answer(offer, changes = {}) {
      const theirs = parseSdp(offer)
      const codec = theirs && agree(theirs, changes.codecs ?? ownCodecs)
      if (!theirs || !codec) return undefined
      const numbers = new Map(
        theirs.formats.map(({ name, payloadType }) => [name.toLowerCase(), payloadType]),
      )
      return describe({ direction: toAnswer(theirs.direction), numbers, ...changes, codecs: [codec] })
    },
    accept(answer) {
      const theirs = parseSdp(answer)
      return theirs !== undefined && agree(theirs, offered) !== undefined
    },
    play: player.play,
    close() {
      stop?.()
      for (const timer of held) clearTimeout(timer)
      player.close()
      socket.close()
    },
  }
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
