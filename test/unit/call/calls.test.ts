// Calls over their life: placed once, followed by events and REST, matched with the phone, hung up.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { AppError } from '../../../common/kit/errors.ts'
import { createSlice } from '../../../common/kit/slice.ts'
import type { Call, CallLink, Groupcall } from '../../../common/model/call.ts'
import { initialPhoneState, type PhoneState, type Session } from '../../../common/model/phone.ts'
import { openCalls } from '../../../main/call/calls.ts'
import { openLinks } from '../../../main/call/links.ts'
import { createFakePlatform } from '../../support/fake-platform.ts'
import { keepScopes } from '../../support/open-scopes.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

const newScope = keepScopes()
const at = 1_800_000_000_000
beforeEach(() => vi.useFakeTimers({ now: at }))
afterEach(() => vi.useRealTimers())

const test = {
  language: 'en-GB',
  extension: { id: 'e1', extension: '2000' },
  sourceNumber: '',
  numbers: [],
}
const contact = { user: 'ab12', host: 'cd34.invalid' }
const aCall = (id: string, more: Partial<Call> = {}): Call => ({
  id,
  status: 'ringing',
  direction: 'outgoing',
  source: { type: 'extension', target: 'e1', targetName: '2000' },
  destination: { type: 'sip', target: 'sip:ab12@cd34.invalid^3Btransport=ws', targetName: '2000' },
  chainedCallIds: [],
  createdAt: Date.now(),
  updatedAt: Date.now(),
  ...more,
})
const aGroup = (callIds: string[], more: Partial<Groupcall> = {}): Groupcall => ({
  id: 'g1',
  status: 'progressing',
  callIds,
  groupcallIds: [],
  ...more,
})
const aSession = (more: Partial<Session> = {}): Session => ({
  id: 's1',
  sipCallId: 'x',
  direction: 'incoming',
  status: 'ringing',
  remote: { user: 'e1', displayName: '', host: 'pbx' },
  contact,
  startedAt: Date.now(),
  sending: 'on',
  held: { byUs: false, byThem: false },
  ...more,
})

function setUp({ deaf = false, hopeless = false } = {}) {
  const platform = createFakePlatform()
  const shown = createSlice<Record<string, Call>>({})
  const links = createSlice<Record<string, CallLink>>({})
  const phone = createStore<PhoneState>(() => initialPhoneState)
  const scope = newScope()
  const { log } = createQuietLog()
  const calls = openCalls(scope, {
    platform,
    slice: shown,
    log,
    isDeaf: () => deaf,
    hearsOnlyOwn: () => hopeless,
  })
  openLinks(scope, {
    calls,
    slice: links,
    phone,
    extension: () => undefined,
    isHopeless: () => hopeless,
    obstacle: () => (hopeless ? 'agents cannot see it' : undefined),
    log,
  })
  const event = (call: Call) => calls.take({ kind: 'call', type: `call_${call.status}`, call })
  const groupEvent = (groupcall: Groupcall) =>
    calls.take({ kind: 'groupcall', type: 'groupcall_progressing', groupcall })
  const session = (more?: Partial<Session>) => phone.setState({ sessions: [aSession(more)] })
  const asked = (name: string) => platform.asked.filter((each) => each.name === name).length
  return {
    platform,
    shown,
    links,
    calls,
    event,
    groupEvent,
    session,
    asked,
    wait: vi.advanceTimersByTimeAsync,
  }
}

