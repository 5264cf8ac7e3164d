// The audio of one call of a peer: what it offers and accepts, what it says and hears, over plain RTP in G.711.
import { speechCodecs } from './g711.ts'
import { createHeard, type Heard } from './heard.ts'
import { openRtpSocket } from './rtp.ts'
import {
  buildSdp,
  type Codec,
  type Direction,
  type OwnDescription,
  parseSdp,
  type RemoteDescription,
  toAnswer,
} from './sdp.ts'
import { createVoice, type VoicePath } from './voice.ts'

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
  const faults: MediaFaults = { loss: { send: 0, receive: 0 }, delayMs: 0, jitterMs: 0 }
  const own = { sessionId: Math.floor(Math.random() * 1e9), version: 0, direction: 'sendrecv' as Direction }
  let local = ''
  let remote: RemoteDescription | undefined
  let offered = ownCodecs
  let agreed: { codec: Codec; payloadType: number; events: number | undefined } | undefined

  const socket = await openRtpSocket(host, (packet) => {
    if (Math.random() < faults.loss.receive) return
    if (packet.payloadType === agreed?.events) return heard.pushEvent(packet)
    // Until an answer tells, static numbers say what it is (early media).
    const name =
      agreed?.payloadType === packet.payloadType ? agreed.codec : packet.payloadType === 8 ? 'PCMA' : 'PCMU'
    if (name === 'PCMU' || name === 'PCMA') heard.push(packet, speechCodecs[name].decode(packet.payload))
  })

  const path = (): VoicePath | undefined => {
    if (!remote || remote.port === 0 || remote.host === '0.0.0.0') return undefined
    // Neither into a hold of theirs nor during one of ours (RFC 3264 section 5.1).
    const theyListen = remote.direction === 'sendrecv' || remote.direction === 'recvonly'
    const weSpeak = own.direction === 'sendrecv' || own.direction === 'sendonly'
    if (!theyListen || !weSpeak || (agreed?.codec !== 'PCMU' && agreed?.codec !== 'PCMA')) return undefined
    return { to: remote, codec: agreed.codec, payloadType: agreed.payloadType }
  }
  const voice = createVoice(socket, faults, path)

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
    voice.start()
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
      return voice.sentAt
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
    play: voice.play,
    close() {
      voice.close()
      socket.close()
    },
  }
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
