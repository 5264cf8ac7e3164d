// What is slow only once is done before the first call: a peer connection, and the parser of SIP.js.
import { Core } from 'sip.js'
import { closePeer } from './close-peer.ts'

/** Offer, answer and gathering once, without any server; closed again. */
export async function warmUpPeerConnection(): Promise<void> {
  const caller = new RTCPeerConnection({ iceServers: [], bundlePolicy: 'max-bundle' })
  const callee = new RTCPeerConnection({ iceServers: [], bundlePolicy: 'max-bundle' })
  try {
    caller.addTransceiver('audio', { direction: 'sendrecv' })
    await caller.setLocalDescription(await caller.createOffer())
    await callee.setRemoteDescription(caller.localDescription ?? { type: 'offer', sdp: '' })
    await callee.setLocalDescription(await callee.createAnswer())
    await caller.setRemoteDescription(callee.localDescription ?? { type: 'answer', sdp: '' })
    // A certificate is generated and the network threads run by now; nothing more is needed.
  } finally {
    closePeer(caller)
    closePeer(callee)
  }
}

const sample = [
  'INVITE sip:a@b.invalid;transport=ws SIP/2.0',
  'Via: SIP/2.0/WS edge.invalid;branch=z9hG4bK1',
  'Max-Forwards: 70',
  'From: "Warm up" <sip:1@edge.invalid>;tag=1',
  'To: <sip:2@edge.invalid>',
  'Call-ID: warm-up',
  'CSeq: 1 INVITE',
  'Contact: <sip:edge@edge.invalid;transport=ws>',
  'Record-Route: <sip:edge.invalid;lr>',
  'Content-Type: application/sdp',
  'Content-Length: 0',
  '',
  '',
].join('\r\n')

/** The generated grammar takes 20 ms for its first INVITE and 1 ms for the next. */
export function warmUpParser(): void {
  const factory = new Core.LoggerFactory()
  factory.builtinEnabled = false
  for (let i = 0; i < 5; i++) Core.Parser.parseMessage(sample, factory.getLogger('warm up'))
}
