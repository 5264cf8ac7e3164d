// Access keys: the token passes through once, a lost answer is looked for, and only admins are let in.
import { describe, expect, it } from 'vitest'
import { AppError, type ErrorData } from '../../../common/kit/errors.ts'
import { createSlice } from '../../../common/kit/slice.ts'
import type { AccessKeys } from '../../../common/model/access-key.ts'
import type { Role, SignedIn } from '../../../common/model/account.ts'
import { createAccessKeysFeature } from '../../../main/access-key/access-keys.ts'
import { createFakePlatform, fakeCustomerId } from '../../support/fake-platform.ts'

function aHouse({ role = 'admin' as Role, own = '' } = {}) {
  const platform = createFakePlatform()
  const slice = createSlice<AccessKeys>({ status: 'unread' })
  const used: string[] = []
  const ended: string[] = []
  const learnt: number[] = []
  const notices: ErrorData[] = []
  const signedIn: SignedIn = {
    customerId: fakeCustomerId,
    role,
    credential: 'accessKey',
    apiUrl: 'https://api.fake.test',
    provenAt: 0,
    kept: 'kept',
  }
  const keys = createAccessKeysFeature({
    slice,
    platform: () => platform,
    signedIn: () => signedIn,
    usesKey: (prefix) => prefix !== '' && prefix === own,
    learnExpiry: (at) => void learnt.push(at),
    endKey: async () => void ended.push('ended'),
    signInWith: async (token) => {
      if (own === 'refused') throw new AppError('network.timeout')
      used.push(token)
    },
    notice: (error) => void notices.push(error),
    now: () => 1_000,
    sleep: async () => {},
  })
  return { keys, platform, slice, used, ended, learnt, notices }
}
const aKey = (id: string, prefix = `vb_${id}`) => ({ id, name: id, prefix })

describe('the list', () => {
  it('marks the key in use', async () => {
    const { keys, platform, slice } = aHouse({ own: 'vb_mine' })
    platform.rows.accessKeys.push(aKey('mine'), aKey('other'))
    await keys.list()
    expect(slice.get()).toMatchObject({
      status: 'ready',
      keys: [
        { name: 'mine', inUse: true },
        { name: 'other', inUse: false },
      ],
    })
  })

  it('tells when the key in use ends, which the key itself does not', async () => {
    const { keys, platform, learnt } = aHouse({ own: 'vb_mine' })
    platform.rows.accessKeys.push({ ...aKey('other'), expiresAt: 7 }, { ...aKey('mine'), expiresAt: 9 })
    await keys.list()
    expect(learnt).toEqual([9])
  })

  it.each(['manager', 'agent'] as const)('is not asked for by a %s', async (role) => {
    const { keys, platform, slice } = aHouse({ role })
    await expect(keys.list()).rejects.toMatchObject({ code: 'account.notPermitted' })
    await expect(keys.create({ name: 'x', use: false })).rejects.toMatchObject({
      code: 'account.notPermitted',
    })
    expect(platform.asked).toEqual([])
    expect(slice.get().status).toBe('failed')
  })

  it('of somebody else who has left is dropped', async () => {
    const { keys, slice } = aHouse()
    const reading = keys.list()
    keys.leave()
    await reading
    expect(slice.get()).toEqual({ status: 'unread' })
  })
})

