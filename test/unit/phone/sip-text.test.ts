// Reading SIP and SDP: descriptions, reasons, realms, tones, and rows of the trace.
import { describe, expect, it } from 'vitest'
import type { NewTraceRow } from '../../../common/model/trace.ts'
import { isOurRealm } from '../../../renderer/phone/digest.ts'
import { parseTones, tonesTakeMs } from '../../../renderer/phone/dtmf.ts'
import { toSipIdentity } from '../../../renderer/phone/identity.ts'
import { isForUs } from '../../../renderer/phone/invitation-check.ts'
import { parseReason, toCancelEnding } from '../../../renderer/phone/outcome.ts'
import { candidatesOf, inspectOffer, withoutCandidates } from '../../../renderer/phone/sdp.ts'
import { createSipTracer, toSipRow } from '../../../renderer/phone/sip-trace.ts'
import { goodOffer } from '../../support/fake-edge.ts'

describe('an offer', () => {
  it('with audio over DTLS-SRTP is good, with the fingerprint in either place', () => {
    expect(inspectOffer(goodOffer)).toEqual({ ok: true })
    const line = /a=fingerprint.*\r\n/.exec(goodOffer)?.[0] ?? ''
    expect(inspectOffer(goodOffer.replace(line, '').replace('m=audio', `${line}m=audio`))).toEqual({
      ok: true,
    })
    expect(inspectOffer(goodOffer.replaceAll('\r\n', '\n'))).toEqual({ ok: true })
  })

  it.each([
    ['', 'no audio in the offer'],
    [goodOffer.replace('m=audio 20000', 'm=audio 0'), 'no audio in the offer'],
    [goodOffer.replace('UDP/TLS/RTP/SAVPF', 'RTP/AVP'), 'profile RTP/AVP'],
    [goodOffer.replace('UDP/TLS/RTP/SAVPF', 'RTP/SAVP'), 'profile RTP/SAVP'],
    [goodOffer.replace(/a=fingerprint.*\r\n/, ''), 'no DTLS fingerprint'],
    [goodOffer.replace(/a=ice-ufrag.*\r\n/, ''), 'no ICE credentials'],
    ['m=audio', 'no audio in the offer'],
  ])('case %#: is refused with the reason', (sdp, why) => {
    expect(inspectOffer(sdp)).toEqual({ ok: false, why })
  })

  it('can be held back without its candidates, which are given later with their line', () => {
    const held = withoutCandidates(`${goodOffer}a=end-of-candidates\r\n`)
    expect(held).not.toContain('candidate')
    expect(held).toBe(goodOffer.replace(/a=candidate.*\r\n/, ''))
    expect(candidatesOf(goodOffer)).toEqual([
      { candidate: 'candidate:1 1 udp 2130706431 127.0.0.1 20000 typ host', sdpMLineIndex: 0 },
    ])
  })
})

describe('a realm', () => {
  const domain = 'abc.registrar.voipbin.net'
  it.each([
    ['abc.registrar.voipbin.net', true],
    ['ABC.Registrar.VoIPBIN.net', true],
    ['voipbin.net', true],
    ['net', false],
    ['evil.example', false],
    ['xabc.registrar.voipbin.net', false],
    ['bin.net', false],
    ['', false],
    [undefined, false],
  ])('%s is ours: %s', (realm, ours) => {
    expect(isOurRealm(realm, domain)).toBe(ours)
  })
})

describe('tones', () => {
  it('are digits, star, pound, A to D and pauses; grouping signs are taken out', () => {
    expect(parseTones('(555) 01-23,#a')).toEqual(['5550123,#A'])
    expect(parseTones('1p2;3ww4;')).toEqual(['1,2', '3', '4'])
    expect(parseTones(';1')).toEqual(['', '1'])
    for (const wrong of ['', 'x', '1'.repeat(129), '+1', ';', ',,'])
      expect(() => parseTones(wrong)).toThrow(/keys/)
  })
  it('take their time', () => {
    expect(tonesTakeMs('12,')).toBe(2340)
  })
})

describe('a reason', () => {
  it('is read with its cause and its quoted text', () => {
    expect(parseReason('SIP ;cause=200 ;text="Call \\"completed\\" elsewhere"')).toEqual({
      cause: 200,
      text: 'Call "completed" elsewhere',
    })
    expect(parseReason(undefined)).toEqual({})
    expect(parseReason('garbage')).toEqual({})
  })
  it('tells an answer elsewhere from a caller who gave up', () => {
    expect(toCancelEnding('SIP;cause=200').outcome).toBe('answeredElsewhere')
    expect(toCancelEnding('SIP;cause=487;text="ORIGINATOR_CANCEL"').outcome).toBe('canceled')
    expect(toCancelEnding(undefined).outcome).toBe('canceled')
  })
})

