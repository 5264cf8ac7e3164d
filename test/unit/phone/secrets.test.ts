// Nothing that the phone reports shows a digest, a password, a token or a key, however the message spells it.
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { redactSip } from '../../../renderer/phone/sip-redact.ts'
import { toDroppedRow, toSipRow } from '../../../renderer/phone/sip-trace.ts'
import { readCredentials } from '../../support/digest-check.ts'
import { goodOffer, header, reply } from '../../support/fake-edge.ts'
import { createPhones, domain, given } from '../../support/phone-on-edge.ts'

const { phoneOn } = createPhones()
const names: Record<string, string> = { MD5: 'md5', 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256' }

describe.each([
  ['401 Unauthorized', 'WWW-Authenticate', 'Authorization'],
  ['407 Proxy Authentication Required', 'Proxy-Authenticate', 'Proxy-Authorization'],
])('a registration and a call challenged with %s', (status, asks, answers) => {
  it.each(Object.keys(names))('with %s leave nothing of the digest in the trace', async (algorithm) => {
    const t = phoneOn()
    const asked = `${asks}: Digest realm="${domain}", nonce="canary-nonce", opaque="canary-opaque", algorithm=${algorithm}, qop="auth", stale=false`
    t.edge.onRegister = (request) =>
      header(request, answers)
        ? reply(request, '200 OK', [
            `Contact: ${header(request, 'Contact')}`,
            'Authentication-Info: qop=auth, rspauth="canary-rspauth", cnonce="canary-cnonce", nc=00000001, nextnonce="canary-next"',
          ])
        : reply(request, status, [asked])
    await t.start()
    expect(t.registration().status).toBe('registered')
    // The phone asks as well: its own INVITE, challenged by our domain.
    const { ben } = await t.dial('2001')
    if (!ben) throw new Error('no INVITE left')
    const challenge = asked.replace(asks, 'Proxy-Authenticate').replace('canary-nonce', 'canary-nonce2')
    t.edge.say(reply(t.edge.last('INVITE') ?? '', '407 Proxy Authentication Required', [challenge]))
    await t.settle()
    const credentials = t.edge.sent
      .flatMap((message) => [header(message, 'Authorization'), header(message, 'Proxy-Authorization')])
      .filter(Boolean)
    expect(credentials.some((value) => value.includes('canary-nonce2'))).toBe(true)
    const secrets = credentials.flatMap((value) => {
      const { response = '', cnonce = '' } = readCredentials(value)
      return [response, cnonce]
    })
    secrets.push(
      given.password,
      createHash(names[algorithm] ?? '')
        .update(`2000:${domain}:${given.password}`)
        .digest('hex'),
    )
    const told = JSON.stringify([t.rows, t.phone.store.getState()])
    for (const secret of secrets.filter(Boolean)) expect(told).not.toContain(secret)
    expect(told).not.toContain('canary')
    // What helps to find a fault stays.
    expect(told).toContain(`realm=\\"${domain}\\"`)
    expect(told).toContain(`algorithm=${algorithm}`)
  })
})

describe('a message in the trace', () => {
  const row = (lines: string[], body = '') => {
    const message = ['INVITE sip:a@b SIP/2.0', 'Via: SIP/2.0/WSS x;branch=z9hG4bK1', ...lines, '', body].join(
      '\r\n',
    )
    return JSON.stringify([toSipRow(message, 'in', 1), toDroppedRow('bad', message, 1)])
  }

  it.each([
    'authorization: Digest username="2000", response="canary"',
    'AUTHORIZATION : Digest username="2000",response = "canary"',
    'Authorization: Digest username="2000",\r\n nonce="canary1",\r\n\tresponse="canary2"',
    'Authorization:\r\n Digest response="canary"',
    'Proxy-Authorization: Digest response=canary',
    'Authorization: Basic canary',
    'Authorization: Bearer canary.canary.canary',
    'Authorization: "canary',
    'WWW-Authenticate: Digest realm="d", nonce="canary", opaque="can\\"ary"',
    'Proxy-Authenticate: Digest realm="d", domain="sip:x", nonce="canary',
    'Authentication-Info: nextnonce="canary", rspauth="canary"',
    'X-Auth-Token: canary',
    'X-Auth: canary',
    'X-Auth-Token:\r\n canary',
    'Proxy-Authorization: Basic\r\n\tcanary',
    'x-access-token: canary',
    'X-API-Key: canary',
    'X-Password: canary',
    'X-Session-Secret: canary',
    'Cookie: sid=canary',
    'Set-Cookie: sid=canary; Secure',
    'Identity: "canary";info=<https://x>',
    'y: canary;info=<https://x>',
    'Contact: <sip:user:canary@host>',
    'm: "A" <sips:user:canary%20x@host;transport=ws>;expires=60',
    'f: sip:user:canary@host;tag=1',
    'Refer-To: <sip:user@host;token=canary?Replaces=x>',
    'Route: <wss://host/path?access_token=canary>',
    'Alert-Info: <https://user:canary@host/ring.wav>',
    'Call-Info: <https://host/x?token=canary&a=1>',
    'P-Charging-Vector: icid;password="canary"',
    'X-Odd: a;secret = "canary";b',
  ])('shows nothing of %j', (line) => {
    const told = row([line])
    expect(told).not.toContain('canary')
    expect(told).not.toContain('ary"')
    expect(told).toContain('•••')
  })

  it.each([
    `${goodOffer}a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:canary+/ABC=|2^20|1:4 KDR=1`,
    `${goodOffer}a=crypto:1 AES_CM_128_HMAC_SHA1_80 other:canary\r\n`,
    goodOffer.replace(/a=ice-pwd:.*/, 'a=ice-pwd:canary/+and more'),
    goodOffer.replace(/a=ice-pwd:.*/, 'A=ICE-PWD:canary'),
    `${goodOffer}k=base64:canary\r\n`,
    `${goodOffer}k=prompt canary\r\n`,
    `${goodOffer}a=key-mgmt:mikey canary\r\n`,
    '{"token":"canary"}',
    'Signal=5\r\npassword=canary\r\n',
  ])('case %#: shows nothing of the keys of its body', (body) => {
    expect(row([], body)).not.toContain('canary')
  })

  it('shows nothing of a secret in its first line, in its reason, or where it was cut off', () => {
    const texts = [
      'INVITE sip:user:canary@host SIP/2.0\r\nVia: x\r\n\r\n',
      'SIP/2.0 403 token=canary\r\nVia: x\r\n\r\n',
      'nonsense password=canary',
      'Authorization: Digest response="canary',
      'INVITE sip:x SIP/2.0\r\nVia: x\nX-Auth: canary\r\n\r\n',
      'cannot read authorization: Basic canary',
      'MESSAGE sip:x SIP/2.0\r\nVia: x\r\n\r\nGET / HTTP/1.1\r\nX-Api-Key: canary\r\n',
      `INVITE sip:x SIP/2.0\nAuthorization: Digest response="canary"\n\n`,
    ]
    for (const text of texts) {
      expect(JSON.stringify([toSipRow(text, 'in', 1), toDroppedRow(text, text, 1)])).not.toContain('canary')
    }
  })

  it('shows nothing of a secret that is quoted in the reason for a drop', async () => {
    const t = phoneOn()
    await t.start()
    for (const line of [
      'X-Auth-Token: canary',
      'y: canary',
      'authorization: Basic canary',
      'INVITE sip:a:canary@b SIP/9',
    ]) {
      t.edge.say(`${line}\r\n\r\n`)
    }
    await t.settle()
    expect(t.dropped()).toHaveLength(4)
    expect(JSON.stringify(t.rows)).not.toContain('canary')
    expect(toDroppedRow('bad X-Auth-Token: canary', '', 1).title).not.toContain('canary')
  })

  it('still shows who calls whom, by which way, and what was negotiated', () => {
    const told = row(
      [
        'From: "Ada" <sip:+15550100@caller.example>;tag=ada',
        'P-Asserted-Identity: <sip:+15550100@caller.example>',
        'Call-ID: abc',
        'CSeq: 1 INVITE',
        'Session-Expires: 1800;refresher=uac',
      ],
      goodOffer,
    )
    for (const kept of [
      '+15550100',
      'P-Asserted-Identity: <sip',
      'tag=ada',
      'branch=z9hG4bK1',
      'refresher=uac',
      'a=fingerprint',
      'a=rtpmap:0 PCMU/8000',
    ]) {
      expect(told).toContain(kept)
    }
    expect(told).not.toContain('abcdefghijklmnop')
  })

  it('is cleaned in time that grows with its length and no faster, whatever stands in it', () => {
    for (const piece of [
      'sip:',
      'sip:a:',
      'token="',
      'nonce=',
      ' ',
      'a=crypto:',
      '\r\n ',
      'https://a',
      '"\\',
      ';key',
      '%',
    ]) {
      const text = piece.repeat(65_536 / piece.length)
      expect(redactSip(`INVITE sip:x SIP/2.0\r\nX: ${text}\r\n\r\n${text}`).length).toBeGreaterThan(0)
    }
  }, 10_000)
})
