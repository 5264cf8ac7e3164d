// Contract G.2, key by key: which call on the platform is this SIP session?
import { describe, expect, it } from 'vitest'
import type { Call, Groupcall } from '../../../common/model/call.ts'
import { type Invite, parseContact } from '../../../main/call/compare.ts'
import { confirmLink, isOfRequest, type Known, matchInvite } from '../../../main/call/match.ts'

const at = 1_800_000_000_000
const caller = '+15550100001'

const anInvite = (more: Partial<Invite> = {}): Invite => ({
  sessionId: 's1',
  direction: 'incoming',
  remote: { user: caller, displayName: '' },
  contact: { user: 'ab12cd34', host: 'k3l4m5n6o7p8.invalid' },
  startedAt: at,
  established: false,
  ...more,
})
const address = (type: string, target: string, targetName = '') => ({ type, target, targetName })
const ourContact = 'sip:ab12cd34@k3l4m5n6o7p8.invalid^3Btransport=ws^3Balias=10.0.0.7~5060~5'
const otherContact = 'sip:zz99zz99@aaaabbbbcccc.invalid^3Btransport=ws'
const aCall = (id: string, more: Partial<Call> = {}): Call => ({
  id,
  status: 'ringing',
  direction: 'outgoing',
  source: address('tel', caller),
  destination: address('extension', '', '2000'),
  chainedCallIds: [],
  createdAt: at - 50,
  ...more,
})
const ringingUs = (id: string, more: Partial<Call> = {}) =>
  aCall(id, { destination: address('sip', ourContact, '2000'), ...more })
const ringingOther = (id: string) => aCall(id, { destination: address('sip', otherContact, '2000') })
const aGroup = (callIds: string[], answerCallId?: string): Groupcall => ({
  id: 'g1',
  status: 'progressing',
  callIds,
  groupcallIds: [],
  answerCallId,
})
const know = (more: Partial<Known> = {}): Known => ({
  calls: [],
  groups: [],
  requests: [],
  taken: new Set(),
  serverAheadMs: 0,
  now: at + 100,
  ...more,
})
const own = (...callIds: string[]) => [{ placedAt: at - 100, from: caller, callIds }]
const linked = (callId: string, by: string) => ({ status: 'linked', callId, by })
const none = (why = 'nothing') => ({ status: 'none', why })

describe('a contact', () => {
  it.each([
    ['sip:ab12cd34@k3l4m5n6o7p8.invalid;transport=ws', 'ab12cd34', 'k3l4m5n6o7p8.invalid'],
    ['ab12cd34@K3L4m5n6o7p8.INVALID^3Btransport=ws^3balias=1~2~3', 'ab12cd34', 'k3l4m5n6o7p8.invalid'],
    [
      '"Desk" <sips:ab12cd34@k3l4m5n6o7p8.invalid:5061;transport=wss>;expires=30',
      'ab12cd34',
      'k3l4m5n6o7p8.invalid',
    ],
    ['sip:desk@[2001:db8::1]:5060', 'desk', '[2001:db8::1]'],
  ])('is read from %s', (text, user, host) => {
    expect(parseContact(text)).toEqual({ user, host })
  })
  it.each(['', '2000', 'sip:k3l4m5n6o7p8.invalid', '@host'])('is not read from "%s"', (text) => {
    expect(parseContact(text)).toBeUndefined()
  })
})

