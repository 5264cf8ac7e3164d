// A description of ours and other sides that are plain peer connections, for negotiations that no practice line makes.
import { createDescription, type Direction } from '../../../../renderer/phone/description.ts'

export interface FarEnd {
  readonly peer: RTCPeerConnection
  /** With all candidates. */
  offer(options?: RTCOfferOptions): Promise<string>
  answer(offer: string): Promise<string>
  accept(answer: string): Promise<void>
}

let context: AudioContext | undefined

function tone(hertz: number): MediaStreamTrack {
  context ??= new AudioContext()
  const out = context.createMediaStreamDestination()
  const source = new OscillatorNode(context, { frequency: hertz })
  source.connect(out)
  source.start()
  const [track] = out.stream.getAudioTracks()
  if (!track) throw new Error('no track')
  return track
}

async function gathered(peer: RTCPeerConnection): Promise<string> {
  const sdp = () => peer.localDescription?.sdp ?? ''
  while (peer.iceGatheringState !== 'complete' || !sdp().includes('a=candidate'))
    await new Promise((resolve) => setTimeout(resolve, 5))
  return sdp()
}

/** Something must pull the sound, or it is not decoded. */
function listen(peer: RTCPeerConnection) {
  peer.addEventListener('track', ({ track }) => {
    const element = new Audio()
    element.srcObject = new MediaStream([track])
    void element.play().catch(() => {})
  })
}

export function farEnd(hertz = 700): FarEnd {
  const peer = new RTCPeerConnection({ bundlePolicy: 'max-bundle' })
  const track = tone(hertz)
  listen(peer)
  const give = async () => {
    if (peer.getSenders().length === 0) peer.addTrack(track)
    else await peer.getSenders()[0]?.replaceTrack(track)
  }
  return {
    peer,
    async offer(options) {
      await give()
      await peer.setLocalDescription(await peer.createOffer(options))
      return gathered(peer)
    },
    async answer(sdp) {
      await peer.setRemoteDescription({ type: 'offer', sdp })
      const [transceiver] = peer.getTransceivers()
      if (transceiver) transceiver.direction = 'sendrecv'
      await give()
      await peer.setLocalDescription(await peer.createAnswer())
      return gathered(peer)
    },
    accept: (sdp) => peer.setRemoteDescription({ type: 'answer', sdp }),
  }
}

export function openLab() {
  const directions: Direction[] = []
  const refused: string[] = []
  const description = createDescription({
    iceServers: [],
    onTrack: () => {},
    onDirection: (direction) => directions.push(direction),
    onRefused: (error) => refused.push(`${error.code}: ${error.detail}`),
  })
  listen(description.peer)
  void description.send(tone(440))
  return {
    description,
    directions,
    refused,
    body: async (options?: object) => (await description.handler.getDescription(options)).body,
    take: (sdp: string) => description.handler.setDescription(sdp),
  }
}

async function soundOf(peer: RTCPeerConnection): Promise<{ energy: number; packets: number }> {
  const found = { energy: 0, packets: 0 }
  for (const entry of (await peer.getStats()).values()) {
    if (entry.type !== 'inbound-rtp') continue
    found.energy += entry.totalAudioEnergy ?? 0
    found.packets += entry.packetsReceived ?? 0
  }
  return found
}

/** True when sound comes; false when so many frames of 20 ms came without any. */
export async function hears(peer: RTCPeerConnection, frames = 150): Promise<boolean> {
  const before = await soundOf(peer)
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    const now = await soundOf(peer)
    if (now.packets >= before.packets + 10 && now.energy - before.energy > 0.0005) return true
    if (now.packets >= before.packets + frames) return false
  }
}

/** Resolves when no frame came for so long. */
export async function silent(peer: RTCPeerConnection, ms = 300): Promise<true> {
  let packets = -1
  for (;;) {
    const now = (await soundOf(peer)).packets
    if (now === packets) return true
    packets = now
    await new Promise((resolve) => setTimeout(resolve, ms))
  }
}

export const lab = { openLab, farEnd, hears, silent }
