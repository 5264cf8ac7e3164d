// The customer's telephone numbers: which one calls come from, who may read them, and why a call was not placed.
import { expect, test } from 'vitest'
import { AppError } from '../../../common/kit/errors.ts'
import { createSlice } from '../../../common/kit/slice.ts'
import type { SignedIn } from '../../../common/model/account.ts'
import { type Numbers, type OwnNumber, toSource } from '../../../common/model/number.ts'
import { notPlaced } from '../../../main/call/not-placed.ts'
import { createNumbers } from '../../../main/number/numbers.ts'
import { createFakePlatform } from '../../support/fake-platform.ts'

const aNumber = (number: string, more: Partial<OwnNumber> = {}): OwnNumber => ({
  id: number,
  number,
  name: '',
  type: 'normal',
  status: 'active',
  ...more,
})
const own = [
  aNumber('+999000000001', { type: 'virtual' }),
  aNumber('+15550100001', { status: 'deleted' }),
  aNumber('+15550100002'),
]

function setUp(role: SignedIn['role'] = 'admin') {
  const platform = createFakePlatform()
  platform.rows.numbers.push(...own)
  const slice = createSlice<Numbers>({ status: 'unread' })
  const base = { customerId: 'c', apiUrl: '', provenAt: 0, kept: 'memory', credential: 'password' } as const
  const numbers = createNumbers({
    slice,
    platform: () => platform,
    signedIn: () => ({ ...base, role, agentId: 'a' }),
    now: () => 7,
  })
  return { platform, slice, numbers, asked: () => platform.asked.map(({ name }) => name) }
}

test('[C.2] calls come from the first number that is normal and active, unless another is chosen', () => {
  expect(toSource(own, '')).toBe('+15550100002')
  expect(toSource(own, '+15550100009')).toBe('+15550100009')
  expect(toSource(own.slice(0, 2), '')).toBeUndefined()
})

test('all numbers are shown with their state', async () => {
  const { slice, numbers } = setUp()
  await numbers.list()
  expect(slice.get()).toEqual({ status: 'ready', numbers: own, readAt: 7 })
})

test('what is known stays on screen while it is read again, and when that fails', async () => {
  const { platform, slice, numbers } = setUp('manager')
  await numbers.list()
  platform.fail('numbers.list', new AppError('network.timeout'))
  await expect(numbers.list()).rejects.toMatchObject({ code: 'network.timeout' })
  expect(slice.get()).toMatchObject({ status: 'failed', numbers: own, error: { code: 'network.timeout' } })
  platform.fail('numbers.list', new AppError('network.timeout'))
  expect(await numbers.newest()).toEqual(own)
})

test('[B.4] an agent is refused here, and the platform is not asked', async () => {
  const { numbers, asked } = setUp('agent')
  await expect(numbers.list()).rejects.toMatchObject({ code: 'account.notPermitted' })
  expect(asked()).toEqual([])
  expect(await numbers.newest()).toEqual([])
})

test('an answer for whoever left is dropped', async () => {
  const { platform, slice, numbers } = setUp()
  platform.answer('numbers.list', async () => {
    numbers.leave()
    return own
  })
  await numbers.list()
  expect(slice.get()).toEqual({ status: 'unread' })
})

const placing = (source: string, to: { type: string; target: string }) => ({
  source: { type: 'tel', target: source },
  destinations: [{ ...to, targetName: '' }],
  actions: [],
})
const toExtension = { type: 'extension', target: 'e1' }
const refusal = (code: AppError['code'], detail: string, status = 400) =>
  new AppError(code, { detail, status })
const badRequest = refusal('platform.badRequest', '400 INVALID_ARGUMENT no')

test('[I.18] 400 on a call: a number that is not owned is named, with those that are', () => {
  const error = notPlaced(badRequest, placing('+15550100009', toExtension), own)
  expect(error).toMatchObject({ code: 'call.numberNotOwned', status: 400 })
  expect(error.detail).toBe('+15550100009; yours: +15550100002 · 400 INVALID_ARGUMENT no')
  const many = Array.from({ length: 120 }, (_, at) => aNumber(`+1555020${String(at).padStart(4, '0')}`))
  expect(notPlaced(badRequest, placing('+15550100009', toExtension), many).detail).toContain('and 115 more')
  expect(notPlaced(badRequest, placing('+15550100009', toExtension), []).detail).toContain('you have none')
})

test('[I.18] 400 on a call: a number that is not E.164 is named', () => {
  const to = { type: 'tel', target: '030 123456' }
  expect(notPlaced(badRequest, placing('+15550100002', to), own)).toMatchObject({
    code: 'call.numberFormat',
    detail: expect.stringContaining('“030 123456”'),
  })
})

test('[I.18] 400 on a call: an unknown action, or what nobody can tell, keeps the words of the platform', () => {
  const unknownAction = refusal('platform.badRequest', '400 INVALID_ACTION_TYPE ai')
  expect(notPlaced(unknownAction, placing('+15550100009', toExtension), own)).toBe(unknownAction)
  expect(notPlaced(badRequest, placing('+15550100002', toExtension), own)).toBe(badRequest)
})

test('[I.19] [I.20] balance and identity keep their own words', () => {
  for (const error of [
    refusal('account.balance', '402 INSUFFICIENT_BALANCE', 402),
    refusal('account.identity', '403 IDENTITY_VERIFICATION_REQUIRED', 403),
  ])
    expect(notPlaced(error, placing('+15550100002', toExtension), own)).toBe(error)
})

test('[C.3] 500 on a call most often means that no phone is registered', () => {
  const broken = refusal('platform.broken', '500 INTERNAL', 500)
  expect(notPlaced(broken, placing('+15550100002', toExtension), own)).toMatchObject({
    code: 'call.notPlaced',
  })
})
