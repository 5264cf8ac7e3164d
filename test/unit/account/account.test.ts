// Signing in with every kind of credential, and noticing when it is no longer taken.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError, type ErrorData } from '../../../common/kit/errors.ts'
import { createScope, type Scope } from '../../../common/kit/scope.ts'
import type { Account } from '../../../common/model/account.ts'
import type { AccountDeps } from '../../../main/account/account.ts'
import { createAccount } from '../../../main/account/create-account.ts'
import { createMemorySecrets } from '../../../main/host.ts'
import type { PlatformOptions } from '../../../main/platform/platform.ts'
import { createFakePlatform, fakeAgentId, fakeCustomerId } from '../../support/fake-platform.ts'
import { createQuietLog } from '../../support/quiet-log.ts'
import { aToken } from '../../support/tokens.ts'

let scope: Scope
beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 7, 1) })
  scope = createScope('test')
})
afterEach(async () => {
  await scope.end()
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

function aHouse(more: Partial<AccountDeps> = {}) {
  const platform = createFakePlatform()
  const states: Account[] = []
  const notices: ErrorData[] = []
  const settled: string[] = []
  const opened: PlatformOptions[] = []
  const secrets = createMemorySecrets()
  const { log, lines } = createQuietLog()
  const deps: AccountDeps = {
    scope,
    log,
    secrets,
    set: (account) => void states.push(account),
    notice: (error) => void notices.push(error),
    settled: (code) => void settled.push(code),
    apiUrl: () => 'https://api.fake.test',
    reach: { pins: [] },
    practiceCredential: () => undefined,
    createPlatform: (options) => {
      opened.push(options)
      return platform
    },
    logIn: async () => aToken(),
    trace: () => {},
    ...more,
  }
  return { account: createAccount(deps), deps, platform, states, notices, settled, opened, secrets, lines }
}

describe('a look at the customer', () => {
  it('that is answered after somebody else has signed in is not about them', async () => {
    const first = createFakePlatform()
    const second = createFakePlatform()
    const platforms = [first, second]
    const { account } = aHouse({ createPlatform: () => platforms.shift() ?? second })
    await account.signIn({ by: 'accessKey', accessKey: 'vb_0123456789' })
    const row = await first.customer()
    let answer = () => {}
    first.answer(
      'customer',
      () => new Promise((resolve) => (answer = () => resolve({ ...row, name: 'Theirs' }))),
    )
    const looking = account.look()
    account.leave()
    await account.signIn({ by: 'accessKey', accessKey: 'vb_9876543210' })
    const before = account.signedIn()
    answer()
    await looking
    expect(account.signedIn()).toEqual(before)
  })
})

describe('signing in', () => {
  it('with an access key is proven by the customer and acts as admin without an agent', async () => {
    const { account, states } = aHouse()
    await account.signIn({ by: 'accessKey', accessKey: 'vb_0123456789' })
    expect(states.map((state) => state.status)).toEqual(['signingIn', 'signedIn'])
    expect(account.signedIn()).toMatchObject({
      customerId: fakeCustomerId,
      role: 'admin',
      credential: 'accessKey',
      kept: 'memory',
      provenAt: Date.now(),
    })
    expect(account.signedIn()?.agentId).toBeUndefined()
  })

  it('with a password goes through the login and keeps the token, not the password', async () => {
    const { account, secrets, lines } = aHouse()
    await account.signIn({ by: 'password', username: 'ada@example.com', password: 'sesame-8' })
    expect(account.signedIn()).toMatchObject({ credential: 'password', agentId: fakeAgentId, role: 'admin' })
    const kept = await secrets.get('account:https://api.fake.test')
    expect(kept).toContain(aToken())
    expect(`${kept}${lines.join()}`).not.toContain('sesame-8')
  })

  it.each([
    ['a key pasted as a token', { by: 'token', token: ' vb_0123456789 ' }, 'accessKey'],
    ['a token pasted as a key', { by: 'accessKey', accessKey: aToken() }, 'token'],
    ['a token with the word Bearer', { by: 'token', token: `Bearer ${aToken()}` }, 'token'],
  ] as const)('recognises %s', async (_name, by, kind) => {
    const { account, opened } = aHouse()
    await account.signIn(by)
    expect(opened[0]?.credential.kind).toBe(kind)
    expect(account.signedIn()?.credential).toBe(kind)
  })

  it('as a plain agent works though it may not read the customer', async () => {
    const { account, platform } = aHouse()
    platform.fail('customer', new AppError('account.notPermitted', { status: 403 }))
    await account.signIn({ by: 'token', token: aToken({ permission: 16 }) })
    expect(account.signedIn()).toMatchObject({ role: 'agent', customerId: fakeCustomerId })
  })

  it('with a token that no longer counts fails without asking', async () => {
    const { account, states, opened } = aHouse()
    const by = { by: 'token', token: aToken({ expire: '2026-07-31T00:00:00Z' }) } as const
    await expect(account.signIn(by)).rejects.toMatchObject({ code: 'account.expired' })
    expect(states.at(-1)).toMatchObject({ status: 'failed', error: { code: 'account.expired' } })
    expect(opened).toEqual([])
  })

  it('with a key nobody knows fails, keeps nothing and leaves no platform', async () => {
    const { account, platform, secrets } = aHouse()
    platform.fail('customer', new AppError('account.rejected', { status: 401 }))
    await expect(account.signIn({ by: 'accessKey', accessKey: 'vb_wrong' })).rejects.toMatchObject({
      code: 'account.rejected',
    })
    expect(await secrets.get('account:https://api.fake.test')).toBeUndefined()
    expect(() => account.platform()).toThrow(AppError)
  })

  it('from what is stored tells why the last attempt failed rather than that there is nothing', async () => {
    const { account, platform } = aHouse()
    await expect(account.signIn({ by: 'stored' })).rejects.toMatchObject({ code: 'account.signedOut' })
    platform.fail('customer', new AppError('account.rejected', { status: 401 }))
    await expect(account.signIn({ by: 'accessKey', accessKey: 'vb_wrong' })).rejects.toThrow()
    await expect(account.signIn({ by: 'stored' })).rejects.toMatchObject({ code: 'account.rejected' })
  })

  it('from what is stored works after a restart, for this server only', async () => {
    const first = aHouse()
    await first.account.signIn({ by: 'accessKey', accessKey: 'vb_0123456789' })
    const again = aHouse({ secrets: first.secrets })
    expect(await again.account.hasStored()).toBe(true)
    await again.account.signIn({ by: 'stored' })
    expect(again.opened[0]?.credential).toEqual({ kind: 'accessKey', accessKey: 'vb_0123456789' })
    const elsewhere = aHouse({ secrets: first.secrets, apiUrl: () => 'https://other.test' })
    expect(await elsewhere.account.hasStored()).toBe(false)
    await expect(elsewhere.account.signIn({ by: 'stored' })).rejects.toMatchObject({
      code: 'account.signedOut',
    })
  })

  it('on practice takes its key and stores nothing', async () => {
    const { account, secrets, opened } = aHouse({
      practiceCredential: () => ({ kind: 'accessKey', accessKey: 'vb_practice' }),
    })
    await account.signIn({ by: 'stored' })
    expect(opened[0]?.credential).toEqual({ kind: 'accessKey', accessKey: 'vb_practice' })
    expect(await secrets.get('account:https://api.fake.test')).toBeUndefined()
  })

  it('works when the key store fails, and says that it will not last', async () => {
    const broken = {
      ...createMemorySecrets(),
      kept: 'kept' as const,
      set: () => Promise.reject(new Error('locked')),
    }
    const { account } = aHouse({ secrets: broken })
    await account.signIn({ by: 'accessKey', accessKey: 'vb_0123456789' })
    expect(account.signedIn()?.kept).toBe('memory')
  })

  it('drops the late answer of an older attempt', async () => {
    const { account, platform, states } = aHouse()
    let answerFirst = (_customer: { id: string; name: string; status: string }) => {}
    platform.answer('customer', () => {
      return new Promise((resolve) => {
        answerFirst = resolve
      })
    })
    const first = account.signIn({ by: 'accessKey', accessKey: 'vb_first' }).catch((error) => error.code)
    await vi.advanceTimersByTimeAsync(0)
    platform.answer('customer', () => ({ id: fakeCustomerId, name: 'Second', status: 'active' }))
    await account.signIn({ by: 'accessKey', accessKey: 'vb_second' })
    answerFirst({ id: 'c-old', name: 'First', status: 'active' })
    expect(await first).toBe('app.stopped')
    expect(account.signedIn()?.customerName).toBe('Second')
    expect(states.filter((state) => state.status === 'signedIn')).toHaveLength(1)
  })
})

describe('the end of a sign-in', () => {
  it('comes with a word a day ahead and a state at its time', async () => {
    const { account, states, notices } = aHouse()
    await account.signIn({ by: 'token', token: aToken({ expire: '2026-08-08T00:00:00Z' }) })
    await vi.advanceTimersByTimeAsync(6 * 86_400_000 - 1)
    expect(notices).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(notices[0]?.code).toBe('account.expiring')
    await vi.advanceTimersByTimeAsync(86_400_000)
    expect(states.at(-1)).toMatchObject({ status: 'expired', error: { code: 'account.expired' } })
    expect(() => account.platform()).toThrow('expired')
  })

  it('is known at once when the platform no longer takes the credential', async () => {
    const { account, opened, states, notices } = aHouse()
    await account.signIn({ by: 'token', token: aToken() })
    opened[0]?.onUnauthenticated?.(new AppError('account.expired', { status: 401 }))
    expect(states.at(-1)).toMatchObject({ status: 'expired', username: 'ada@example.com' })
    expect(notices.map(({ code }) => code)).toEqual(['account.expired'])
    expect(account.owner()).toMatchObject({ customerId: fakeCustomerId })
  })

  it('by key is called so: it was taken before, so it is no typing error', async () => {
    const { account, opened, states } = aHouse()
    await account.signIn({ by: 'accessKey', accessKey: 'vb_0123456789' })
    opened[0]?.onUnauthenticated?.(new AppError('account.rejected', { status: 401 }))
    expect(states.at(-1)).toMatchObject({ status: 'expired', error: { code: 'account.keyEnded' } })
  })

  it('by key is foreseen once the list of keys has told its time', async () => {
    const { account, notices, states } = aHouse()
    await account.signIn({ by: 'accessKey', accessKey: 'vb_0123456789' })
    account.learnExpiry(Date.now() + 2 * 86_400_000)
    expect(account.signedIn()?.expiresAt).toBeDefined()
    await vi.advanceTimersByTimeAsync(86_400_000)
    expect(notices.map(({ code }) => code)).toEqual(['account.expiring'])
    await vi.advanceTimersByTimeAsync(86_400_000)
    expect(states.at(-1)).toMatchObject({ status: 'expired', error: { code: 'account.keyEnded' } })
  })

  it('while the companion was closed asks the same person again, by name', async () => {
    const { account, deps, states } = aHouse()
    const token = aToken({ expire: '2026-08-02T00:00:00Z' })
    await account.signIn({ by: 'token', token })
    const later = aHouse({ secrets: deps.secrets, now: () => Date.UTC(2026, 7, 3) })
    await expect(later.account.signIn({ by: 'stored' })).rejects.toMatchObject({ code: 'account.expired' })
    expect(later.states.at(-1)).toMatchObject({ status: 'expired', username: 'ada@example.com' })
    expect(states.at(-1)?.status).toBe('signedIn')
  })

  it('by the person forgets the credential', async () => {
    const { account, secrets } = aHouse()
    await account.signIn({ by: 'accessKey', accessKey: 'vb_0123456789' })
    await account.signOut()
    expect(await secrets.get('account:https://api.fake.test')).toBeUndefined()
    expect(account.signedIn()).toBeUndefined()
    expect(() => account.platform()).toThrow('Nobody is signed in')
  })

  it('by a change of the server keeps it', async () => {
    const { account, secrets } = aHouse()
    await account.signIn({ by: 'accessKey', accessKey: 'vb_0123456789' })
    account.leave()
    expect(await secrets.get('account:https://api.fake.test')).toBeDefined()
    expect(account.signedIn()).toBeUndefined()
  })
})

describe('a renewal', () => {
  const again = { by: 'password', username: 'ada@example.com', password: 'sesame-8' } as const

  it('goes on with the same platform and the new credential, and changes nothing until it is proven', async () => {
    const newer = aToken({ expire: '2026-08-20T00:00:00Z' })
    const { account, platform, states, settled, secrets } = aHouse({ logIn: async () => newer })
    await account.signIn({ by: 'token', token: aToken({ expire: '2026-08-08T00:00:00Z' }) })
    const before = account.platform()
    platform.answer('me', () => {
      expect(account.platform()).toBe(before)
      throw new AppError('platform.unavailable')
    })
    await account.renew(again)
    expect(account.platform()).toBe(before)
    expect(platform.renewed).toEqual([{ kind: 'token', token: newer }])
    expect(states.map(({ status }) => status)).toEqual(['signingIn', 'signedIn', 'signedIn'])
    expect(account.signedIn()?.expiresAt).toBe(Date.UTC(2026, 7, 20))
    expect(settled).toContain('account.expiring')
    expect(await secrets.get('account:https://api.fake.test')).toContain(newer)
  })

  it('that fails leaves the sign-in that is still good as it was', async () => {
    const refused = () => Promise.reject(new AppError('account.badPassword', { status: 400 }))
    const { account, states } = aHouse({ logIn: refused })
    await account.signIn({ by: 'token', token: aToken() })
    await expect(account.renew(again)).rejects.toMatchObject({ code: 'account.badPassword' })
    expect(states).toHaveLength(2)
    expect(account.signedIn()).toBeDefined()
  })

  it('by somebody else is refused and keeps nothing of them', async () => {
    const other = aToken({ agentId: 'a0000000-0000-4000-8000-000000000002', username: 'bob@example.com' })
    const { account, platform, secrets } = aHouse({ logIn: async () => other })
    await account.signIn({ by: 'token', token: aToken() })
    await expect(account.renew(again)).rejects.toMatchObject({ code: 'account.otherPerson' })
    expect(platform.renewed).toEqual([])
    expect(await secrets.get('account:https://api.fake.test')).not.toContain(other)
  })

  it('of an expired sign-in takes over what it had', async () => {
    const { account, opened, platform, states } = aHouse()
    await account.signIn({ by: 'token', token: aToken() })
    const before = account.platform()
    opened[0]?.onUnauthenticated?.(new AppError('account.expired', { status: 401 }))
    await account.renew(again)
    expect(states.at(-1)?.status).toBe('signedIn')
    expect(account.platform()).toBe(before)
    expect(platform.renewed).toHaveLength(1)
    // Of the two clients, only the one that goes on may end the sign-in.
    opened[1]?.onUnauthenticated?.(new AppError('account.expired', { status: 401 }))
    expect(account.signedIn()).toBeDefined()
    opened[0]?.onUnauthenticated?.(new AppError('account.expired', { status: 401 }))
    expect(account.signedIn()).toBeUndefined()
  })

  it('of a plain agent as admin opens another platform: it works through other resources', async () => {
    const { account, platform } = aHouse({ logIn: async () => aToken({ permission: 32 }) })
    await account.signIn({ by: 'token', token: aToken({ permission: 16 }) })
    await account.renew(again)
    expect(account.signedIn()?.role).toBe('admin')
    expect(platform.renewed).toEqual([])
  })

  it('that comes after signing out changes nothing any more', async () => {
    let answer = (_token: string) => {}
    const { account, states } = aHouse({
      logIn: () =>
        new Promise((resolve) => {
          answer = resolve
        }),
    })
    await account.signIn({ by: 'token', token: aToken() })
    const renewal = account.renew(again).catch((error) => error.code)
    await account.signOut()
    answer(aToken())
    expect(await renewal).toBe('app.stopped')
    expect(states.at(-1)?.status).toBe('signedOut')
  })
})

describe('a new customer', () => {
  it('is told that it may not place calls, until the address is confirmed', async () => {
    const { account, platform, notices, settled } = aHouse()
    platform.answer('customer', () => ({ id: fakeCustomerId, name: 'New', status: 'initial' }))
    await account.signIn({ by: 'accessKey', accessKey: 'vb_0123456789' })
    expect(notices.map(({ code }) => code)).toEqual(['account.initial'])
    await expect(account.mayCall()).rejects.toMatchObject({ code: 'account.initial' })
    platform.answer('customer', () => ({ id: fakeCustomerId, name: 'New', status: 'active' }))
    settled.length = 0
    await account.mayCall()
    expect(account.signedIn()?.customerStatus).toBe('active')
    expect(settled).toEqual(['account.initial'])
  })
})

describe('[I.11] a customer that is to be deleted', () => {
  it('is told since when, places no calls, and may again when it was recovered', async () => {
    const { account, platform, notices, settled } = aHouse()
    const deletionAskedAt = Date.parse('2026-11-02T08:00:00Z')
    platform.answer('customer', () => ({
      id: fakeCustomerId,
      name: 'Old',
      status: 'frozen',
      deletionAskedAt,
    }))
    await account.signIn({ by: 'accessKey', accessKey: 'vb_0123456789' })
    expect(notices).toMatchObject([{ code: 'account.frozen', detail: 'deletion asked for on 2026-11-02' }])
    await expect(account.mayCall()).rejects.toMatchObject({ code: 'account.frozen' })
    platform.answer('customer', () => ({ id: fakeCustomerId, name: 'Old', status: 'active' }))
    settled.length = 0
    await account.mayCall()
    expect(settled).toEqual(['account.frozen'])
  })
})
