// The figures of getStats that a session shows and is judged by, and nothing else of that large report.

export interface StatsFigures {
  packetsSent: number
  packetsReceived: number
  packetsLost: number
  codec?: string
  /** Of what arrives, ms (RFC 3550 section 6.4.1). */
  jitterMs?: number
  /** Sound that had to be made up, and all that was played, in samples. */
  concealed: number
  played: number
  /** Time that sound waited before it was played, s, and how many samples did. */
  buffered: number
  emitted: number
  /** What the other side reports by RTCP; absent until it has. */
  remote?: { lost: number; share: number | undefined; roundTripMs: number | undefined }
  /** Sound that came too late for the loudspeaker, s, and all of it. */
  underrun: number
  rendered: number
}

interface Entry {
  type: string
  id: string
  kind?: string
  packetsSent?: number
  packetsReceived?: number
  packetsLost?: number
  fractionLost?: number
  roundTripTime?: number
  jitter?: number
  concealedSamples?: number
  silentConcealedSamples?: number
  totalSamplesReceived?: number
  jitterBufferDelay?: number
  jitterBufferEmittedCount?: number
  synthesizedSamplesDuration?: number
  totalSamplesDuration?: number
  codecId?: string
  mimeType?: string
}

/** Audio only; missing numbers are zero, because before the first packet they are missing. */
export function toFigures(report: { forEach(visit: (entry: Entry) => void): void }): StatsFigures {
  const figures: StatsFigures = { ...nothing }
  const codecs = new Map<string, string>()
  let codecId: string | undefined
  report.forEach((entry) => {
    if (entry.type === 'codec' && entry.mimeType) codecs.set(entry.id, entry.mimeType.replace(/^audio\//, ''))
    if (entry.type === 'media-playout') {
      figures.underrun += entry.synthesizedSamplesDuration ?? 0
      figures.rendered += entry.totalSamplesDuration ?? 0
    }
    if (entry.kind !== 'audio') return
    if (entry.type === 'outbound-rtp') {
      figures.packetsSent += entry.packetsSent ?? 0
      codecId ??= entry.codecId
    }
    if (entry.type === 'inbound-rtp') {
      takeInbound(figures, entry)
      codecId = entry.codecId ?? codecId
    }
    if (entry.type === 'remote-inbound-rtp') takeRemote(figures, entry)
  })
  const codec = codecId === undefined ? undefined : codecs.get(codecId)
  return codec === undefined ? figures : { ...figures, codec }
}

const nothing: StatsFigures = {
  packetsSent: 0,
  packetsReceived: 0,
  packetsLost: 0,
  concealed: 0,
  played: 0,
  buffered: 0,
  emitted: 0,
  underrun: 0,
  rendered: 0,
}

function takeInbound(figures: StatsFigures, entry: Entry): void {
  figures.packetsReceived += entry.packetsReceived ?? 0
  figures.packetsLost += Math.max(0, entry.packetsLost ?? 0)
  if (entry.jitter !== undefined) figures.jitterMs = Math.max(figures.jitterMs ?? 0, entry.jitter * 1000)
  // Silence made up in a pause is heard by nobody.
  figures.concealed += (entry.concealedSamples ?? 0) - (entry.silentConcealedSamples ?? 0)
  figures.played += entry.totalSamplesReceived ?? 0
  figures.buffered += entry.jitterBufferDelay ?? 0
  figures.emitted += entry.jitterBufferEmittedCount ?? 0
}

function takeRemote(figures: StatsFigures, entry: Entry): void {
  figures.remote = {
    lost: Math.max(0, entry.packetsLost ?? 0),
    share: entry.fractionLost,
    roundTripMs: entry.roundTripTime === undefined ? undefined : entry.roundTripTime * 1000,
  }
}
