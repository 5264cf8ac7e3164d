// Who a caller is, in words: the order, and what a caller may not pretend.
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { toCaller } from '../../../common/model/caller.ts'

const from = (displayName = '', user = '+15550100042', host = 'pstn.voipbin.test') => ({
  displayName,
  user,
  host,
})

test.each([
  [
    'a contact before everything',
    from('The bank'),
    { '+15550100042': { name: 'Ada Byron', shown: '+1 555-010-0042' } },
    'Ada Byron',
    'contact',
  ],
  [
    'what the edge vouches for before what the caller says',
    { ...from('The bank'), asserted: { user: '+15550100042', displayName: 'Byron & Sons' } },
    {},
    'Byron & Sons',
    'edge',
  ],
  [
    'what the caller says before the number',
    from('Ada at home'),
    { '+15550100042': { shown: '+1 555-010-0042' } },
    'Ada at home',
    'caller',
  ],
  [
    'the number as people write it',
    from(),
    { '+15550100042': { shown: '+1 555-010-0042' } },
    '+1 555-010-0042',
    'number',
  ],
  ['the number as it came', from(), {}, '+15550100042', 'nobody'],
  ['the host of one without a number', from('', ''), {}, 'pstn.voipbin.test', 'nobody'],
  ['nobody known', from('', '', ''), {}, 'Unknown caller', 'nobody'],
])('is %s', (_what, remote, people, name, by) => {
  expect(toCaller(remote, people)).toMatchObject({ name, by })
})

describe('what a caller says', () => {
  test.each([
    ['another number', '+1 800 555 0199', '+15550100042'],
    ['another number in wide digits', '＋１８００５５５０１９９', '+15550100042'],
    ['another number in digits of another script', '+١٨٠٠٥٥٥٠١٩٩', '+15550100042'],
    ['another number with dashes of print', '+1 800–555‑0199', '+15550100042'],
    ['nothing that is seen', '\u202e\u200b\u2066', '+15550100042'],
  ])('is not shown when it is %s', (_what, said, shown) => {
    expect(toCaller(from(said)).name).toBe(shown)
  })

  it('gives it no contact of another number than the edge vouches for', () => {
    const remote = {
      ...from('', '+4930123456', 'evil.test'),
      asserted: { user: '+15550001111', displayName: '' },
    }
    const people = { '+4930123456': { name: 'Ada Byron' }, '+15550001111': { shown: '+1 555 000 1111' } }
    expect(toCaller(remote, people)).toMatchObject({ name: '+1 555 000 1111', by: 'number' })
    const known = { ...people, '+15550001111': { name: 'Somebody else' } }
    expect(toCaller(remote, known)).toMatchObject({ name: 'Somebody else', by: 'contact' })
    const same = { ...remote, asserted: { user: '4930123456', displayName: '' } }
    expect(toCaller(same, people).name).toBe('Ada Byron')
  })

  it('may be its own number in digits of another script', () => {
    expect(toCaller(from('٥٥٥ ٠١٠ ٠٠٤٢')).name).toBe('٥٥٥ ٠١٠ ٠٠٤٢')
  })

  it('may be its own number, also without the country', () => {
    expect(toCaller(from('555-010-0042')).name).toBe('555-010-0042')
    expect(toCaller(from('1000', '1000')).name).toBe('1000')
  })

  it('is one short line that reads as it is written', () => {
    expect(toCaller(from('  Ada\r\n\tByron \u202egnab ')).name).toBe('Ada Byron gnab')
    expect(toCaller(from('x'.repeat(500))).name).toHaveLength(80)
  })

  it('never hides the address, and never is empty', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ minLength: 1, maxLength: 20 }), (said, user) => {
        const { name, address } = toCaller({ displayName: said, user, host: 'x.test' })
        expect(name).not.toBe('')
        expect(address).toBe(name === `${user}@x.test` ? '' : `${user}@x.test`)
      }),
    )
  })

  it('cannot take the name of a property for a person', () => {
    expect(toCaller(from('', '__proto__')).name).toBe('__proto__')
    expect(toCaller(from('', 'constructor')).name).toBe('constructor')
  })
})