describe('an INVITE', () => {
  const us = { username: '2000', domain: 'd.test', contact: { user: 'abcd1234', host: 'x.invalid' } }
  const at = (user: string | undefined, host: string) => ({ user, host })
  it('is for us by Contact, even when a proxy changed the host, or by address of record', () => {
    expect(isForUs({ requestUri: at('abcd1234', '10.0.0.1'), to: at('other', 'o.test') }, us)).toBe(true)
    expect(isForUs({ requestUri: at('2000', 'D.test'), to: at('2000', 'd.test') }, us)).toBe(true)
    expect(isForUs({ requestUri: at('2000', 'd.test'), to: at('3000', 'd.test') }, us)).toBe(false)
    expect(isForUs({ requestUri: at('2000', 'o.test'), to: at('2000', 'd.test') }, us)).toBe(false)
    expect(isForUs({ requestUri: at(undefined, 'd.test'), to: at('2000', 'd.test') }, us)).toBe(false)
  })
})

describe('the identity', () => {
  it('follows from the instance id, in the shape the platform knows', () => {
    const id = '3f0c6a52-7a6b-4c36-9f43-0d3c1f6f2a11'
    expect(toSipIdentity(id)).toEqual(toSipIdentity(id))
    expect(toSipIdentity(id).contactUser).toMatch(/^\w{8}$/)
    expect(toSipIdentity(id).contactHost).toMatch(/^\w{12}\.invalid$/)
  })
  it('is made up when the instance id is not one', () => {
    expect(toSipIdentity('nonsense').instanceId).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('a row of the trace', () => {
  const register = [
    'REGISTER sip:d.test SIP/2.0',
    'Via: SIP/2.0/WSS x.invalid;branch=z9hG4bK1',
    'CSeq: 2 REGISTER',
    'Authorization: Digest algorithm=MD5, username="2000", realm="d.test", nonce="canary1", uri="sip:d.test", response="0123456789abcdef0123456789abcdef", qop=auth, cnonce="canary2", nc=00000001',
    '',
    '',
  ].join('\r\n')
  const answer = 'SIP/2.0 200 OK\r\nVia: SIP/2.0/WSS x.invalid;branch=z9hG4bK1\r\nCSeq: 2 REGISTER\r\n\r\n'
  const asked =
    'SIP/2.0 401 Unauthorized\r\nVia: SIP/2.0/WSS x.invalid;branch=z9hG4bK1\r\nCSeq: 1 REGISTER\r\nWWW-Authenticate: Digest realm="d.test", nonce="canary3", opaque="canary4"\r\n\r\n'

  it('names the request or the answer, and holds no part of the digest', () => {
    const rows = [register, asked, answer].map((text) => toSipRow(text, 'out', 1))
    expect(rows.map((row) => [row.title, row.result, row.tone])).toEqual([
      ['REGISTER', undefined, 'plain'],
      ['401 Unauthorized (REGISTER)', '401', 'plain'],
      ['200 OK (REGISTER)', '200', 'good'],
    ])
    expect(JSON.stringify(rows)).not.toMatch(/canary|0123456789abcdef/)
    expect(JSON.stringify(rows)).toContain('d.test')
  })

  it('holds no ICE password of a description', () => {
    expect(toSipRow(`INVITE sip:x SIP/2.0\r\n\r\n${goodOffer}`, 'in', 1).body).not.toContain(
      'abcdefghijklmnop',
    )
  })

  it('tells how long the answer took', () => {
    const rows: NewTraceRow[] = []
    let time = 100
    const trace = createSipTracer(
      (row) => rows.push(row),
      () => time,
    )
    trace(register, 'out')
    time = 142
    trace(answer, 'in')
    expect(rows[1]?.ms).toBe(42)
  })

  it('is made of any text', () => {
    for (const text of ['', 'x', '\r\n', 'SIP/2.0', 'SIP/2.0 abc', '\u0000'.repeat(9)]) {
      expect(toSipRow(text, 'in', 1)).toMatchObject({ title: 'not SIP', tone: 'bad' })
    }
  })
})
