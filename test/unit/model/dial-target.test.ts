import { expect, test } from 'vitest'
import { looksLikeNumber, readTarget } from '../../../common/model/dial-target.ts'

test.each([
  ['2000', '2000', undefined],
  ['  desk-7f3a ', 'desk-7f3a', undefined],
  ['+49 (30) 123-456', '+4930123456', undefined],
  ['*97', '*97', undefined],
  ['20 00', '2000', undefined],
  ['ada@Example.ORG', 'ada', 'example.org'],
  ['sip:2000@pbx.example:5070', '2000', 'pbx.example:5070'],
  ['SIP:direct.3f2a@sip.example.org', 'direct.3f2a', 'sip.example.org'],
  ['<sip:2000@[::1]>', '2000', '[::1]'],
  ['tel:+1-555-0100', '+15550100', undefined],
  ['tel://+15550100', '+15550100', undefined],
  ['\u202a+49 30 123456\u202c', '+4930123456', undefined],
  ['20\u200b00', '2000', undefined],
  ['+٤٩ ٣٠ ١٢٣٤٥٦', '+4930123456', undefined],
  ['+49 30–123‑456', '+4930123456', undefined],
  ['+49 (0) 30 123456', '+4930123456', undefined],
  ['+49(0)30/123456', '+4930123456', undefined],
  ['callto:2000', '2000', undefined],
  ['sip:%2B15550100@pbx.example', '+15550100', 'pbx.example'],
  ['agent:5E4A0680-804e-11ec-8477-2fea5968d85b', 'agent:5e4a0680-804e-11ec-8477-2fea5968d85b', undefined],
  ['extension:2001', '2001', undefined],
])('%s is user %s at %s', (text, user, host) => {
  expect(readTarget(text)).toEqual({ user, host })
})

test('parameters and headers of a link never come along', () => {
  expect(readTarget('sip:2000@pbx.example;transport=udp?Replaces=x&Subject=hi')).toEqual({
    user: '2000',
    host: 'pbx.example',
  })
  expect(readTarget('tel:+15550100;phone-context=example.org')).toEqual({
    user: '+15550100',
    host: undefined,
  })
})

test.each([
  '',
  '+0123',
  '+12',
  '+1234567890123456',
  'sips:2000@pbx.example',
  'two words@x',
  'ada@exa mple',
  'ada@',
  '"x" <sip:y@z>',
  'a%ZZ',
  'sip:a%0d%0aVia:x@pbx.example',
  'x'.repeat(300),
])('%s is refused with a reason', (text) => {
  expect(readTarget(text)).toEqual({ wrong: expect.stringMatching(/\S/) })
})

test('a long number without + is told apart from an extension', () => {
  expect(looksLikeNumber('030 1234567')).toBe(true)
  expect(looksLikeNumber('2000')).toBe(false)
  expect(looksLikeNumber('+15550100')).toBe(false)
  expect(looksLikeNumber('0301234567@pbx.example')).toBe(false)
})
