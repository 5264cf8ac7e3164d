// The SIP messages as a capture file (draft-ietf-opsawg-pcapng), as if they had gone over UDP: Wireshark and sngrep read
// it. The real ones went inside TLS and a WebSocket, where nobody can capture them.
import type { FlightRecord, RecordMessage } from '../../model/record.ts'
import { isMessage, toEpoch } from './parts.ts'

/** RFC 5737: addresses that nobody has. */
const us = [192, 0, 2, 1] as const
const edge = [192, 0, 2, 2] as const
const port = 5060
/** Of an IP packet, less its headers and some room. */
const mostBytes = 65_000
const encoder = new TextEncoder()

export function toPcapng(record: FlightRecord): Uint8Array {
  const messages = record.items.filter(
    (item): item is RecordMessage =>
      isMessage(item) && item.kind === 'sip' && item.direction !== 'none' && isWhole(item.body),
  )
  return join([
    section(),
    interfaceOf(),
    ...messages.map((item, index) => packet(item, index, toEpoch(record, item.t))),
  ])
}

const isWhole = (body: string | undefined): body is string =>
  body !== undefined && /^(?:SIP\/2\.0 \d{3}|[A-Z]+ \S+ SIP\/2\.0)/.test(body)

/** Section 4.1; the length of the section is not told. */
const section = () =>
  block(0x0a0d0d0a, [
    u32(0x1a2b3c4d),
    u16(1),
    u16(0),
    u32(0xffffffff),
    u32(0xffffffff),
    option(4, encoder.encode('VoIPBIN Companion')),
    option(
      1,
      encoder.encode('SIP over secure WebSocket, shown as UDP between made-up addresses; secrets are masked'),
    ),
    endOfOptions,
  ])

/** Section 4.2: Ethernet; times in microseconds. */
const interfaceOf = () =>
  block(1, [
    u16(1),
    u16(0),
    u32(0),
    option(2, encoder.encode('sip')),
    option(9, Uint8Array.of(6)),
    endOfOptions,
  ])

/** Section 4.3, with which way it went. */
function packet(item: RecordMessage, index: number, epochMs: number): Uint8Array {
  const data = frame(item, index)
  const micros = BigInt(Math.round(epochMs * 1000))
  return block(6, [
    u32(0),
    u32(Number(micros >> 32n)),
    u32(Number(micros & 0xffffffffn)),
    u32(data.length),
    u32(data.length),
    pad(data),
    option(2, u32(item.direction === 'in' ? 1 : 2)),
    endOfOptions,
  ])
}

function frame(item: RecordMessage, index: number): Uint8Array {
  const [from, to] = item.direction === 'out' ? [us, edge] : [edge, us]
  const payload = encoder.encode(withLength(item.body ?? '')).subarray(0, mostBytes)
  const udp = join([be16(port), be16(port), be16(payload.length + 8), be16(0), payload])
  const head = join([
    Uint8Array.of(0x45, 0),
    be16(udp.length + 20),
    be16(index & 0xffff),
    be16(0x4000),
    Uint8Array.of(64, 17, 0, 0, ...from, ...to),
  ])
  const sum = checksum(head)
  head[10] = sum >> 8
  head[11] = sum & 0xff
  const [toMac, fromMac] = item.direction === 'out' ? [2, 1] : [1, 2]
  const ethernet = Uint8Array.of(2, 0, 0, 0, 0, toMac, 2, 0, 0, 0, 0, fromMac, 8, 0)
  return join([ethernet, head, udp])
}

/** Masking changed the length of the body: a reader goes by what the message says of itself (RFC 3261 section 20.14). */
function withLength(message: string): string {
  const at = message.indexOf('\r\n\r\n')
  const [head, body] = at < 0 ? [message, ''] : [message.slice(0, at), message.slice(at + 4)]
  const length = encoder.encode(body).length
  return `${head.replace(/^(Content-Length|l)\s*:.*$/im, `$1: ${length}`)}\r\n\r\n${body}`
}

/** RFC 1071. */
function checksum(bytes: Uint8Array): number {
  let sum = 0
  for (let at = 0; at < bytes.length; at += 2) sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16)
  return ~sum & 0xffff
}

function block(type: number, parts: readonly Uint8Array[]): Uint8Array {
  const body = join(parts)
  const length = u32(body.length + 12)
  return join([u32(type), length, body, length])
}

const option = (code: number, value: Uint8Array) => join([u16(code), u16(value.length), pad(value)])
const endOfOptions = new Uint8Array(4)

function pad(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(Math.ceil(bytes.length / 4) * 4)
  out.set(bytes)
  return out
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

const u16 = (value: number) => Uint8Array.of(value & 0xff, value >> 8)
const u32 = (value: number) =>
  Uint8Array.of(value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24)
const be16 = (value: number) => Uint8Array.of(value >> 8, value & 0xff)
