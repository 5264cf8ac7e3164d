// Callers are looked up while it rings: each once, not for ever, and only for whoever asks.
import { describe, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { AppError } from '../../../common/kit/errors.ts'
import { createSlice } from '../../../common/kit/slice.ts'
import type { SignedIn } from '../../../common/model/account.ts'
import type { People } from '../../../common/model/caller.ts'
import { initialPhoneState, type PhoneState, type Session } from '../../../common/model/phone.ts'
import { createPeople } from '../../../main/people/people.ts'
import { createFakePlatform } from '../../support/fake-platform.ts'
import { keepScopes } from '../../support/open-scopes.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

const newScope = keepScopes()
const ada = '+15550100042'

function setUp(role: SignedIn['role'] = 'admin') {
  const platform = createFakePlatform()
  platform.rows.contacts[ada] = { name: 'Ada Byron' }
  const slice = createSlice<People>({})
  const phone = createStore<PhoneState>(() => initialPhoneState)
  let account: SignedIn | undefined = { role, credential: 'password' } as SignedIn
  let at = 1_000
  const people = createPeople(newScope('people'), {
    slice,
    phone,
    platform: () => platform,
    signedIn: () => account,
    log: createQuietLog().log,
    now: () => at,
  })
  const call = (remote: Session['remote'], status: Session['status'] = 'ringing') =>
    phone.setState({ sessions: [{ id: remote.user, status, remote } as Session] })
  const ring = (user: string, status: Session['status'] = 'ringing') =>
    call({ user, displayName: '', host: 'x.test' }, status)
  const lookups = () => platform.asked.filter(({ name }) => name === 'contacts.lookUp').length
  return {
    platform,
    people,
    call,
    ring,
    lookups,
    known: slice.get,
    leave: () => (account = undefined),
    pass: (ms: number) => (at += ms),
  }
}

describe('a caller with a number', () => {
  it('is written as people write it at once, and named when the platform has answered', async () => {
    const { ring, known } = setUp()
    ring(ada)
    expect(known()[ada]).toEqual({ shown: '+1 555 010 0042' })
    await expect.poll(() => known()[ada]?.name).toBe('Ada Byron')
  })

  it('is asked for once, however often the phone tells, and again when what is known has aged', async () => {
    const { ring, known, lookups, pass } = setUp()
    for (let i = 0; i < 5; i++) ring(ada)
    await expect.poll(() => known()[ada]?.name).toBe('Ada Byron')
    ring(ada, 'established')
    expect(lookups()).toBe(1)
    pass(600_001)
    ring(ada)
    expect(lookups()).toBe(2)
  })

  it('that nobody knows is asked for again after two minutes, one that was not answered after half of one', async () => {
    const { platform, ring, lookups, pass } = setUp()
    ring('+821000000001')
    await expect.poll(lookups).toBe(1)
    await Promise.resolve()
    pass(100_000)
    ring('+821000000001')
    expect(lookups()).toBe(1)
    platform.fail('contacts.lookUp', new AppError('network.unreachable'))
    ring('+821000000002')
    await expect.poll(lookups).toBe(2)
    pass(30_001)
    ring('+821000000002')
    expect(lookups()).toBe(3)
  })
})

it('whoever the edge vouches for is looked up, not whom the caller claims to be', async () => {
  const { platform, call, known } = setUp()
  platform.rows.contacts['+15550001111'] = { name: 'Somebody else' }
  call({ user: ada, host: 'evil.test', displayName: '', asserted: { user: '+15550001111', displayName: '' } })
  await expect.poll(() => known()['+15550001111']?.name).toBe('Somebody else')
  expect(known()).not.toHaveProperty([ada])
})

it('an own extension that calls by its id is named by its value, where the role may know', async () => {
  const { platform, ring, known } = setUp()
  const made = await platform.extensions.create({ extension: 'desk1', password: 'x', detail: '' })
  ring(made.id)
  await expect.poll(() => known()[made.id]?.name).toBe('desk1')
  const agent = setUp('agent')
  agent.ring(made.id)
  await Promise.resolve()
  expect(agent.platform.asked).toEqual([])
})

it('an extension is nobody to look up', async () => {
  const { ring, known, platform } = setUp()
  ring('2000')
  await Promise.resolve()
  expect(known()).toEqual({})
  expect(platform.asked).toEqual([])
})

it('what was found is forgotten with whoever asked, also what comes late', async () => {
  const { platform, people, ring, known, leave } = setUp()
  let answer = (_: unknown) => {}
  platform.answer('contacts.lookUp', () => new Promise((resolve) => (answer = resolve)))
  ring(ada)
  leave()
  people.leave()
  answer({ name: 'Ada Byron' })
  await new Promise((resolve) => setImmediate(resolve))
  expect(known()).toEqual({})
})

it('200 callers are remembered, not all of a year', () => {
  const { ring, known } = setUp()
  for (let i = 0; i < 300; i++) ring(`+4930100${1_000 + i}`)
  expect(Object.keys(known())).toHaveLength(200)
  expect(known()).toHaveProperty(['+49301001299'])
})
