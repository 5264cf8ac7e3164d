import { expect, it } from 'vitest'
import { toPcapng } from '../../../common/record/export/pcapng.ts'
import { aFlight, aSip } from '../../support/flight.ts'

const invite = 'INVITE sip:desk1@acme SIP/2.0\r\nContent-Length: 400\r\n\r\nv=0\r\na=ice-pwd:•••'

/** Each block with its type and what stands between its two lengths. */
function toBlocks(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const blocks: { type: number; body: Uint8Array }[] = []
  for (let at = 0; at < bytes.length; ) {
    const length = view.getUint32(at + 4, true)
    expect(length % 4).toBe(0)
    expect(view.getUint32(at + length - 4, true)).toBe(length)
    blocks.push({ type: view.getUint32(at, true), body: bytes.subarray(at + 8, at + length - 4) })
    at += length
  }
  return blocks
}

it('writes a section, an interface and a packet a message, whole and in the order of time', () => {
  const flight = aFlight([
    aSip(0, 'out', 'INVITE', undefined, invite),
    aSip(250, 'in', '200 OK (INVITE)', '200', 'SIP/2.0 200 OK\r\n\r\n'),
  ])
  const blocks = toBlocks(toPcapng(flight))
  expect(blocks.map(({ type }) => type)).toEqual([0x0a0d0d0a, 1, 6, 6])
  expect([...(blocks[0]?.body.subarray(0, 8) ?? [])]).toEqual([0x4d, 0x3c, 0x2b, 0x1a, 1, 0, 0, 0])
})

it('stamps a packet in microseconds, and says which way it went', () => {
  const [, , packet] = toBlocks(
    toPcapng(aFlight([aSip(250.5, 'in', 'BYE', undefined, 'BYE sip:a SIP/2.0\r\n\r\n')])),
  )
  const body = packet?.body ?? new Uint8Array()
  const view = new DataView(body.buffer, body.byteOffset, body.length)
  const micros = (BigInt(view.getUint32(4, true)) << 32n) | BigInt(view.getUint32(8, true))
  expect(micros).toBe(BigInt(Date.UTC(2026, 10, 20, 12)) * 1_000n + 250_500n)
  expect([...body.subarray(-12)]).toEqual([2, 0, 4, 0, 1, 0, 0, 0, 0, 0, 0, 0])
})

it('wraps the message in Ethernet, IP with a right checksum, and UDP of port 5060', () => {
  const [, , packet] = toBlocks(toPcapng(aFlight([aSip(0, 'out', 'INVITE', undefined, invite)])))
  const frame = (packet?.body ?? new Uint8Array()).subarray(20)
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length)
  expect(view.getUint16(12)).toBe(0x0800)
  let sum = 0
  for (let at = 14; at < 34; at += 2) sum += view.getUint16(at)
  while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16)
  expect(sum).toBe(0xffff)
  expect([view.getUint16(34), view.getUint16(36)]).toEqual([5060, 5060])
  const length = view.getUint16(38) - 8
  const text = new TextDecoder().decode(frame.subarray(42, 42 + length))
  expect(text.startsWith('INVITE sip:desk1@acme SIP/2.0\r\n')).toBe(true)
})

it('corrects the length that a message tells of its masked body', () => {
  const text = new TextDecoder().decode(toPcapng(aFlight([aSip(0, 'out', 'INVITE', undefined, invite)])))
  expect(text).toContain('Content-Length: 24\r\n')
})

it('leaves out what is no SIP message', () => {
  const flight = aFlight([
    aSip(0, 'in', 'dropped: too large', 'dropped', 'half a mess'),
    aSip(1, 'in', 'BYE'),
  ])
  expect(toBlocks(toPcapng(flight))).toHaveLength(2)
})
