// The werift peer of one call: ICE-lite on 127.0.0.1, ready for a phone that begins before its answer has reached us.
import { RTCPeerConnection, RTCRtpCodecParameters, type RTCRtpTransceiver } from 'werift'

export const AUDIO = 0
export const EVENTS = 101
/** More than the first flight of any phone; what comes beyond it is repeated. */
const MOST_EARLY = 16

interface Peer {
  peer: RTCPeerConnection
  audio: RTCRtpTransceiver
}

export function createPeer(): Peer {
  const peer = new RTCPeerConnection({
    // All of them together: without ICE-lite werift asks a public STUN server, bound to 0.0.0.0 it answers from the
    // address of the network card, and the browser drops that.
    iceLite: true,
    iceUseIpv4: false,
    iceUseIpv6: false,
    iceAdditionalHostAddresses: ['127.0.0.1'],
    iceInterfaceAddresses: { udp4: '127.0.0.1' },
    iceServers: [],
    // Chromium nominates with its second check, 60 ms after the first. We have one address, so the first pair that
    // works is as good as any, and data may come and go on it already (RFC 8445 section 12.1).
    iceFilterStunResponse: (check) => {
      check.setAttribute('USE-CANDIDATE', null)
      return true
    },
    codecs: { audio: [pcmu(), telephoneEvents()] },
  })
  const audio = peer.addTransceiver('audio', { direction: 'sendrecv' })
  keepEarlyDtls(peer)
  return { peer, audio }
}

/**
 * Ours, with `a=ice-lite` where it belongs: above the media (RFC 8839 section 5.3). werift writes it into the media
 * section, where Chromium overlooks it, takes the controlled role, is told of the conflict and starts again: 120 ms.
 */
export function describe(peer: RTCPeerConnection): string {
  const sdp = peer.localDescription?.sdp ?? ''
  return sdp.replace(/^a=ice-lite\r\n/gm, '').replace(/^m=/m, 'a=ice-lite\r\nm=')
}

/**
 * Our candidate answers checks as soon as it is offered, so a phone may say its ClientHello while the 200 with its
 * answer is under way. werift listens only from then on, and the phone would repeat itself 50 ms later.
 */
function keepEarlyDtls(peer: RTCPeerConnection): void {
  const [transport] = peer.dtlsTransports
  if (!transport) return
  const { onData } = transport.iceTransport.connection
  const early: Buffer[] = []
  const { unSubscribe } = onData.subscribe((data) => {
    if (isDtls(data) && early.length < MOST_EARLY) early.push(data)
  })
  transport.onStateChange.subscribe((state) => {
    if (state !== 'connecting') return
    unSubscribe()
    // The state is told a moment before there is somebody to listen.
    queueMicrotask(() => {
      for (const data of early.splice(0)) onData.execute(data)
    })
  })
}

/** RFC 7983 section 7. */
function isDtls([first = 0]: Buffer): boolean {
  return first >= 20 && first <= 63
}

function pcmu(): RTCRtpCodecParameters {
  return new RTCRtpCodecParameters({
    mimeType: 'audio/PCMU',
    clockRate: 8000,
    channels: 1,
    payloadType: AUDIO,
  })
}

function telephoneEvents(): RTCRtpCodecParameters {
  return new RTCRtpCodecParameters({
    mimeType: 'audio/telephone-event',
    clockRate: 8000,
    channels: 1,
    payloadType: EVENTS,
    parameters: '0-16',
  })
}