describe('key 1: our own contact', () => {
  it('decides among all legs', () => {
    const calls = [ringingOther('other'), ringingUs('ours')]
    expect(matchInvite(anInvite(), know({ calls }))).toEqual(linked('ours', 'contact'))
  })
  it('compares the user exactly', () => {
    const calls = [aCall('c', { destination: address('sip', ourContact.replace('ab12', 'AB12')) })]
    expect(
      matchInvite(anInvite({ remote: { user: 'x', displayName: '' } }), know({ calls, now: at + 9000 })),
    ).toEqual(none())
  })
  it('does not need the clocks to agree', () => {
    const calls = [ringingUs('ours', { createdAt: at - 3_600_000 })]
    expect(matchInvite(anInvite(), know({ calls }))).toEqual(linked('ours', 'contact'))
  })
  it('passes over the call before, which had the same contact', () => {
    const before = ringingUs('before', { status: 'hangup', createdAt: at - 9000, hangupAt: at - 5000 })
    expect(matchInvite(anInvite(), know({ calls: [before] }))).toEqual(none())
    expect(matchInvite(anInvite(), know({ calls: [before, ringingUs('now')] }))).toEqual(
      linked('now', 'contact'),
    )
  })
  it('takes a call that was over in a moment', () => {
    const brief = ringingUs('brief', { status: 'hangup', hangupAt: at + 50 })
    expect(matchInvite(anInvite(), know({ calls: [brief] }))).toEqual(linked('brief', 'contact'))
  })
  it('tells two invitations at once apart by the caller', () => {
    const calls = [ringingUs('b', { source: address('tel', '+15550199999') })]
    expect(matchInvite(anInvite(), know({ calls }))).toEqual(none())
    expect(matchInvite(anInvite(), know({ calls: [...calls, ringingUs('a')] }))).toEqual(
      linked('a', 'contact'),
    )
  })
  it('takes another caller after 2 s: the edge may have rewritten the From', () => {
    const calls = [ringingUs('b', { source: address('tel', '+15550199999') })]
    expect(matchInvite(anInvite(), know({ calls, now: at + 2000 }))).toEqual(linked('b', 'contact'))
  })
  it('never takes the call of another session', () => {
    const known = know({ calls: [ringingUs('ours')], taken: new Set(['ours']), now: at + 5000 })
    expect(matchInvite(anInvite(), known)).toEqual(none())
  })
})

describe('key 2: the ids of our own request', () => {
  it('is enough when there is one, even before the call is visible', () => {
    expect(matchInvite(anInvite(), know({ requests: own('c1') }))).toEqual(linked('c1', 'callIds'))
  })
  it('is not enough for somebody else, as long as the call is not visible', () => {
    const stranger = anInvite({ remote: { user: '+15559990000', displayName: '' } })
    expect(matchInvite(stranger, know({ requests: own('c1') }))).toEqual(none())
  })
  it('is not enough when there are several devices', () => {
    expect(matchInvite(anInvite(), know({ requests: own('c1', 'c2') }))).toEqual(none())
  })
  it('does not take a leg that rings another device', () => {
    expect(matchInvite(anInvite(), know({ requests: own('c1'), calls: [ringingOther('c1')] }))).toEqual(
      none(),
    )
  })
  it('does not take a call from somebody else than the INVITE', () => {
    const calls = [aCall('c1', { source: address('tel', '+15550199999') })]
    expect(matchInvite(anInvite(), know({ requests: own('c1'), calls }))).toEqual(none())
  })
  it('does not reach back further than a phone rings', () => {
    const requests = [{ placedAt: at - 66_000, from: caller, callIds: ['c1'] }]
    expect(matchInvite(anInvite(), know({ requests }))).toEqual(none())
  })
  it('does not take a call that rang before the request was made', () => {
    const requests = [{ placedAt: at + 3_000, from: caller, callIds: ['c1'] }]
    expect(matchInvite(anInvite(), know({ requests, now: at + 3_100 }))).toEqual(none())
  })
  it('allows an INVITE that is faster than the answer to the request', () => {
    const requests = [{ placedAt: at + 400, from: caller, callIds: ['c1'] }]
    expect(matchInvite(anInvite(), know({ requests }))).toEqual(linked('c1', 'callIds'))
  })
})

