// Contract H on who one is: the customer, wrong credentials, signing up, the balance, too many requests.
import { describe, expect, it } from 'vitest'
import { aCompanion, aPlatform, dialects, failure } from '../../support/on-practice.ts'

describe.each(dialects)('%s', (dialect) => {
  it('H.4 the customer is read where each credential may, and never from /customers', async () => {
    const { platform, as, rows, practice } = await aPlatform(dialect)
    const manager = await as('manager')
    const agent = await as('agent')
    for (const one of [platform, manager, agent])
      expect(await one.customer()).toMatchObject({ id: practice.customerId })
    const asked = rows.map(({ title }) => title).filter((title) => title.includes('customer'))
    expect(asked).toEqual(['GET /v1.0/customer', 'GET /v1.0/customer', 'GET /v1.0/service_agents/customer'])
  })

  it('H.4 the customer id of a token is read from the token, without a request', async () => {
    const { practice, ask, state, app } = await aCompanion(dialect)
    await ask['account.signIn']({ by: 'stored' })
    const username = practice.logins.agent
    await ask['account.signIn']({ by: 'password', username, password: username })
    expect(state().account).toMatchObject({ status: 'signedIn', customerId: practice.customerId })
    const trace = await app.handlers['trace.watch']({ on: true })
    expect(trace.map(({ title }) => title)).not.toContain('GET /v1.0/customers')
  })

  it('H.23 wrong credentials are called so, whether the answer is 400 with nothing in it, 401 or 403', async () => {
    const { practice, ask } = await aCompanion(dialect)
    await ask['account.signIn']({ by: 'stored' })
    const wrong = { by: 'password', username: practice.logins.admin, password: 'nonsense' } as const
    for (const status of [undefined, 400, 401, 403]) {
      if (status) await practice.pull({ pull: 'answerWith', path: '/auth/login', status })
      const error = await failure(ask['account.signIn'](wrong))
      expect([error.code, error.status]).toEqual(['account.badPassword', status ?? loginRefused[dialect]])
    }
  })

  it('H.24 signing up asks for what the answer wants: six digits, or the link in the e-mail', async () => {
    const { ask, state } = await aCompanion(dialect)
    await ask['account.signIn']({ by: 'stored' })
    await ask['account.signOut']({})
    await ask['signUp.start']({ email: 'ada@example.com', name: 'Ada', acceptedTerms: true })
    expect(state().signUp).toMatchObject(
      dialect === 'documented' ? { status: 'code' } : { status: 'done', confirmBy: 'link' },
    )
  })

  it('H.28 the balance is read from /billing_account; who may not see it gets no error', async () => {
    const { platform, as, rows } = await aPlatform(dialect)
    expect(await platform.balance()).toMatchObject({ credit: expect.any(Number) })
    expect(await (await as('manager')).balance()).toBeUndefined()
    expect(await (await as('agent')).balance()).toBeUndefined()
    const paths = rows.map(({ title }) => title).filter((title) => title.includes('billing'))
    expect(new Set(paths)).toEqual(new Set(['GET /v1.0/billing_account']))
  })

  it('H.36 Retry-After is kept to where it is told, and a wait of our own taken where it is not', async () => {
    const { practice, platform, rows } = await aPlatform(dialect)
    await practice.pull({ pull: 'rateLimit', perSecond: 5, burst: 1 })
    await platform.numbers.list()
    expect(await platform.numbers.list()).not.toHaveLength(0)
    const limited = rows.filter(({ result }) => result?.startsWith('429'))
    expect(limited.length).toBeGreaterThan(0)
    expect(rows.at(-1)?.result).toMatch(/^200/)
  })
})

const loginRefused = { documented: 401, deployed: 400 }
