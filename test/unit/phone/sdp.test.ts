// What the browser gets of a description, and which descriptions are encrypted.
import { describe, expect, it } from 'vitest'
import { inspectOffer, isOffer } from '../../../renderer/phone/sdp.ts'
import { asAnswer, toBrowser } from '../../../renderer/phone/sdp-for-browser.ts'
import { goodOffer } from '../../support/fake-edge.ts'

const lines = (sdp: string) => sdp.split('\r\n')
const directions = (sdp: string) =>
  lines(sdp).filter((line) => /^a=(sendrecv|sendonly|recvonly|inactive)$/.test(line))
const addressed = (address: string, more = '') =>
  goodOffer.replace('c=IN IP4 127.0.0.1', `c=${address}`).replace('a=sendrecv\r\n', more)

describe('a description for the browser', () => {
  it('is what it was when there is nothing to change', () => {
    expect(toBrowser(goodOffer)).toBe(goodOffer)
    expect(toBrowser(goodOffer.replaceAll('\r\n', '\n'))).toBe(goodOffer)
  })

  it.each([
    ['both ways when nothing is said', goodOffer.replace('a=sendrecv\r\n', ''), 'a=sendrecv'],
    [
      'what the session says',
      addressed('IN IP4 127.0.0.1').replace('t=0 0', 't=0 0\r\na=sendonly'),
      'a=sendonly',
    ],
    [
      'what the line says before the session',
      goodOffer.replace('t=0 0', 't=0 0\r\na=inactive'),
      'a=sendrecv',
    ],
    ['held by an address of zeros', addressed('IN IP4 0.0.0.0'), 'a=sendonly'],
    ['held by an address of zeros of IPv6', addressed('IN IP6 ::'), 'a=sendonly'],
    ['held by an address, and not sending', addressed('IN IP4 0.0.0.0', 'a=recvonly\r\n'), 'a=inactive'],
    [
      'not held by an address whose candidates come later',
      addressed('IN IP4 0.0.0.0').replace('m=audio 20000', 'm=audio 9'),
      'a=sendrecv',
    ],
  ])('has one direction: %s', (_name, sdp, direction) => {
    expect(directions(toBrowser(sdp))).toEqual([direction])
  })

  it('has port 0 on every line that is not the audio, and does not bundle it', () => {
    const offer = `${goodOffer.replace('t=0 0', 't=0 0\r\na=group:BUNDLE 0 1 2')}m=video 40000/2 UDP/TLS/RTP/SAVPF 96\r\na=mid:1\r\na=rtpmap:96 VP8/90000\r\na=sendrecv\r\nm=image 5000 udptl t38\r\na=mid:2\r\n`
    const given = toBrowser(offer)
    expect(lines(given).filter((line) => line.startsWith('m='))).toEqual([
      'm=audio 20000 UDP/TLS/RTP/SAVPF 0 101',
      'm=video 0 UDP/TLS/RTP/SAVPF 96',
      'm=image 0 udptl t38',
    ])
    expect(given).toContain('a=group:BUNDLE 0\r\n')
    expect(directions(given)).toEqual(['a=sendrecv', 'a=inactive', 'a=inactive'])
  })

  it('uses the second audio line when the first one is refused', () => {
    const given = toBrowser(`v=0\r\nm=audio 0 RTP/AVP 0\r\n${goodOffer.slice(goodOffer.indexOf('m=audio'))}`)
    expect(lines(given).filter((line) => line.startsWith('m='))).toEqual([
      'm=audio 0 RTP/AVP 0',
      'm=audio 20000 UDP/TLS/RTP/SAVPF 0 101',
    ])
    expect(directions(given)).toEqual(['a=inactive', 'a=sendrecv'])
  })

  it('can be turned into the answer that would have agreed on the same', () => {
    const answer = asAnswer(goodOffer, 'sendonly', 'passive')
    expect(directions(answer)).toEqual(['a=recvonly'])
    expect(answer).toContain('a=setup:passive\r\n')
    expect(isOffer(goodOffer)).toBe(true)
    expect(isOffer(answer)).toBe(false)
  })
})

describe('encryption', () => {
  const own = /a=fingerprint.*\r\n/
  it.each([
    ['an empty fingerprint', goodOffer.replace(own, 'a=fingerprint:sha-256 \r\n')],
    [
      'an empty fingerprint beside a good one of the session',
      goodOffer
        .replace(own, 'a=fingerprint:sha-256 \r\n')
        .replace('t=0 0', 't=0 0\r\na=fingerprint:sha-256 00:11'),
    ],
    ['a fingerprint that is none', goodOffer.replace(own, 'a=fingerprint:sha-256 none\r\n')],
    ['a hash that is forbidden', goodOffer.replace('sha-256', 'md5')],
  ])('is missing with %s', (_name, sdp) => {
    expect(inspectOffer(sdp)).toEqual({ ok: false, why: 'no DTLS fingerprint' })
  })

  it.each(['RTP/AVP', 'RTP/AVPF', 'RTP/SAVP', 'RTP/SAVPF'])(
    'is not that of %s, also with keys in it',
    (profile) => {
      const keys = 'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz\r\n'
      const sdp = `${goodOffer.replace('UDP/TLS/RTP/SAVPF', profile)}${keys}`
      expect(inspectOffer(sdp)).toEqual({ ok: false, why: `profile ${profile}` })
    },
  )
})
