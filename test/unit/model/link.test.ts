// Links that ask to call somebody: what of them reaches the field for calling, whoever made them.
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { readTarget } from '../../../common/model/dial-target.ts'
import { findLink, linkSchemes, readLink } from '../../../common/model/link.ts'

test.each([
  ['tel:+49-30-123456', '+4930123456'],
  ['tel:+4930123456;ext=12;phone-context=example.org', '+4930123456'],
  ['tel:7042;phone-context=+1-914-555', '+19145557042'],
  ['tel:7042;phone-context=example.com', '7042'],
  ['TEL:%2B4930123456', '+4930123456'],
  ['callto://+4930123456/', '+4930123456'],
  ['callto:desk1', 'desk1'],
  ['sip:2000@pbx.example;transport=tcp?Subject=hello&Replaces=x', '2000@pbx.example'],
  ['sip:ada:secret@pbx.example', 'ada@pbx.example'],
  [
    'sip:conference:5e4a0680-804e-11ec-8477-2fea5968d85b@pbx.example',
    'conference:5e4a0680-804e-11ec-8477-2fea5968d85b@pbx.example',
  ],
  ['sips:2000@pbx.example', 'sips:2000@pbx.example'],
  ['sips:ada:secret@pbx.example', 'sips:ada@pbx.example'],
])('%s fills the field with %s', (link, target) => {
  expect(readLink(link)).toEqual({ target })
})

test.each([
  'tel:',
  'tel:abc def',
  'sip:@pbx.example',
  'sip:a%0d%0aVia:x@pbx.example',
  'sip:2000%00@pbx.example',
  'tel:+49\u202e30123456',
  'callto:ad\u200ba',
  'sip:a%ZZ@x',
  'tel:tel:2000',
  'sip:20%2530@pbx.example',
  'tel:٠٣٠',
  `tel:${'1'.repeat(1_000)}`,
])('%j names nobody', (link) => {
  expect(readLink(link)).toEqual({ wrong: expect.stringMatching(/\S/) })
})

test.each(['https://example.com', 'javascript:alert(1)', 'mailto:ada@example.com', '2000', '', '--inspect'])(
  '%j is no link of ours',
  (text) => expect(readLink(text)).toBeUndefined(),
)

describe('a hostile link', () => {
  const nasty = fc.oneof(
    fc.string({ maxLength: 80 }),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.stringMatching(/^[\w+%@:;?&=.\-#/\\"'<>\s]{0,80}$/),
  )
  const link = fc.tuple(fc.constantFrom(...linkSchemes), nasty).map(([scheme, rest]) => `${scheme}:${rest}`)

  it('never fills the field with what the phone could not dial, but for sips, and never with what is hidden', () => {
    fc.assert(
      fc.property(link, (text) => {
        const read = readLink(text)
        if (!read || 'wrong' in read) return
        expect(read.target.length).toBeLessThanOrEqual(200)
        expect(read.target).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
        if (!read.target.startsWith('sips:')) expect(readTarget(read.target)).not.toHaveProperty('wrong')
      }),
      { numRuns: 3_000 },
    )
  })

  it('brings no header, no parameter and no password', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,12}$/)
    fc.assert(
      fc.property(part, part, part, part, (user, password, name, value) => {
        const read = readLink(`sip:${user}:${password}@pbx.example;${name}=${value}?${name}=${value}`)
        expect(read).toEqual({ target: `${user}@pbx.example` })
      }),
    )
  })
})

test('among the arguments of a start the first link is found', () => {
  expect(findLink(['.', '--profile-dir=/a', '--', 'tel:1', 'tel:2'])).toBe('tel:1')
  expect(findLink(['.', '--hidden'])).toBeUndefined()
})
