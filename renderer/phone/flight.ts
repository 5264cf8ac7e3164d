// What the phone tells a flight record: loudness, counters of RTP, steps of ICE and DTLS. All optional for whoever listens.
import type { RtpSample } from '../../common/model/record.ts'

export interface FlightTap {
  /** RMS of 20 ms, and the epoch ms of their end. */
  frame(where: 'ear' | 'microphone', rms: number, at: number): void
  rtp(sample: Omit<RtpSample, 't'>): void
  step(title: string, tone?: 'good' | 'bad' | 'plain'): void
}

/** Follows a peer connection until it is closed (W3C webrtc, sections 4.3, 5.5 and 5.6). */
export function followPath(peer: RTCPeerConnection, tap: Pick<FlightTap, 'step'> | undefined): void {
  if (!tap) return
  const told = new Set<unknown>()
  peer.addEventListener('icegatheringstatechange', () => tap.step(`ICE gathering ${peer.iceGatheringState}`))
  peer.addEventListener('signalingstatechange', () => tap.step(`description ${peer.signalingState}`))
  peer.addEventListener('connectionstatechange', () => {
    const state = peer.connectionState
    tap.step(`path ${state}`, state === 'connected' ? 'good' : state === 'failed' ? 'bad' : 'plain')
  })
  peer.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate?.type) tap.step(`candidate ${candidate.type} ${candidate.protocol ?? ''}`.trim())
  })
  peer.addEventListener('icecandidateerror', ({ errorCode, errorText }) =>
    tap.step(`candidate error ${errorCode} ${errorText}`.trim().slice(0, 300), 'bad'),
  )
  const followTransport = () => {
    const transport = peer.getTransceivers()[0]?.sender.transport
    if (!transport || told.has(transport)) return
    told.add(transport)
    const tell = () => {
      const { state } = transport
      tap.step(`DTLS ${state}`, state === 'connected' ? 'good' : state === 'failed' ? 'bad' : 'plain')
      if (state === 'connected') tellPair(transport, tap)
    }
    transport.addEventListener('statechange', tell)
    tell()
  }
  // It is there when the first description has been set.
  peer.addEventListener('signalingstatechange', followTransport)
}

function tellPair(transport: RTCDtlsTransport, tap: Pick<FlightTap, 'step'>): void {
  const pair = transport.iceTransport.getSelectedCandidatePair()
  if (pair)
    tap.step(`pair ${pair.local?.type ?? '?'} ${pair.local?.protocol ?? ''} to ${pair.remote?.type ?? '?'}`)
}

interface Entry {
  type: string
  kind?: string
  packetsSent?: number
  packetsReceived?: number
  packetsLost?: number
  jitter?: number
  roundTripTime?: number
  fractionLost?: number
  jitterBufferDelay?: number
  jitterBufferEmittedCount?: number
  totalSamplesReceived?: number
  concealedSamples?: number
  silentConcealedSamples?: number
  concealmentEvents?: number
  insertedSamplesForDeceleration?: number
  removedSamplesForAcceleration?: number
  currentRoundTripTime?: number
  nominated?: boolean
}

/** One sample out of the report that the phone asks for anyway; remembers what the buffer had said before. */
export function createRtpReader() {
  let delay = 0
  let emitted = 0
  return (report: { forEach(visit: (entry: Entry) => void): void }): Omit<RtpSample, 't'> => {
    const found: Partial<Record<string, Entry>> = {}
    report.forEach((entry) => {
      if (entry.kind === 'audio') found[entry.type] ??= entry
      else if (entry.type === 'candidate-pair' && entry.nominated) found[entry.type] ??= entry
    })
    const inbound = found['inbound-rtp']
    const remote = found['remote-inbound-rtp']
    const nextDelay = inbound?.jitterBufferDelay ?? 0
    const nextEmitted = inbound?.jitterBufferEmittedCount ?? 0
    const bufferMs =
      nextEmitted > emitted ? ((nextDelay - delay) / (nextEmitted - emitted)) * 1_000 : undefined
    delay = nextDelay
    emitted = nextEmitted
    // Where the far end reports nothing, the checks of ICE know the way to the edge (RFC 8445 section 7).
    const rtt = remote?.roundTripTime ?? found['candidate-pair']?.currentRoundTripTime
    return withoutGaps({
      packetsSent: found['outbound-rtp']?.packetsSent ?? 0,
      packetsReceived: inbound?.packetsReceived ?? 0,
      packetsLost: Math.max(0, inbound?.packetsLost ?? 0),
      jitterMs: toMs(inbound?.jitter),
      rttMs: toMs(rtt),
      bufferMs: bufferMs === undefined ? undefined : round(Math.max(0, bufferMs)),
      samples: inbound?.totalSamplesReceived,
      concealed: inbound?.concealedSamples,
      silentConcealed: inbound?.silentConcealedSamples,
      concealments: inbound?.concealmentEvents,
      stretched: inbound?.insertedSamplesForDeceleration,
      squeezed: inbound?.removedSamplesForAcceleration,
      theirLoss: remote?.fractionLost,
      theirJitterMs: toMs(remote?.jitter),
    })
  }
}

const round = (ms: number) => Math.round(ms * 10) / 10
const toMs = (seconds: number | undefined) => (seconds === undefined ? undefined : round(seconds * 1_000))

function withoutGaps<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never
}
