// Offers and answers of one session on one peer connection (RFC 3264, RFC 8829). The first one is built while the phone
// rings or before somebody is dialled, so that answering sends what is ready.
//
//   new ─prepare(offer)→ prepared ─setDescription→ released → stable     prepared: our answer exists, no candidate of
//    ├──prepare()──────→ offering ─────early──→ early ──┐                 theirs is known, nothing can be sent
//    │                      └───────their answer────────┴→ stable         early: an answer that may change (forking)
//    └──their offer──→ answering ────────────────────────→ stable
//   stable ─our offer→ offering ─their answer→ stable                    refused, or theirs came first: rolled back
//   stable ─their offer→ answering → stable                              not acceptable: rolled back, 488
import type { BodyAndContentType, SessionDescriptionHandler } from 'sip.js'
import { AppError } from '../../common/kit/errors.ts'
import { closePeer } from './close-peer.ts'
import { keepRole } from './dtls-role.ts'
import { gathered } from './ice-gathering.ts'
import { restoreAgreed } from './restore-agreed.ts'
import { candidatesOf, inspectOffer, isOffer, withoutCandidates } from './sdp.ts'
import { toBrowser } from './sdp-for-browser.ts'

/** Which way audio may flow now. */
export interface Direction {
  weSend: boolean
  theySend: boolean
}

export interface Description {
  /** What SIP.js talks to. */
  readonly handler: SessionDescriptionHandler
  readonly peer: RTCPeerConnection
  /** Builds the answer to this offer ahead, or without one our offer. If it fails, it is built when it is needed. */
  prepare(offer?: string): Promise<void>
  /** Begins to look for a way to the other side, whose offer was answered with what had been prepared. */
  meet(): void
  /** Sends this track from now on; needs no new negotiation. */
  send(track: MediaStreamTrack | null): Promise<void>
  /** What the next offer or answer says: `sendonly` or `sendrecv`. */
  hold(held: boolean): void
  /**
   * Uses the answer of a provisional response; another one may follow (forking, RFC 3261 section 13.2.2.4). Chromium
   * stays with the path of the first branch as long as that one still answers: an ICE restart leads away from it.
   */
  early(answer: string): Promise<void>
  sender(): RTCRtpSender | undefined
}

export interface DescriptionOptions {
  iceServers: RTCIceServer[]
  /** A dead STUN server must not delay an answer. */
  gatherMs?: number
  /** The audio of the other side, before each negotiation; nearly always the one of before. */
  onTrack(track: MediaStreamTrack): void
  /** After each finished negotiation. */
  onDirection(direction: Direction): void
  /** An answer without encrypted audio: the call cannot go on. Offers are refused with 488, and the call stays. */
  onRefused(error: AppError): void
}

/** SIP.js hands these through from `session.invite`. */
interface HandlerOptions {
  iceRestart?: boolean
}

/** `offer` is theirs; without one, `body` is our offer. */
interface Prepared {
  offer: string | undefined
  body: Promise<string>
}

