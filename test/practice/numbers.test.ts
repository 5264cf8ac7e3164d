// Numbers and what a call to the telephone network needs (contract C.2, I.18 to I.20), in both dialects.
import { describe, expect, it } from 'vitest'
import { openTestPractice } from '../support/practice.ts'

const call = (from: string, to: string) => ({
  source: { type: 'tel', target: from },
  destinations: [{ type: 'tel', target: to }],
  actions: [],
})
const somebody = '+4930123456'

describe.each(['deployed', 'documented'] as const)('with the %s dialect', (dialect) => {
  const open = () => openTestPractice({ dialect })

  it('lists 130 of them in two pages, each with its state, and nothing when there are none', async () => {
    const { api, pull } = await open()
    await pull({ pull: 'numbers', count: 130 })
    const first = (await api.get('/v1.0/numbers')).json
    const rest = (await api.get(`/v1.0/numbers?page_token=${encodeURIComponent(first.next_page_token)}`)).json
    expect([first.result.length, rest.result.length]).toEqual([100, 30])
    expect(first.result[0]).toMatchObject({ type: 'normal', status: 'active', number: '+15550200129' })
    await pull({ pull: 'numbers', count: 0 })
    expect((await api.get('/v1.0/numbers')).json.result).toEqual([])
    await pull({ pull: 'letGo' })
    expect((await api.get('/v1.0/numbers')).json.result).toHaveLength(2)
  })

  it('[I.18] 400 for a destination that is not E.164', async () => {
    const { api, number } = await open()
    const answer = await api.post('/v1.0/calls', call(number, '030 123456'))
    expect(answer).toMatchObject({ status: 400, json: { error: { reason: 'INVALID_ARGUMENT' } } })
  })

  it('[I.20] 403 as long as the identity is not verified; then the call is made and fails at the provider', async () => {
    const { api, number, pull } = await open()
    const refused = await api.post('/v1.0/calls', call(number, somebody))
    expect(refused).toMatchObject({
      status: 403,
      json: { error: { reason: 'IDENTITY_VERIFICATION_REQUIRED' } },
    })
    await pull({ pull: 'identity', status: 'verified' })
    const { status, json } = await api.post('/v1.0/calls', call(number, somebody))
    expect([status, json.calls.length]).toEqual([200, 1])
    const read = async () => (await api.get(`/v1.0/calls/${json.calls[0].id}`)).json
    await expect.poll(async () => (await read()).status).toBe('hangup')
    expect(await read()).toMatchObject({ hangup_reason: 'failed' })
  })

  it('[H: unowned source number] is told by the guides, replaced by the code, and 500 where there is no other', async () => {
    const { api, pull } = await open()
    await pull({ pull: 'identity', status: 'verified' })
    const foreign = call('+15550100099', somebody)
    expect((await api.post('/v1.0/calls', foreign)).status).toBe(dialect === 'documented' ? 400 : 200)
    await pull({ pull: 'numbers', count: 0 })
    expect((await api.post('/v1.0/calls', foreign)).status).toBe(dialect === 'documented' ? 400 : 500)
  })

  it('[I.19] 402 without balance', async () => {
    const { api, number, pull } = await open()
    await pull({ pull: 'balance', credit: 0 })
    expect(await api.post('/v1.0/calls', call(number, somebody))).toMatchObject({
      status: 402,
      json: { error: { reason: 'INSUFFICIENT_BALANCE' } },
    })
  })

  it('[I.11] 403 while the account is frozen, with its dates and the way back', async () => {
    const { api, number, pull } = await open()
    await pull({ pull: 'account', status: 'frozen' })
    const { status, json } = await api.post('/v1.0/calls', call(number, somebody))
    expect([status, json.error.reason]).toEqual([403, 'ACCOUNT_FROZEN'])
    const [details] = json.error.details
    expect(Date.parse(details.deletion_effective_at) - Date.parse(details.deletion_scheduled_at)).toBe(
      30 * 86_400_000,
    )
    expect(details.recovery_endpoint).toMatch(/^\/auth\//)
    expect((await api.get('/v1.0/customer')).json).toMatchObject({
      status: 'frozen',
      tm_deletion_scheduled: details.deletion_scheduled_at,
    })
    await pull({ pull: 'letGo' })
    expect((await api.get('/v1.0/customer')).json.status).toBe('active')
  })
})
