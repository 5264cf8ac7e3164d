// Placing once: a lost answer is looked for and never sent again; what is refused or silent gets its concrete reason.
import { beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../common/kit/errors.ts'
import type { Call } from '../../../common/model/call.ts'
import type { PhoneState } from '../../../common/model/phone.ts'
import { placeOnce, whyNotPlaced } from '../../../main/call/place.ts'
import { isEndedAtOnce, whyEndedAtOnce, whySilent } from '../../../main/call/why-silent.ts'
import { createFakePlatform } from '../../support/fake-platform.ts'

const aCall = (more: Partial<Call> = {}): Call => ({
  id: 'c1',
  status: 'dialing',
  direction: 'outgoing',
  source: { type: 'tel', target: '+15550100001', targetName: '' },
  destination: { type: 'sip', target: 'sip:ab12@cd34.invalid^3Btransport=ws', targetName: 'desk' },
  chainedCallIds: [],
  createdAt: Date.now(),
  ...more,
})
const placing = {
  source: { type: 'tel', target: '+15550100001' },
  destinations: [{ type: 'extension', target: 'e1', targetName: 'desk' }],
  actions: [],
}
const registered: PhoneState['registration'] = {
  status: 'registered',
  edge: 'wss://edge',
  provenAt: 0,
  expiresAt: Date.now() + 60_000,
  tookMs: 1,
  contact: { user: 'ab12', host: 'cd34.invalid' },
}

let slept: number[] = []
const sleep = async (ms: number) => void slept.push(ms)
beforeEach(() => {
  slept = []
})

describe('a call whose answer got lost', () => {
  it.each(['network.timeout', 'network.unreachable', 'platform.unavailable', 'platform.malformed'] as const)(
    'with %s is found among the newest and taken for ours, and placed once only',
    async (code) => {
      const platform = createFakePlatform()
      platform.rows.calls.push(
        aCall(),
        aCall({ id: 'older', createdAt: Date.now() - 60_000 }),
        aCall({ id: 'over', status: 'hangup' }),
        aCall({ id: 'of another', source: { type: 'tel', target: '+1999', targetName: '' } }),
      )
      platform.fail('calls.place', new AppError(code))
      expect((await placeOnce(platform, placing, sleep)).calls.map(({ id }) => id)).toEqual(['c1'])
      expect(platform.asked.filter(({ name }) => name === 'calls.place')).toHaveLength(1)
    },
  )

  it('and that was not made fails with the reason, and is not placed again', async () => {
    const platform = createFakePlatform()
    platform.fail('calls.place', new AppError('network.timeout'))
    await expect(placeOnce(platform, placing, sleep)).rejects.toMatchObject({ code: 'network.timeout' })
    const looks = ['calls.list', 'calls.list', 'calls.list', 'calls.list']
    expect(platform.asked.map(({ name }) => name)).toEqual(['calls.place', ...looks])
    expect(slept).toEqual([500, 1_500, 3_000])
  })

  it('and that appears later is found all the same', async () => {
    const platform = createFakePlatform()
    platform.fail('calls.place', new AppError('network.unreachable'))
    let looks = 0
    platform.answer('calls.list', () => (++looks < 3 ? [] : [aCall()]))
    expect((await placeOnce(platform, placing, sleep)).calls.map(({ id }) => id)).toEqual(['c1'])
  })

  it('is not looked for after a refusal', async () => {
    const platform = createFakePlatform()
    platform.fail('calls.place', new AppError('platform.badRequest', { status: 400 }))
    await expect(placeOnce(platform, placing, sleep)).rejects.toMatchObject({ code: 'platform.badRequest' })
    expect(platform.asked.map(({ name }) => name)).toEqual(['calls.place'])
  })
})

describe('a bare 500', () => {
  const refused = new AppError('call.notPlaced', { status: 500, requestId: 'r1' })
  it('is the phone where it is not registered, and the balance where none is left', async () => {
    const platform = createFakePlatform()
    const away = await whyNotPlaced(refused, { platform, isRegistered: false })
    expect(away).toMatchObject({ code: 'sip.notRegistered', status: 500, requestId: 'r1' })
    expect((await whyNotPlaced(refused, { platform, isRegistered: true })).code).toBe('call.notPlaced')
    platform.answer('balance', () => ({ plan: 'free', credit: 0 }))
    expect((await whyNotPlaced(refused, { platform, isRegistered: true })).code).toBe('account.balance')
    platform.answer('balance', () => ({ plan: 'unlimited', credit: 0 }))
    expect((await whyNotPlaced(refused, { platform, isRegistered: true })).code).toBe('call.notPlaced')
    platform.fail('balance', new AppError('network.timeout'))
    expect((await whyNotPlaced(refused, { platform, isRegistered: true })).code).toBe('call.notPlaced')
  })
})

describe('a call that does not ring here', () => {
  const about = (legs: Call[], more: object = {}) => ({
    legs,
    placedAt: 1_000,
    registration: registered,
    extension: 'desk',
    now: 2_000,
    ...more,
  })
  const elsewhere = { type: 'sip', target: 'sip:zz@yy.invalid', targetName: 'desk' }
  it.each([
    [
      'not registered',
      about([aCall()], { registration: { status: 'offline' } }),
      'sip.notRegistered',
      undefined,
    ],
    ['answered elsewhere', about([aCall({ status: 'progressing' })]), 'call.elsewhere', undefined],
    ['another device', about([aCall({ destination: elsewhere })]), 'call.staleContact', 'zz'],
    [
      'a name that differs by case',
      about([aCall({ destination: { type: 'extension', target: '', targetName: 'Desk' } })]),
      'call.noInvite',
      'the platform called Desk, this phone is desk',
    ],
    [
      'a busy device',
      about([aCall({ status: 'hangup', hangupReason: 'busy' })]),
      'call.noInvite',
      'the call ended: busy',
    ],
  ] as const)('says so: %s', (_what, circumstances, code, detail) => {
    const error = whySilent(circumstances as Parameters<typeof whySilent>[0])
    expect([error.code, error.detail]).toEqual([code, detail])
  })

  it('has ended at once only within seconds, unanswered and by the platform', () => {
    const failed = aCall({ status: 'hangup', hangupReason: 'failed' })
    expect(isEndedAtOnce(about([failed]))).toBe(true)
    expect(isEndedAtOnce(about([failed], { now: 60_000 }))).toBe(false)
    expect(isEndedAtOnce(about([failed, aCall()]))).toBe(false)
    expect(isEndedAtOnce(about([{ ...failed, hangupReason: 'busy' }]))).toBe(false)
    expect(isEndedAtOnce(about([{ ...failed, progressingAt: 1 }]))).toBe(false)
    const away = about([failed], { registration: { status: 'offline' } })
    expect(whyEndedAtOnce(away).detail).toBe('failed; this phone is not registered')
  })
})