describe('keys 3 and 4: who answered', () => {
  const established = anInvite({ established: true, answeredAt: at + 3000 })

  it('decides among the devices of our request', () => {
    const known = know({ requests: own('c1', 'c2'), groups: [aGroup(['c1', 'c2'], 'c2')] })
    expect(matchInvite(established, known)).toEqual(linked('c2', 'answered'))
  })
  it('says nothing before we talk', () => {
    const known = know({ requests: own('c1', 'c2'), groups: [aGroup(['c1', 'c2'], 'c2')] })
    expect(matchInvite(anInvite(), known)).toEqual(none())
  })
  it('falls back to the leg that was answered when we answered', () => {
    const calls = [
      aCall('c1', { status: 'hangup', hangupAt: at + 3010 }),
      aCall('c2', { status: 'progressing', progressingAt: at + 3010 }),
    ]
    expect(matchInvite(established, know({ requests: own('c1', 'c2'), calls }))).toEqual(
      linked('c2', 'answered'),
    )
  })
  it('does not take a leg that was answered long before', () => {
    const calls = [
      aCall('c1', { status: 'progressing', progressingAt: at - 9000 }),
      aCall('c2', { status: 'progressing', progressingAt: at + 30_000 }),
    ]
    const known = know({ requests: own('c1', 'c2'), calls, now: at + 100 })
    expect(matchInvite(established, known)).toEqual(none())
  })
  it('corrects the clock of the platform', () => {
    const calls = [aCall('c2', { status: 'progressing', createdAt: at + 60_000, progressingAt: at + 63_000 })]
    const known = know({ requests: own('c1', 'c2'), calls, serverAheadMs: 60_000 })
    expect(matchInvite(established, known)).toEqual(linked('c2', 'answered'))
  })
})

describe('keys 5 and 6: caller and time', () => {
  const later = at + 2000

  it('wait until a second call that fits would have shown up', () => {
    const calls = [aCall('c1')]
    expect(matchInvite(anInvite(), know({ calls, now: at + 1999 }))).toEqual(none())
    expect(matchInvite(anInvite(), know({ calls, now: later }))).toEqual(linked('c1', 'callerAndTime'))
  })
  it('do not guess between two', () => {
    expect(matchInvite(anInvite(), know({ calls: [aCall('c1'), aCall('c2')], now: later }))).toEqual(
      none('several'),
    )
  })
  it('see the same number with and without a plus', () => {
    const invite = anInvite({ remote: { user: caller.slice(1), displayName: '' } })
    expect(matchInvite(invite, know({ calls: [aCall('c1')], now: later }))).toEqual(
      linked('c1', 'callerAndTime'),
    )
  })
  it('use the display name to tell two apart', () => {
    const calls = [
      aCall('c1', { source: address('tel', caller, 'Ada') }),
      aCall('c2', { source: address('tel', caller, 'Bob') }),
    ]
    const invite = anInvite({ remote: { user: caller, displayName: 'Bob' } })
    expect(matchInvite(invite, know({ calls, now: later }))).toEqual(linked('c2', 'callerAndTime'))
  })
  it.each([
    ['is too old', { createdAt: at - 16_000 }],
    ['rings a telephone', { destination: address('tel', '+15550123456') }],
    ['rings another device', { destination: address('sip', otherContact) }],
    ['comes from a phone', { direction: 'incoming' as const }],
    ['ended before', { status: 'hangup' as const, hangupAt: at - 4000 }],
    ['has no caller', { source: address('tel', '') }],
  ])('pass over a call that %s', (_why, more) => {
    expect(matchInvite(anInvite(), know({ calls: [aCall('c1', more)], now: later }))).toEqual(none())
  })
})

