// Contact headers in all their forms, and who is bound in the end.
import { describe, expect, it } from 'vitest'
import { createBindings } from '../../../../practice/sip/bindings.ts'
import { parseContacts, phoneOf, takeContacts } from '../../../../practice/sip/contacts.ts'
import { toLegEnd } from '../../../../practice/sip/leg-end.ts'

describe('Contact values', () => {
  it.each([
    ['<sip:a@b.invalid;transport=ws>;expires=60', [{ uri: 'sip:a@b.invalid;transport=ws', expires: 60 }]],
    ['sip:a@b;expires=60', [{ uri: 'sip:a@b', expires: 60 }]],
    ['"x, <y>" <sip:a@b>', [{ uri: 'sip:a@b', expires: undefined }]],
    ['Anna <sip:a@b>;+sip.instance="<urn:uuid:1,2>";Expires="7"', [{ uri: 'sip:a@b', expires: 7 }]],
    ['*', [{ uri: '*', expires: undefined }]],
    ['<mailto:a@b>, nonsense, <>', []],
  ])('are read from %s', (header, values) => {
    expect(parseContacts([header])).toEqual(values)
  })

  it('come from several headers and from lists', () => {
    expect(parseContacts(['<sip:a@b>, <sip:c@d>;expires=0', 'sip:e@f']).map(({ uri }) => uri)).toEqual([
      'sip:a@b',
      'sip:c@d',
      'sip:e@f',
    ])
  })

  it('name a phone by user and host alone', () => {
    expect(phoneOf('sip:Ab@Host.Invalid;transport=ws')).toBe('Ab@host.invalid')
    expect(phoneOf('sip:host.invalid')).toBe('@host.invalid')
  })

  it('are taken out of a message with their continuation lines, short form and all', () => {
    const text =
      'REGISTER sip:x SIP/2.0\r\nContact:\r\n <sip:a@b>\r\nX: Contact: no\r\nm: *\r\n\r\nContact: body'
    expect(takeContacts(text)).toEqual({
      rest: 'REGISTER sip:x SIP/2.0\r\nX: Contact: no\r\n\r\nContact: body',
      contacts: ['<sip:a@b>', '*'],
    })
  })
})

describe('bindings', () => {
  const contact = (uri: string, expiresAt: number) => ({ uri, expiresAt })

  it('end by themselves', () => {
    let now = 0
    const bindings = createBindings(() => now)
    bindings.put('1', contact('sip:a@b', 100), 'c', 1)
    expect(bindings.of('1')).toHaveLength(1)
    now = 100
    expect(bindings.of('1')).toEqual([])
  })

  it('of an expired device do not count towards the three', () => {
    let now = 0
    const bindings = createBindings(() => now)
    for (const user of ['a', 'b', 'c'])
      bindings.put('1', contact(`sip:${user}@x`, user === 'b' ? 10 : 100), user, 1)
    now = 50
    bindings.put('1', contact('sip:d@x', 60), 'd', 1)
    expect(bindings.of('1').map(({ uri }) => uri)).toEqual(['sip:a@x', 'sip:c@x', 'sip:d@x'])
  })

  it('are not changed by a request that was overtaken', () => {
    const bindings = createBindings(() => 0)
    expect(bindings.put('1', contact('sip:a@b', 100), 'c', 2)).toBe(true)
    expect(bindings.put('1', contact('sip:a@b', 900), 'c', 1)).toBe(false)
    expect(bindings.put('1', contact('sip:a@b', 200), 'new', 1)).toBe(true)
    expect(bindings.of('1')).toEqual([contact('sip:a@b', 200)])
  })

  it('of one extension are not those of another', () => {
    const bindings = createBindings(() => 0)
    bindings.put('1', contact('sip:a@b', 100), 'c', 1)
    bindings.put('2', contact('sip:a@b', 100), 'c', 1)
    bindings.removeAll('1')
    expect(bindings.of('2')).toHaveLength(1)
    bindings.remove('2', 'sip:a@B;other=1')
    expect(bindings.of('2')).toEqual([])
  })
})

describe('the end of a call', () => {
  it.each([
    [486, 'busy'],
    [603, 'declined'],
    [403, 'declined'],
    [480, 'declined'],
    [487, 'canceled'],
    [408, 'timeout'],
    [503, 'unreachable'],
    [404, 'unreachable'],
    [400, 'failed'],
  ] as const)('by %i is called %s', (status, why) => {
    expect(toLegEnd(status)).toBe(why)
  })
})
