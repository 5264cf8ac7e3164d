// The figures of getStats that a session shows, and nothing else of that large report.
import type { SessionMedia } from '../../common/model/phone.ts'

export type StatsFigures = Pick<SessionMedia, 'packetsSent' | 'packetsReceived' | 'packetsLost'> & {
  codec?: string
}

interface Entry {
  type: string
  id: string
  kind?: string
  packetsSent?: number
  packetsReceived?: number
  packetsLost?: number
  codecId?: string
  mimeType?: string
}

/** Audio only; missing numbers are zero, because before the first packet they are missing. */
export function toFigures(report: { forEach(visit: (entry: Entry) => void): void }): StatsFigures {
  const figures: StatsFigures = { packetsSent: 0, packetsReceived: 0, packetsLost: 0 }
  const codecs = new Map<string, string>()
  let codecId: string | undefined
  report.forEach((entry) => {
    if (entry.type === 'codec' && entry.mimeType) codecs.set(entry.id, entry.mimeType.replace(/^audio\//, ''))
    if (entry.kind !== 'audio') return
    if (entry.type === 'outbound-rtp') {
      figures.packetsSent += entry.packetsSent ?? 0
      codecId ??= entry.codecId
    }
    if (entry.type === 'inbound-rtp') {
      figures.packetsReceived += entry.packetsReceived ?? 0
      figures.packetsLost += Math.max(0, entry.packetsLost ?? 0)
      codecId = entry.codecId ?? codecId
    }
  })
  const codec = codecId === undefined ? undefined : codecs.get(codecId)
  return codec === undefined ? figures : { ...figures, codec }
}