describe('the test call', () => {
  it('has the actions of the quickstart, in the language of the settings, to our extension', async () => {
    const { platform, calls } = setUp()
    await calls.placeTest(test)
    const placed = platform.asked.find(({ name }) => name === 'calls.place')?.args[0]
    expect(placed).toMatchObject({
      source: { type: 'extension', target: 'e1', targetName: '2000' },
      destinations: [{ type: 'extension', target: 'e1', targetName: '2000' }],
      actions: [
        { type: 'transcribe_start', option: { language: 'en-GB' } },
        { type: 'talk', option: { language: 'en-GB' } },
        { type: 'sleep', option: { duration: 600_000 } },
      ],
    })
  })
  it('comes from the first active normal number where there is one', async () => {
    const { platform, calls } = setUp()
    const number = (n: string, type: string, status: string) => ({
      id: n,
      number: n,
      name: '',
      type,
      status,
    })
    const numbers = [
      number('+1', 'virtual', 'active'),
      number('+2', 'normal', 'deleted'),
      number('+3', 'normal', 'active'),
    ]
    await calls.placeTest({ ...test, numbers })
    const placed = platform.asked.find(({ name }) => name === 'calls.place')?.args[0]
    expect(placed).toMatchObject({ source: { type: 'tel', target: '+3' } })
  })
  it('comes from the chosen number, whatever else there is', async () => {
    const { platform, calls } = setUp()
    await calls.placeTest({ ...test, sourceNumber: '+15550100009' })
    const placed = platform.asked.find(({ name }) => name === 'calls.place')?.args[0]
    expect(placed).toMatchObject({ source: { type: 'tel', target: '+15550100009' } })
  })
  it('comes from the extension itself where the account has no number, or may not see them', async () => {
    const { platform, calls } = setUp()
    await calls.placeTest(test)
    const placed = platform.asked.find(({ name }) => name === 'calls.place')?.args[0]
    expect(placed).toMatchObject({ source: { type: 'extension' } })
  })
  it('is never placed twice, also when the answer is lost', async () => {
    const { platform, calls, asked } = setUp()
    platform.fail('calls.place', new AppError('network.timeout'))
    const failed = expect(calls.placeTest(test)).rejects.toMatchObject({ code: 'network.timeout' })
    await vi.advanceTimersByTimeAsync(6_000)
    await failed
    expect(asked('calls.place')).toBe(1)
  })
  it('refused with 500 most likely means that no phone is registered', async () => {
    const { platform, calls } = setUp()
    platform.fail('calls.place', new AppError('platform.broken', { status: 500 }))
    await expect(calls.placeTest(test)).rejects.toMatchObject({ code: 'call.notPlaced', status: 500 })
  })
  it('shows its legs although they are not born yet', async () => {
    const { platform, calls, shown, wait } = setUp()
    platform.rows.groupcalls.push(aGroup(['c1']))
    await calls.placeTest(test)
    expect(shown.get()).toEqual({})
    platform.rows.calls.push(aCall('c1'))
    await wait(500)
    expect(Object.keys(shown.get())).toEqual(['c1'])
  })
  it('stops asking for a leg that is not born after 5 s', async () => {
    const { platform, calls, asked, wait } = setUp()
    platform.rows.groupcalls.push(aGroup(['c1']))
    await calls.placeTest(test)
    await wait(6_000)
    const before = asked('calls.get')
    await wait(60_000)
    expect(before).toBeGreaterThan(3)
    expect(asked('calls.get')).toBe(before)
  })
  it('finds the legs of nested groupcalls', async () => {
    const { platform, calls, groupEvent } = setUp()
    platform.rows.groupcalls.push(aGroup([], { groupcallIds: ['g2'] }))
    const { id } = await calls.placeTest(test)
    groupEvent(aGroup(['c7'], { id: 'g2' }))
    expect(calls.book.requests().find((request) => request.id === id)?.callIds).toEqual(['c7'])
  })
})

describe('a call', () => {
  it('never goes back, whatever order its events come in', () => {
    const { calls, event } = setUp()
    for (const status of ['progressing', 'dialing', 'hangup', 'ringing'] as const)
      event(aCall('c1', { status }))
    expect(calls.book.get('c1')?.status).toBe('hangup')
  })
  it('of somebody else is known for matching, but not shown', () => {
    const { shown, calls, event } = setUp()
    event(aCall('c1'))
    expect([calls.book.get('c1')?.id, shown.get()]).toEqual(['c1', {}])
  })
  it('is forgotten when there are too many others', () => {
    const { calls, event } = setUp()
    for (let n = 0; n < 400; n++) event(aCall(`c${n}`))
    expect(calls.book.all()).toHaveLength(300)
  })
  it('stays shown among the last 20 that ended', () => {
    const { shown, calls, event } = setUp()
    for (let n = 0; n < 30; n++) {
      calls.book.show(`c${n}`)
      event(aCall(`c${n}`, { status: 'hangup' }))
    }
    expect(Object.keys(shown.get())).toHaveLength(20)
    expect(shown.get().c29).toBeDefined()
  })
  it('is read over REST while events are not to be relied on', async () => {
    const { platform, calls, shown, event, wait } = setUp({ deaf: true })
    calls.book.show('c1')
    event(aCall('c1'))
    platform.rows.calls.push(aCall('c1', { status: 'hangup' }))
    await wait(3_000)
    expect(shown.get().c1?.status).toBe('hangup')
  })
  it('that is over already counts as hung up', async () => {
    const { platform, calls } = setUp()
    platform.fail('calls.hangUp', new AppError('platform.notFound', { status: 404 }))
    await expect(calls.hangUp('c1')).resolves.toBeUndefined()
  })
  it('whose end no event tells is read after it was hung up', async () => {
    const { platform, calls, event, wait } = setUp()
    platform.rows.calls.push(aCall('c1'))
    event(aCall('c1'))
    await calls.hangUp('c1')
    await wait(2_000)
    expect(calls.book.get('c1')?.status).toBe('hangup')
  })
})

