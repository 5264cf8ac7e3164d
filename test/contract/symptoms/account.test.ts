// Contract I.1 to I.11, I.41: who one is and what one may do, each symptom with what is said about it.
import { describe, expect, it } from 'vitest'
import { errorTable } from '../../../common/kit/errors.ts'
import { aCompanion, aPlatform, dialects, failure } from '../../support/on-practice.ts'

const ada = { email: 'ada@example.com', name: 'Ada', acceptedTerms: true } as const

/** Signed out, at the sign-up form. */
async function anonymous(dialect: (typeof dialects)[number]) {
  const companion = await aCompanion(dialect)
  await companion.ask['account.signIn']({ by: 'stored' })
  await companion.ask['account.signOut']({})
  return companion
}

describe.each(dialects)('%s', (dialect) => {
  it('I.1 signing up with a known address, answered with nothing in it, asks whether one has an account', async () => {
    const { practice, ask } = await anonymous(dialect)
    const error = await failure(ask['signUp.start']({ ...ada, email: practice.logins.admin }))
    expect(error.code).toBe('signUp.refused')
    expect(errorTable['signUp.refused'].say).toContain('may be registered already')
  })

  it('I.5 a wrong password is called so, though the platform says bad request and nothing else', async () => {
    const { practice, ask } = await aCompanion(dialect)
    await ask['account.signIn']({ by: 'stored' })
    const wrong = { by: 'password', username: practice.logins.admin, password: 'nonsense' } as const
    expect((await failure(ask['account.signIn'](wrong))).code).toBe('account.badPassword')
  })

  it('I.6 a token that is over leads to signing in again, and leaves everything where it was', async () => {
    const { practice, ask, state } = await aCompanion(dialect)
    await ask['account.signIn']({ by: 'stored' })
    const username = practice.logins.manager
    await ask['account.signIn']({ by: 'password', username, password: username })
    await ask['extension.provision']({})
    const before = state().extension
    await practice.pull({ pull: 'expireTokens' })
    expect((await failure(ask['call.placeTest']({}))).code).toBe('account.expired')
    expect(state().account.status).not.toBe('signedIn')
    expect(state().extension).toEqual(before)
  })

  it('I.7 a key is sent as a key wherever it was pasted; one that was deleted is called expired or deleted', async () => {
    const { practice, ask, state, app } = await aCompanion(dialect)
    await ask['account.signIn']({ by: 'stored' })
    const made = (await practice.api.post('/v1.0/accesskeys', { name: 'mine' })).json
    await ask['account.signIn']({ by: 'token', token: made.token })
    expect(state().account).toMatchObject({ status: 'signedIn', credential: 'accessKey' })
    await practice.api.delete(`/v1.0/accesskeys/${made.id}`)
    const error = await failure(ask['extension.provision']({}))
    expect(error.status).toBe(401)
    const trace = await app.handlers['trace.watch']({ on: true })
    expect(trace.filter(({ title }) => title.includes('token='))).toEqual([])
    expect(state().account).toMatchObject({ error: { code: 'account.keyEnded' } })
  })

  it('I.8 a key on agent-only resources is not signed out, and told that it may not', async () => {
    const { practice, platform, rows } = await aPlatform(dialect)
    const raw = await practice.api.get('/v1.0/service_agents/me')
    expect(raw).toMatchObject({ status: 401, json: { error: { reason: 'AUTHENTICATION_REQUIRED' } } })
    expect((await failure(platform.me())).code).toBe('account.notPermitted')
    expect(await platform.customer()).toMatchObject({ id: practice.customerId })
    expect(rows.at(-1)?.result).toBe('200')
  })

  it('I.9 403 names the permission that it takes', async () => {
    const { as } = await aPlatform(dialect)
    const error = await failure((await as('agent')).speakings.list())
    expect([error.code, error.status]).toEqual(['account.notPermitted', 403])
    expect(errorTable['account.notPermitted'].remedy).toContain('admin or manager')
  })

  it('I.10 a webhook is for admins: a manager is told so', async () => {
    const { practice, ask } = await aCompanion(dialect)
    await ask['account.signIn']({ by: 'stored' })
    const username = practice.logins.manager
    await ask['account.signIn']({ by: 'password', username, password: username })
    const error = await failure(ask['webhook.change']({ method: 'POST', uri: 'https://example.com/hook' }))
    expect(error.code).toBe('webhook.notAdmin')
    expect(errorTable['webhook.notAdmin'].say).toBe('Only admins can change webhooks.')
  })

  it('I.11 a frozen account says until when, and where it is taken back', async () => {
    const { practice, ask, ready } = await aCompanion(dialect)
    await ready()
    await practice.pull({ pull: 'account', status: 'frozen' })
    const error = await failure(ask['call.placeTest']({}))
    expect(error.code).toBe('account.frozen')
    expect(`${error.detail}`).toMatch(/\d{4}-\d{2}-\d{2}/)
    expect(errorTable['account.frozen'].remedy).toContain('Recover')
  })

  it('I.41 too many requests: waited for quietly, and where it lasts, told with who is limited', async () => {
    const { practice, platform } = await aPlatform(dialect)
    await practice.pull({ pull: 'rateLimit', perSecond: 5, burst: 1 })
    await platform.numbers.list()
    await expect(platform.numbers.list()).resolves.toBeDefined()
    const body = { error: { reason: 'RATE_LIMIT_EXCEEDED', details: [{ limited_by: 'customer' }] } }
    await practice.pull({ pull: 'letGo' })
    await practice.pull({
      pull: 'answerWith',
      path: '/v1.0/numbers',
      status: 429,
      text: JSON.stringify(body),
      headers: { 'Retry-After': '60' },
    })
    const error = await failure(platform.numbers.list())
    expect(error.code).toBe('platform.rateLimited')
    expect(error.detail).toContain('limited by customer')
  })
})

describe('documented: six digits', () => {
  it('I.2 a wrong code is called so, and another one can be sent', async () => {
    const { ask, state } = await anonymous('documented')
    await ask['signUp.start'](ada)
    expect((await failure(ask['signUp.confirm']({ code: '000000' }))).code).toBe('signUp.wrongCode')
    expect(state().signUp).toMatchObject({ status: 'code' })
  })

  it('I.3 after five wrong codes one starts again', async () => {
    const { ask } = await anonymous('documented')
    await ask['signUp.start'](ada)
    for (let turn = 0; turn < 5; turn++) await failure(ask['signUp.confirm']({ code: '000000' }))
    expect((await failure(ask['signUp.confirm']({ code: '000000' }))).code).toBe('signUp.tooManyTries')
  })

  it('I.4 a server that knows no codes any more leads to the link in the e-mail', async () => {
    const { practice, ask } = await anonymous('documented')
    await ask['signUp.start'](ada)
    await practice.pull({
      pull: 'answerWith',
      path: '/auth/complete-signup',
      status: 404,
      text: '{"error":{"reason":"ROUTE_NOT_FOUND"}}',
    })
    const error = await failure(ask['signUp.confirm']({ code: '123456' }))
    expect(error.code).toBe('signUp.confirmByLink')
    expect(errorTable['signUp.confirmByLink'].remedy).toContain('link in the e-mail')
  })
})
