// RTP packets (RFC 3550 section 5.1) and the pair of sockets they travel through.
import type { Socket } from 'node:dgram'
import type { Place } from './wire.ts'
import { bindSocket } from './wire.ts'

export interface RtpPacket {
  payloadType: number
  marker: boolean
  sequence: number
  timestamp: number
  ssrc: number
  payload: Uint8Array
}

/** Nothing when it is no RTP: RTCP that strayed here, STUN, DTLS. */
export function parseRtp(bytes: Buffer): RtpPacket | undefined {
  if (bytes.length < 12 || bytes.readUInt8(0) >> 6 !== 2) return undefined
  const second = bytes.readUInt8(1)
  // RFC 5761 section 4: these second bytes are RTCP.
  if (second >= 192 && second <= 223) return undefined
  let start = 12 + 4 * (bytes.readUInt8(0) & 0x0f)
  if (bytes.readUInt8(0) & 0x10) {
    if (bytes.length < start + 4) return undefined
    start += 4 + 4 * bytes.readUInt16BE(start + 2)
  }
  const padding = bytes.readUInt8(0) & 0x20 ? bytes.readUInt8(bytes.length - 1) : 0
  if (start + padding > bytes.length) return undefined
  return {
    payloadType: second & 0x7f,
    marker: (second & 0x80) !== 0,
    sequence: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    ssrc: bytes.readUInt32BE(8),
    payload: bytes.subarray(start, bytes.length - padding),
  }
}

export function buildRtp(packet: RtpPacket): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt8(0x80, 0)
  head.writeUInt8((packet.marker ? 0x80 : 0) | packet.payloadType, 1)
  head.writeUInt16BE(packet.sequence & 0xffff, 2)
  head.writeUInt32BE(packet.timestamp >>> 0, 4)
  head.writeUInt32BE(packet.ssrc >>> 0, 8)
  return Buffer.concat([head, packet.payload])
}

export interface RtpSocket {
  readonly port: number
  send(packet: RtpPacket, to: Place): void
  close(): void
}

/** RTP on an even port; its neighbour is taken too, so that RTCP reaches nobody else (RFC 3550 section 11). */
export async function openRtpSocket(host: string, onPacket: (packet: RtpPacket) => void): Promise<RtpSocket> {
  const [rtp, rtcp] = await bindPair(host)
  let closed = false
  rtp.on('message', (bytes) => {
    const packet = parseRtp(bytes)
    if (packet && !closed) onPacket(packet)
  })
  rtp.on('error', () => {})
  rtcp.on('error', () => {})
  return {
    port: rtp.address().port,
    send(packet, to) {
      if (!closed) rtp.send(buildRtp(packet), to.port, to.host, () => {})
    },
    close() {
      if (closed) return
      closed = true
      rtp.close()
      rtcp.close()
    },
  }
}

async function bindPair(host: string): Promise<[Socket, Socket]> {
  for (let left = 50; ; left--) {
    const first = await bindSocket(host, 0)
    const { port } = first.address()
    const second =
      port % 2 === 0 && port < 65_535 ? await bindSocket(host, port + 1).catch(() => undefined) : undefined
    if (second) return [first, second]
    first.close()
    if (left === 0) throw new Error('no even port with a free neighbour')
  }
}