describe('what comes back after somebody else has signed in', () => {
  /** Says it, but only when it is let: the one before has left by then. */
  function hold<T>(answer: T) {
    let release = () => {}
    let reached = () => {}
    const asked = new Promise<void>((resolve) => {
      reached = resolve
    })
    const run = () =>
      new Promise<T>((resolve) => {
        release = () => resolve(answer)
        reached()
      })
    return { run, asked, release: () => release() }
  }

  it('is a token for the person, and signs nobody in', async () => {
    const { keys, platform, slice, used } = aHouse()
    const made = hold({ token: 'vb_of-the-one-before', ...aKey('k') })
    platform.answer('accessKeys.create', made.run)
    const creating = keys.create({ name: 'Laptop', use: true })
    await made.asked
    keys.leave()
    made.release()
    expect(await creating).toEqual({ token: 'vb_of-the-one-before' })
    expect(used).toEqual([])
    expect(slice.get()).toEqual({ status: 'unread' })
  })

  it('ends no sign-in', async () => {
    const { keys, platform, ended, slice } = aHouse({ own: 'vb_mine' })
    platform.rows.accessKeys.push(aKey('mine'))
    await keys.list()
    const removed = hold(undefined)
    platform.answer('accessKeys.remove', removed.run)
    const removing = keys.remove('mine')
    await removed.asked
    keys.leave()
    removed.release()
    await removing
    expect(ended).toEqual([])
    expect(slice.get()).toEqual({ status: 'unread' })
  })

  it('is not looked for among the keys of the next', async () => {
    const { keys, platform, slice } = aHouse()
    platform.fail('accessKeys.create', new AppError('network.timeout'))
    await keys.list()
    const found = hold([aKey('Laptop')])
    let looks = 0
    platform.answer('accessKeys.list', () => {
      looks++
      return looks === 1 ? [] : found.run()
    })
    const creating = keys.create({ name: 'Laptop', use: false })
    await found.asked
    keys.leave()
    found.release()
    await expect(creating).rejects.toMatchObject({ code: 'accessKey.lost' })
    expect(slice.get()).toEqual({ status: 'unread' })
  })
})

describe('a new key', () => {
  it('gives its token to the person and keeps it nowhere', async () => {
    const { keys, platform, slice, used } = aHouse()
    const { token } = await keys.create({ name: 'Laptop', days: 30, use: false })
    expect(token).toMatch(/^vb_/)
    expect(JSON.stringify(slice.get())).not.toContain(token)
    expect(slice.get()).toMatchObject({
      status: 'ready',
      keys: [{ name: 'Laptop', prefix: token.slice(0, 11) }],
    })
    const create = platform.asked.find(({ name }) => name === 'accessKeys.create')
    expect(create?.args).toEqual([{ name: 'Laptop', expireSeconds: 2_592_000 }])
    expect(used).toEqual([])
  })

  it('signs in where that was wanted', async () => {
    const { keys, used } = aHouse()
    const { token } = await keys.create({ name: 'Laptop', use: true })
    expect(used).toEqual([token])
  })

  it('is shown even when it could not be used at once', async () => {
    const { keys, notices } = aHouse({ own: 'refused' })
    expect((await keys.create({ name: 'Laptop', use: true })).token).toMatch(/^vb_/)
    expect(notices.map(({ code }) => code)).toEqual(['network.timeout'])
  })

  it('whose answer got lost is never made twice: it is found in the list and said to be useless', async () => {
    const { keys, platform } = aHouse()
    platform.fail('accessKeys.create', new AppError('network.timeout'), { after: true })
    await expect(keys.create({ name: 'Laptop', use: false })).rejects.toMatchObject({
      code: 'accessKey.lost',
      detail: expect.stringMatching(/^Laptop, vb_/),
    })
    expect(platform.asked.filter(({ name }) => name === 'accessKeys.create')).toHaveLength(1)
  })

  it('that was really not made says why, and an older one of the same name is not taken for it', async () => {
    const { keys, platform } = aHouse()
    platform.rows.accessKeys.push({ ...aKey('old'), name: 'Laptop' })
    platform.fail('accessKeys.create', new AppError('platform.unavailable', { status: 503 }))
    await expect(keys.create({ name: 'Laptop', use: false })).rejects.toMatchObject({
      code: 'platform.unavailable',
    })
    expect(platform.asked.filter(({ name }) => name === 'accessKeys.create')).toHaveLength(1)
  })
})

describe('deleting', () => {
  it('takes a key out of the list; one that is gone already is no failure', async () => {
    const { keys, platform, slice, ended } = aHouse()
    platform.rows.accessKeys.push(aKey('old'))
    await keys.list()
    await keys.remove('old')
    expect(slice.get()).toMatchObject({ status: 'ready', keys: [] })
    await keys.remove('old')
    expect(ended).toEqual([])
  })

  it('the key in use ends the sign-in', async () => {
    const { keys, platform, slice, ended } = aHouse({ own: 'vb_mine' })
    platform.rows.accessKeys.push(aKey('mine'))
    await keys.list()
    await keys.remove('mine')
    expect(ended).toEqual(['ended'])
    expect(slice.get()).toEqual({ status: 'unread' })
  })
})