describe('a session', () => {
  it('is linked when the INVITE comes before the event, and the other way round', () => {
    const first = setUp()
    first.session()
    expect(first.links.get().s1).toEqual({ status: 'linking' })
    first.event(aCall('c1'))
    expect(first.links.get().s1).toEqual({ status: 'linked', callId: 'c1', by: 'contact' })
    const second = setUp()
    second.event(aCall('c1'))
    second.session()
    expect(second.links.get().s1).toMatchObject({ status: 'linked' })
  })
  it('is looked up over REST after 2, 4 and 8 s, and then says why not', async () => {
    const { links, session, asked, wait } = setUp()
    session()
    await wait(7_999)
    expect([asked('calls.list'), links.get().s1]).toEqual([2, { status: 'linking' }])
    await wait(1)
    expect(asked('calls.list')).toBe(3)
    expect(links.get().s1).toEqual({ status: 'unlinked', reason: expect.stringContaining('no call') })
  })
  it('is found by the second look', async () => {
    const { platform, links, session, wait } = setUp()
    session()
    await wait(3_000)
    platform.rows.calls.push(aCall('c1', { createdAt: at }))
    await wait(1_000)
    expect(links.get().s1).toMatchObject({ status: 'linked', by: 'contact' })
  })
  it('is linked late, after it was given up', async () => {
    const { links, session, event, wait } = setUp()
    session()
    await wait(9_000)
    event(aCall('c1', { createdAt: at }))
    expect(links.get().s1).toMatchObject({ status: 'linked', callId: 'c1' })
  })
  it('of a plain agent is not looked up in vain', async () => {
    const { links, session, asked, wait } = setUp({ hopeless: true })
    session()
    await wait(10_000)
    expect(links.get().s1).toEqual({ status: 'unlinked', reason: 'agents cannot see it' })
    expect(asked('calls.list')).toBe(0)
  })
  it('[E.5] of a plain agent is linked by the groupcall that it hears of, and nothing is read', async () => {
    const { links, session, groupEvent, asked, wait } = setUp({ hopeless: true })
    session({ remote: { user: '+15550100042', displayName: '', host: 'pbx' } })
    expect(links.get().s1).toMatchObject({ status: 'unlinked' })
    groupEvent(aGroup(['c1'], { from: '+15550100042' }))
    expect(links.get().s1).toEqual({ status: 'linked', callId: 'c1', by: 'callIds' })
    await wait(30_000)
    expect(asked('calls.get') + asked('calls.list') + asked('groupcalls.get')).toBe(0)
  })
  it('[E.5] of a plain agent is not linked by a groupcall of another caller, nor by one that is over', () => {
    const { links, session, groupEvent } = setUp({ hopeless: true })
    session({ remote: { user: '+15550100042', displayName: '', host: 'pbx' } })
    groupEvent(aGroup(['c1'], { from: '+4930123456' }))
    groupEvent(aGroup(['c2'], { id: 'g2', from: '+15550100042', status: 'hangup' }))
    expect(links.get().s1).toMatchObject({ status: 'unlinked' })
  })
  it('adopts the leg that answered', async () => {
    const { platform, calls, links, session, groupEvent } = setUp()
    platform.rows.groupcalls.push(aGroup(['c1']))
    await calls.placeTest(test)
    session()
    expect(links.get().s1).toMatchObject({ callId: 'c1', by: 'callIds' })
    session({ status: 'established', answeredAt: Date.now() })
    groupEvent(aGroup(['c1', 'c2'], { answerCallId: 'c2', updatedAt: at + 9 }))
    expect(links.get().s1).toEqual({ status: 'linked', callId: 'c2', by: 'answered' })
  })
  it('stops looking when it has ended', async () => {
    const { session, asked, wait } = setUp()
    session()
    session({ status: 'ended' })
    await wait(20_000)
    expect(asked('calls.list')).toBe(0)
  })
})