describe('key 7: a call that this phone dialled', () => {
  const dialled = anInvite({ direction: 'outgoing', remote: { user: '2001', displayName: '' } })
  const fromUs = (id: string) =>
    aCall(id, {
      direction: 'incoming',
      source: address('extension', 'e-uuid', '2000'),
      destination: address('extension', 'f-uuid', '2001'),
    })

  it('is the incoming call from an extension to what was dialled', () => {
    expect(matchInvite(dialled, know({ calls: [aCall('x'), fromUs('c1')] }))).toEqual(
      linked('c1', 'callerAndTime'),
    )
  })
  it('is not the one of a colleague who dials the same in the same moment', () => {
    const extension = { id: 'e-uuid', name: '2000' }
    const colleague = { ...fromUs('c2'), source: address('extension', 'g-uuid', '2002') }
    expect(matchInvite(dialled, know({ extension, calls: [colleague, fromUs('c1')] }))).toEqual(
      linked('c1', 'callerAndTime'),
    )
    expect(matchInvite(dialled, know({ extension, calls: [colleague] }))).toEqual(none())
  })
  it('is found by what a kind before the target names', () => {
    const toAgent = anInvite({ direction: 'outgoing', remote: { user: 'agent:a-uuid', displayName: '' } })
    const call = { ...fromUs('c1'), destination: address('agent', 'a-uuid') }
    expect(matchInvite(toAgent, know({ calls: [call] }))).toEqual(linked('c1', 'callerAndTime'))
  })
  it('is nobody when two devices dial the same at once', () => {
    expect(matchInvite(dialled, know({ calls: [fromUs('c1'), fromUs('c2')] }))).toEqual(none('several'))
  })
})

describe('the answer', () => {
  const established = anInvite({ established: true, answeredAt: at + 3000 })
  const byIds = { callId: 'c1', by: 'callIds' as const }
  const byTime = { callId: 'c1', by: 'callerAndTime' as const }

  it('changes nothing while it rings', () => {
    expect(confirmLink(anInvite(), byIds, know({ groups: [aGroup(['c1', 'c2'], 'c2')] }))).toEqual({
      verdict: 'keep',
    })
  })
  it('keeps the leg that answered', () => {
    expect(confirmLink(established, byIds, know({ groups: [aGroup(['c1', 'c2'], 'c1')] }))).toEqual({
      verdict: 'keep',
    })
  })
  it('adopts the leg that really answered', () => {
    const known = know({ groups: [aGroup(['c1', 'c2'], 'c2')] })
    expect(confirmLink(established, byIds, known)).toEqual({ verdict: 'adopt', callId: 'c2' })
  })
  it('drops the match when that leg is the one of another session', () => {
    const known = know({ groups: [aGroup(['c1', 'c2'], 'c2')], taken: new Set(['c2']) })
    expect(confirmLink(established, byIds, known)).toMatchObject({ verdict: 'drop' })
  })
  it('drops a call that ended without ever being answered', () => {
    const known = know({ calls: [aCall('c1', { status: 'hangup', hangupAt: at + 3001 })] })
    expect(confirmLink(established, byIds, known)).toMatchObject({ verdict: 'drop' })
  })
  it('must bear out the weak key within 5 s', () => {
    const progressing = (progressingAt: number) =>
      know({ calls: [aCall('c1', { status: 'progressing', progressingAt })] })
    expect(confirmLink(established, byTime, progressing(at + 7999))).toEqual({ verdict: 'keep' })
    expect(confirmLink(established, byTime, progressing(at + 8001))).toMatchObject({ verdict: 'drop' })
    expect(confirmLink(established, byIds, progressing(at + 8001))).toEqual({ verdict: 'keep' })
  })
})

describe('an INVITE of one of our requests', () => {
  const [request] = own('c1', 'c2')
  const ask = (known: Partial<Known>) => request && isOfRequest(anInvite(), request, know(known))

  it('is known as such although the leg is not', () => {
    expect(ask({ calls: [aCall('c1'), aCall('c2')] })).toBe(true)
  })
  it('is not sure when somebody else’s call fits as well', () => {
    expect(ask({ calls: [aCall('c1'), aCall('c2'), aCall('stranger')] })).toBe(false)
  })
  it('is none when all its legs ring other devices', () => {
    expect(ask({ calls: [ringingOther('c1'), ringingOther('c2')] })).toBe(false)
  })
  it('is none before a leg is known', () => {
    expect(ask({ calls: [] })).toBe(false)
  })
})
