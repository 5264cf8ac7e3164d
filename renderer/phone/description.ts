// Offer and answer of one session on one peer connection. The answer is built while the phone rings, so that answering
// sends what is ready.
//
//   new → prepared → released        prepared: our answer exists, no remote candidate is known, nothing can be sent
//    └──────────────────↑            released: the candidates of the offer are added, ICE and DTLS begin
import type { BodyAndContentType, SessionDescriptionHandler } from 'sip.js'
import { candidatesOf, withoutCandidates } from './sdp.ts'

export interface Description {
  /** What SIP.js talks to. */
  readonly handler: SessionDescriptionHandler
  readonly peer: RTCPeerConnection
  /** Builds the answer to this offer ahead. Safe to repeat and to fail: the answer is then built when it is needed. */
  prepare(offer: string): Promise<void>
  /** Sends this track from now on; needs no new negotiation. */
  send(track: MediaStreamTrack | null): Promise<void>
  /** What the next offer or answer says: `sendonly` or `sendrecv`. */
  hold(held: boolean): void
  /** Uses the answer of a provisional response; another one may follow (forking, RFC 3261 section 13.2.2.4). */
  early(answer: string): Promise<void>
  sender(): RTCRtpSender | undefined
}

export interface DescriptionOptions {
  iceServers: RTCIceServer[]
  /** A dead STUN server must not delay an answer. */
  gatherMs?: number
  onTrack(track: MediaStreamTrack): void
  onDirection(direction: { weSend: boolean; theySend: boolean }): void
}

/** SIP.js hands these through from `session.invite`. */
interface HandlerOptions {
  iceRestart?: boolean
}

export function createDescription(options: DescriptionOptions): Description {
  const peer = new RTCPeerConnection({
    // Only what was set: SIP.js would ask a STUN server of Google.
    iceServers: options.iceServers,
    bundlePolicy: 'max-bundle',
    rtcpMuxPolicy: 'require',
  })
  let track: MediaStreamTrack | null = null
  let prepared: { offer: string; answer: Promise<string> } | undefined
  let released = false
  let held = false
  peer.addEventListener('track', (event) => options.onTrack(event.track))

  const audio = () => peer.getTransceivers().find((each) => each.receiver.track.kind === 'audio')
  const send = async (next: MediaStreamTrack | null) => {
    track = next
    await audio()?.sender.replaceTrack(next)
  }

  const setUp = async () => {
    for (const each of peer.getTransceivers()) {
      if (each.currentDirection === 'stopped') continue
      const ours = each === audio()
      // Video and second audio lines are refused; our own stays two-way, also on an offer to hold (RFC 3264 section 6.1).
      const wanted = ours ? (held ? 'sendonly' : 'sendrecv') : 'inactive'
      if (each.direction !== wanted) each.direction = wanted
    }
    if (track) await audio()?.sender.replaceTrack(track)
  }

  const tellDirection = () => {
    const direction = audio()?.currentDirection
    if (!direction) return
    options.onDirection({ weSend: direction.includes('send'), theySend: direction.includes('recv') })
  }

  const answer = async (): Promise<string> => {
    await setUp()
    await peer.setLocalDescription(await peer.createAnswer())
    tellDirection()
    await gathered(peer, options.gatherMs ?? 1000)
    return peer.localDescription?.sdp ?? ''
  }

  const offer = async (iceRestart: boolean): Promise<string> => {
    if (!audio()) peer.addTransceiver('audio', { direction: 'sendrecv' })
    await setUp()
    await peer.setLocalDescription(await peer.createOffer({ iceRestart }))
    await gathered(peer, options.gatherMs ?? 1000)
    return peer.localDescription?.sdp ?? ''
  }

  const release = (sdp: string) => {
    if (released) return
    released = true
    for (const candidate of candidatesOf(sdp)) void peer.addIceCandidate(candidate).catch(() => {})
  }

  const prepare = async (sdp: string) => {
    const made = (async () => {
      await peer.setRemoteDescription({ type: 'offer', sdp: withoutCandidates(sdp) })
      return answer()
    })()
    prepared = { offer: sdp, answer: made }
    await made.catch(() => {
      prepared = undefined
    })
  }

  const setDescription = async (sdp: string) => {
    if (prepared?.offer === sdp && !released) {
      await prepared.answer
      return release(sdp)
    }
    released = true
    const waiting =
      peer.signalingState === 'have-local-offer' || peer.signalingState === 'have-remote-pranswer'
    const type = waiting ? 'answer' : 'offer'
    await peer.setRemoteDescription({ type, sdp })
    if (type === 'answer') tellDirection()
  }

  const getDescription = async (given?: object): Promise<BodyAndContentType> => {
    const ready = prepared
    prepared = undefined
    const { iceRestart = false } = (given ?? {}) as HandlerOptions
    const body = ready
      ? await ready.answer
      : await (peer.signalingState === 'have-remote-offer' ? answer() : offer(iceRestart))
    return { body, contentType: 'application/sdp' }
  }

  return {
    peer,
    prepare,
    send,
    hold(next) {
      held = next
    },
    early: (sdp) => peer.setRemoteDescription({ type: 'pranswer', sdp }),
    sender: () => audio()?.sender,
    handler: {
      close: () => peer.close(),
      getDescription,
      setDescription,
      hasDescription: (contentType) => contentType === 'application/sdp',
      rollbackDescription: async () => {
        if (peer.signalingState === 'have-local-offer') await peer.setLocalDescription({ type: 'rollback' })
      },
      // Tones go through our own RTCDTMFSender.
      sendDtmf: () => false,
    },
  }
}

/** All candidates, or those there are when the time is up (no trickle at the edge, contract F.4). */
function gathered(peer: RTCPeerConnection, capMs: number): Promise<void> {
  if (peer.iceGatheringState === 'complete') return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      peer.removeEventListener('icegatheringstatechange', check)
      resolve()
    }
    const check = () => {
      if (peer.iceGatheringState === 'complete') done()
    }
    const timer = setTimeout(done, capMs)
    peer.addEventListener('icegatheringstatechange', check)
  })
}
