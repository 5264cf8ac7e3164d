import { describe, expect, it } from 'vitest'
import { toReferTo, toReferToReplacing } from '../../../renderer/phone/refer-to.ts'
import { escapeUser, toSipUri } from '../../../renderer/phone/sip-uri.ts'
import { readNotify } from '../../../renderer/phone/sipfrag.ts'

const notify = (body: string, headers: Record<string, string> = {}) => ({
  body,
  getHeader: (name: string) =>
    ({ event: 'refer', 'subscription-state': 'active;expires=60', ...headers })[name],
})

describe('a NOTIFY about a transfer', () => {
  it('tells the status of the new call, and whether more will come', () => {
    expect(readNotify(notify('SIP/2.0 180 Ringing\r\n'), 5)).toEqual({
      status: 180,
      terminated: false,
      reason: undefined,
    })
    const last = notify('SIP/2.0 486 Busy Here\r\nTo: x\r\n', {
      'subscription-state': 'Terminated; reason=noresource',
    })
    expect(readNotify(last, 5)).toEqual({ status: 486, terminated: true, reason: 'noresource' })
  })

  it('with another event, or the id of another REFER, is not about this one', () => {
    expect(readNotify(notify('SIP/2.0 200 OK', { event: 'message-summary' }), 5)).toBeUndefined()
    expect(readNotify(notify('SIP/2.0 200 OK', { event: 'referral' }), 5)).toBeUndefined()
    expect(readNotify(notify('SIP/2.0 200 OK', { event: 'refer;id=4' }), 5)).toBeUndefined()
    expect(readNotify(notify('SIP/2.0 200 OK', { event: 'refer; id=5' }), 5)).toMatchObject({ status: 200 })
  })

  it.each(['', 'hello', 'SIP/2.0 999 Odd', 'INVITE sip:x SIP/2.0', 'SIP/3.0 200 OK'])(
    'with the body "%s" has no status, and is not taken for success',
    (body) => {
      expect(readNotify(notify(body), 5)).toMatchObject({ status: undefined })
    },
  )
})

describe('the user part of an address (RFC 3261 section 25.1)', () => {
  it.each([
    ['unreserved', "aZ09-_.!~*'()", "aZ09-_.!~*'()"],
    ['user-unreserved', '&=+$,;?/', '&=+$,;?/'],
    ['what would begin a password or the host', 'a:b@c', 'a%3Ab%40c'],
    ['what ends an address or begins an escape', 'a b"<c>#%20', 'a%20b%22%3Cc%3E%23%2520'],
    ['what is not ASCII', 'Zoë', 'Zo%C3%AB'],
    ['half a character', 'a\uD800', 'a%EF%BF%BD'],
  ])('%s: %s', (_what, user, written) => {
    expect(escapeUser(user)).toBe(written)
    expect(String(toSipUri(user, 'reg.example'))).toBe(`sip:${written}@reg.example`)
    expect(toReferTo({ user, host: undefined }, 'reg.example')).toBe(`<sip:${written}@reg.example>`)
  })
})

describe('Refer-To', () => {
  it('is in brackets, at our registrar unless a host was given', () => {
    expect(toReferTo({ user: '+15550100', host: undefined }, 'reg.example')).toBe(
      '<sip:+15550100@reg.example>',
    )
    expect(toReferTo({ user: 'ada', host: 'pbx.example:5070' }, 'reg.example')).toBe(
      '<sip:ada@pbx.example:5070>',
    )
  })

  it('escapes what would mean something else in a user part', () => {
    expect(toReferTo({ user: 'agent:5e4a', host: undefined }, 'reg.example')).toBe(
      '<sip:agent%3A5e4a@reg.example>',
    )
    expect(toReferTo({ user: '*97#', host: undefined }, 'reg.example')).toBe('<sip:*97%23@reg.example>')
  })

  it('names the dialog as its other side sees it, escaped', () => {
    const dialog = {
      callId: 'a;b=c@10.0.0.7',
      localTag: 'ours',
      remoteTag: 'theirs',
      remoteTarget: 'sip:bob@10.0.0.9:5070;transport=udp?Subject=x',
    }
    expect(toReferToReplacing(dialog)).toBe(
      '<sip:bob@10.0.0.9:5070;transport=udp?Replaces=a%3Bb%3Dc%4010.0.0.7%3Bto-tag%3Dtheirs%3Bfrom-tag%3Dours>',
    )
  })
})