export function createDescription(options: DescriptionOptions): Description {
  const peer = new RTCPeerConnection({
    // Only what was set: SIP.js would ask a STUN server of Google.
    iceServers: options.iceServers,
    // Not `max-bundle`: with it the browser refuses rtpengine's offer of one line, which has a=mid and no a=group.
    bundlePolicy: 'balanced',
    rtcpMuxPolicy: 'require',
  })
  const capMs = options.gatherMs ?? 1000
  let track: MediaStreamTrack | null = null
  let prepared: Prepared | undefined
  let held = false
  /** An offer of ours is being built and has not left: what comes meanwhile is an offer and no answer. */
  let building = 0
  /** Counts their offers: one that comes while ours is being built wins, because it is here first. */
  let theirOffers = 0
  /** Candidates of theirs that are not looked at yet. */
  let theirCandidates: RTCIceCandidateInit[] = []
  /** One of theirs is being set. */
  let taking = 0

  const audio = () =>
    peer
      .getTransceivers()
      .find((each) => each.receiver.track.kind === 'audio' && each.direction !== 'stopped')

  const setUp = async () => {
    const ours = audio()
    if (!ours) return
    options.onTrack(ours.receiver.track)
    // While they hold us, a hold of ours says `inactive` (RFC 3264 section 8.4). In an answer the browser takes from it
    // what their offer allows (section 6.1). Off hold we offer both ways again, also while they hold us: their answer
    // says that they still do.
    const sendonly = ours.currentDirection === 'recvonly' || ours.currentDirection === 'inactive'
    const wanted = !held ? 'sendrecv' : sendonly && peer.signalingState === 'stable' ? 'inactive' : 'sendonly'
    if (ours.direction !== wanted) ours.direction = wanted
    if (track && ours.sender.track !== track) await ours.sender.replaceTrack(track)
  }

  const finished = () => {
    const direction = audio()?.currentDirection
    if (!direction) return
    const weSend = direction === 'sendrecv' || direction === 'sendonly'
    const theySend = direction === 'sendrecv' || direction === 'recvonly'
    options.onDirection({ weSend, theySend })
  }

  const answer = async (): Promise<string> => {
    await setUp()
    await peer.setLocalDescription(await peer.createAnswer())
    await gathered(peer, capMs)
    return localSdp(peer)
  }

  const offer = async (iceRestart: boolean): Promise<string> => {
    building += 1
    try {
      return await buildOffer(iceRestart)
    } finally {
      building -= 1
    }
  }

  const buildOffer = async (iceRestart: boolean): Promise<string> => {
    const before = theirOffers
    if (!audio()) peer.addTransceiver('audio', { direction: 'sendrecv' })
    await setUp()
    await peer.setLocalDescription(await peer.createOffer({ iceRestart }))
    await gathered(peer, capMs)
    if (theirOffers !== before) throw new Error('an offer of the other side came first')
    return localSdp(peer)
  }

  /** What is wrong with it is thrown; SIP.js answers 488, or ends the call where it was an answer. */
  const inspect = (sdp: string, code: 'media.offerRefused' | 'media.answerRefused') => {
    const verdict = inspectOffer(sdp)
    if (verdict.ok) return
    const error = new AppError(code, { detail: verdict.why, status: 488 })
    if (code === 'media.answerRefused') options.onRefused(error)
    throw error
  }

  const prepare = async (sdp?: string) => {
    const body = (async () => {
      if (sdp === undefined) return offer(false)
      inspect(sdp, 'media.offerRefused')
      await peer.setRemoteDescription({ type: 'offer', sdp: withoutCandidates(toBrowser(sdp)) })
      return answer()
    })()
    const mine: Prepared = { offer: sdp, body }
    prepared = mine
    await body.catch(() => {
      if (prepared === mine) prepared = undefined
    })
  }

  const meet = () => {
    for (const candidate of theirCandidates.splice(0)) void peer.addIceCandidate(candidate).catch(() => {})
  }

  const setDescription = async (sdp: string) => {
    const ready = prepared?.offer === sdp ? await prepared.body.catch(() => undefined) : undefined
    if (ready !== undefined) {
      // After the answer has left: they know nothing of us before, and adding takes a millisecond of it.
      theirCandidates = candidatesOf(sdp)
      setTimeout(meet, 0)
      return
    }
    const waiting =
      peer.signalingState === 'have-local-offer' || peer.signalingState === 'have-remote-pranswer'
    if (waiting && building === 0 && !isOffer(sdp)) {
      inspect(sdp, 'media.answerRefused')
      const { currentLocalDescription: ours, currentRemoteDescription: theirs } = peer
      const kept = keepRole(toBrowser(sdp), ours?.sdp, theirs?.sdp)
      await peer.setRemoteDescription({ type: 'answer', sdp: kept })
      return finished()
    }
    inspect(sdp, 'media.offerRefused')
    theirOffers += 1
    // An offer of ours that never left is rolled back by this (RFC 8829 section 4.1.10.2).
    taking += 1
    try {
      await peer.setRemoteDescription({ type: 'offer', sdp: toBrowser(sdp) })
    } finally {
      taking -= 1
    }
  }

  const getDescription = async (given?: object): Promise<BodyAndContentType> => {
    const ready = prepared
    prepared = undefined
    const { iceRestart = false } = (given ?? {}) as HandlerOptions
    const answering = ready ? ready.offer !== undefined : peer.signalingState === 'have-remote-offer'
    try {
      const body = await (ready ? ready.body : answering ? answer() : offer(iceRestart))
      if (answering) finished()
      return { body, contentType: 'application/sdp' }
    } catch (error) {
      // Their offer is refused: what was agreed before stays (RFC 6141 section 3.1).
      if (answering) await undo('have-remote-offer')
      throw error
    }
  }

  const undo = async (from: 'have-local-offer' | 'have-remote-offer') => {
    // Theirs rolls ours back by itself; a second time would undo theirs.
    if (taking > 0 || peer.signalingState !== from) return
    if (from === 'have-remote-offer') return peer.setRemoteDescription({ type: 'rollback' })
    await peer.setLocalDescription({ type: 'rollback' })
    const ours = audio()
    if (ours) await restoreAgreed(peer, ours)
  }

  return {
    peer,
    prepare,
    meet,
    async send(next) {
      track = next
      await audio()?.sender.replaceTrack(next)
    },
    hold(next) {
      held = next
    },
    async early(sdp) {
      inspect(sdp, 'media.answerRefused')
      await peer.setRemoteDescription({ type: 'pranswer', sdp: toBrowser(sdp) })
    },
    sender: () => audio()?.sender,
    handler: {
      close: () => closePeer(peer),
      getDescription,
      setDescription,
      hasDescription: (contentType) => /^application\/sdp\b/i.test(contentType),
      // Ours was refused or never left. Theirs is undone where it fails.
      rollbackDescription: () => undo('have-local-offer'),
      // Tones go through our own RTCDTMFSender.
      sendDtmf: () => false,
    },
  }
}

const localSdp = ({ localDescription }: RTCPeerConnection) => localDescription?.sdp ?? ''
