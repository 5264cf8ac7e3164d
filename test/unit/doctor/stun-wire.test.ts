// STUN messages as bytes: what the RFC's own examples say, and that nothing hostile is believed or breaks the reader.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readIceAddress } from '../../../main/doctor/ice-address.ts'
import { methods, readAnswer, takeMessage, toRequest } from '../../../main/doctor/stun-wire.ts'

/** RFC 5769 section 2.2: an answer over IPv4 that maps to 192.0.2.1:32853. */
const sample = Buffer.from(
  '0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000080001a147e112a643000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96',
  'hex',
)
/** Section 2.3: the same over IPv6, [2001:db8:1234:5678:11:2233:4455:6677]:32853. */
const sample6 = Buffer.from(
  '010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d900080014a382954e4be67bf11784c97c8292c275bfe3ed4180280004c8fb0b4c',
  'hex',
)
const id = sample.subarray(8, 20)

describe('an answer', () => {
  test('of the RFC is read', () => {
    expect(readAnswer(sample, id)).toMatchObject({ isSuccess: true, mapped: '192.0.2.1:32853' })
    expect(readAnswer(sample6, id)).toMatchObject({ mapped: '[2001:db8:1234:5678:11:2233:4455:6677]:32853' })
  })

  test('to another request is nobody’s', () => {
    expect(readAnswer(sample, Buffer.alloc(12))).toBeUndefined()
  })

  test('of any bytes never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), fc.nat(79), (noise, cut) => {
        readAnswer(Buffer.concat([sample.subarray(0, cut), Buffer.from(noise)]), id)
        takeMessage(Buffer.from(noise))
      }),
    )
  })

  test('in a stream is taken when it is all there', () => {
    expect(takeMessage(sample.subarray(0, 40))).toBeUndefined()
    expect(takeMessage(Buffer.concat([sample, Buffer.from('more')]))).toEqual(sample)
  })
})

test('a request is a whole message with a transaction of its own', () => {
  const [one, two] = [toRequest(methods.binding), toRequest(methods.binding)]
  expect(takeMessage(one.bytes)).toEqual(one.bytes)
  expect(one.id).not.toEqual(two.id)
})

test.each([
  ['stun:stun.example', { kind: 'stun', way: 'udp', host: 'stun.example', port: 3478 }],
  ['turn:[2001:db8::1]:80?transport=tcp', { kind: 'turn', way: 'tcp', host: '2001:db8::1', port: 80 }],
  ['turns:relay.example', { kind: 'turn', way: 'tls', host: 'relay.example', port: 5349 }],
  ['turn:relay.example?transport=sctp', undefined],
  ['http://relay.example', undefined],
])('%s is read as a browser reads it', (text, address) => {
  expect(readIceAddress(text)).toEqual(address)
})
