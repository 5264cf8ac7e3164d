// The media of a phone for tests: a full ICE agent by werift that answers an offer, speaks and listens in µ-law.
import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, RtpPacket } from 'werift'
import { decodeUlaw, encodeUlaw } from '../../../practice/media/g711.ts'

export interface PhoneMedia {
  /** For phones that behave oddly. */
  readonly peer: RTCPeerConnection
  answer(offer: string): Promise<string>
  /** The other way round: our offer and their answer. */
  offer(): Promise<string>
  accept(answer: string): Promise<void>
  connected(): Promise<void>
  /** Sends this sound in real time. */
  say(pcm: Int16Array): Promise<void>
  /** Sends one key as RFC 4733 does it: three starts, three ends. */
  press(code: number): void
  /** Everything heard so far. */
  heard(): Int16Array
  packets(): number
  close(): Promise<void>
}

const pcmu = () =>
  new RTCRtpCodecParameters({ mimeType: 'audio/PCMU', clockRate: 8000, channels: 1, payloadType: 0 })
const events = () =>
  new RTCRtpCodecParameters({
    mimeType: 'audio/telephone-event',
    clockRate: 8000,
    channels: 1,
    payloadType: 101,
  })

export function createPhoneMedia(): PhoneMedia {
  const peer = new RTCPeerConnection({
    iceUseIpv4: false,
    iceUseIpv6: false,
    iceAdditionalHostAddresses: ['127.0.0.1'],
    iceInterfaceAddresses: { udp4: '127.0.0.1' },
    // Without a server of ours it would ask a public one.
    iceServers: [{ urls: 'stun:127.0.0.1:9' }],
    iceStunGatherTimeout: 0.05,
    codecs: { audio: [pcmu(), events()] },
  })
  const track = new MediaStreamTrack({ kind: 'audio' })
  const transceiver = peer.addTransceiver(track, { direction: 'sendrecv' })
  const frames: Int16Array[] = []
  peer.onTrack.subscribe((remote) => {
    remote.onReceiveRtp.subscribe((rtp) => {
      frames.push(decodeUlaw(rtp.payload))
    })
  })
  let sequence = 1
  let timestamp = 1_000
  const send = (payload: Uint8Array, payloadType: number, at: number) => {
    const header = new RtpHeader({ payloadType, sequenceNumber: sequence++, timestamp: at })
    const packet = new RtpPacket(header, Buffer.from(payload))
    if (payloadType === 0) return void transceiver.sender.sendRtp(packet)
    // The sender writes its own payload type into what it sends, so events go below it.
    packet.header.ssrc = transceiver.sender.ssrc
    void transceiver.sender.dtlsTransport.sendRtp(packet.payload, packet.header)
  }

  return {
    peer,
    async answer(offer) {
      await peer.setRemoteDescription({ type: 'offer', sdp: offer })
      await peer.setLocalDescription(await peer.createAnswer())
      return peer.localDescription?.sdp ?? ''
    },
    async offer() {
      await peer.setLocalDescription(await peer.createOffer())
      return peer.localDescription?.sdp ?? ''
    },
    accept: (answer) => peer.setRemoteDescription({ type: 'answer', sdp: answer }),
    connected: () =>
      peer.connectionState === 'connected'
        ? Promise.resolve()
        : new Promise((resolve) => {
            peer.connectionStateChange.subscribe((state) => {
              if (state === 'connected') resolve()
            })
          }),
    async say(pcm) {
      for (let at = 0; at + 160 <= pcm.length; at += 160) {
        send(encodeUlaw(pcm.subarray(at, at + 160)), 0, timestamp)
        timestamp += 160
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    press(code) {
      for (let i = 1; i <= 6; i++) {
        const payload = Buffer.from([code, i > 3 ? 0x8a : 0x0a, 0, 0])
        payload.writeUInt16BE(Math.min(i, 4) * 160, 2)
        send(payload, 101, timestamp)
      }
      timestamp += 640
    },
    heard() {
      const out = new Int16Array(frames.reduce((total, frame) => total + frame.length, 0))
      let at = 0
      for (const frame of frames) {
        out.set(frame, at)
        at += frame.length
      }
      return out
    },
    packets: () => frames.length,
    close: () => peer.close(),
  }
}

/** A tone that nobody takes for noise. */
export function tone(ms: number, hertz = 440): Int16Array {
  return Int16Array.from({ length: ms * 8 }, (_, i) =>
    Math.round(8_000 * Math.sin((2 * Math.PI * hertz * i) / 8_000)),
  )
}

/** How much of a sound is one tone, 0 to 1 (Goertzel). */
export function share(pcm: Int16Array, hertz: number): number {
  const k = 2 * Math.cos((2 * Math.PI * hertz) / 8_000)
  let a = 0
  let b = 0
  let energy = 0
  for (const sample of pcm) {
    const c = sample + k * a - b
    b = a
    a = c
    energy += sample * sample
  }
  const power = a * a + b * b - k * a * b
  return energy === 0 ? 0 : Math.min(1, (2 * power) / (energy * pcm.length))
}
