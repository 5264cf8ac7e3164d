// The audio of one call: DTLS-SRTP and µ-law by werift, paced by our own clock. Nothing leaves 127.0.0.1.
import { RtpHeader, RtpPacket } from 'werift'
import type { LineStrings, Pcm } from '../line.ts'
import { createDtmfReceiver } from './dtmf.ts'
import { encodeUlaw } from './g711.ts'
import { createListeners } from './listeners.ts'
import { FRAME_SAMPLES, startPacer } from './pacer.ts'
import { AUDIO, createPeer, describe, EVENTS } from './peer.ts'
import { createPlayer } from './player.ts'
import { createReceiver, WAKE_MS } from './receiver.ts'

/** Playing starts without a connection after this long, so that no flow waits for ever on a phone without media. */
const CONNECT_MS = 5_000

/** As the platform's media server does (contract A.4). A muted phone goes on sending; one that was killed does not. */
const LOST_MS = 60_000

export interface MediaLeg {
  /** Our offer, with all candidates in it. */
  offer(): Promise<string>
  /** The phone's answer to it. Starts the clock once packets can flow. */
  accept(answer: string): Promise<void>
  /** A new offer of the phone inside the call (re-INVITE), answered. */
  renegotiate(offer: string): Promise<string>
  /** What we last described: for a re-INVITE without an offer. */
  current(): string
  play(pcm: Pcm, signal?: AbortSignal): Promise<void>
  mix(pcm: Pcm, signal?: AbortSignal): Promise<void>
  onAudio(listener: (frame: Pcm) => void): () => void
  onDtmf(listener: (key: string) => void): () => void
  /** No packet has come for so long that there is nobody any more: told once. */
  onLost(listener: () => void): () => void
  close(): Promise<void>
}

export type MediaFaults = Pick<LineStrings, 'loss' | 'mute'>

export function createMediaLeg(faults: MediaFaults, lostMs = LOST_MS): MediaLeg {
  const { peer, audio: transceiver } = createPeer()
  const player = createPlayer()
  const audio = createListeners<Pcm>()
  const keys = createListeners<string>()
  const lost = createListeners<void>()
  const receiver = createReceiver(audio.tell)
  const dtmf = createDtmfReceiver(keys.tell)
  let held = false
  let packetAt = 0
  let closed = false
  let stopPacer: (() => void) | undefined
  let fallback: ReturnType<typeof setTimeout> | undefined
  let waking: ReturnType<typeof setInterval> | undefined
  let sequence = Math.floor(Math.random() * 0x8000)
  let timestamp = Math.floor(Math.random() * 0x7fff_ffff)

  const sendFrame = (skipped: number) => {
    const frame = player.frame()
    timestamp = (timestamp + skipped * FRAME_SAMPLES) >>> 0
    const header = new RtpHeader({ payloadType: AUDIO, sequenceNumber: sequence, timestamp })
    timestamp = (timestamp + FRAME_SAMPLES) >>> 0
    // A pause leaves no hole in the numbers; what the strings drop is missed, as on a bad network.
    if (held) return
    sequence = (sequence + 1) & 0xffff
    if (faults.mute.toPhone || Math.random() < faults.loss.toPhone) return
    const packet = new RtpPacket(header, Buffer.from(encodeUlaw(frame)))
    transceiver.sender.sendRtp(packet).catch(() => {})
  }

  const start = () => {
    if (closed || stopPacer) return
    clearTimeout(fallback)
    stopPacer = startPacer(sendFrame)
    packetAt = performance.now()
    waking = setInterval(() => {
      receiver.wake()
      if (held || performance.now() - packetAt < lostMs) return
      lost.tell()
      lost.clear()
    }, WAKE_MS)
  }

  peer.onTrack.subscribe((track) => {
    track.onReceiveRtp.subscribe((rtp) => {
      packetAt = performance.now()
      if (closed || faults.mute.fromPhone || Math.random() < faults.loss.fromPhone) return
      const packet = { timestamp: rtp.header.timestamp, payload: rtp.payload }
      if (rtp.header.payloadType === EVENTS) dtmf.push(packet)
      else if (rtp.header.payloadType === AUDIO) receiver.push(packet)
    })
  })
  peer.connectionStateChange.subscribe((state) => {
    if (state === 'connected') start()
  })

  return {
    async offer() {
      await peer.setLocalDescription(await peer.createOffer())
      return describe(peer)
    },
    async accept(answer) {
      requireAudio(answer)
      await peer.setRemoteDescription({ type: 'answer', sdp: answer })
      if (!stopPacer && !closed) fallback = setTimeout(start, CONNECT_MS)
    },
    async renegotiate(offer) {
      requireAudio(offer)
      await peer.setRemoteDescription({ type: 'offer', sdp: offer })
      await peer.setLocalDescription(await peer.createAnswer())
      // On hold the phone does not want to hear us (RFC 3264 section 8.4).
      held = /^a=(sendonly|inactive)\s*$/m.test(offer)
      return describe(peer)
    },
    current: () => describe(peer),
    play: player.play,
    mix: player.mix,
    onAudio: audio.add,
    onDtmf: keys.add,
    onLost: lost.add,
    async close() {
      if (closed) return
      closed = true
      clearTimeout(fallback)
      clearInterval(waking)
      stopPacer?.()
      player.close()
      audio.clear()
      keys.clear()
      lost.clear()
      await peer.close()
    },
  }
}

/** A description whose audio is refused (port 0) or missing cannot be a call. */
function requireAudio(sdp: string): void {
  const port = /^m=audio (\d+)/m.exec(sdp)?.[1]
  if (port === undefined || port === '0') throw new Error('the description of the phone has no audio')
}
