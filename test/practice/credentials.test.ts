// Who may enter, and where: contract B.1 to B.6.
import { describe, expect, it } from 'vitest'
import { openTestEvents, openTestPractice } from '../support/practice.ts'

describe('signing in', () => {
  it('answers a token whose claims name customer, agent and permission, with a text as expiry', async () => {
    const { as, customerId } = await openTestPractice()
    const token = (await as('manager')).bearer ?? ''
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    expect(claims).toMatchObject({ type: 'agent', agent: { customer_id: customerId, permission: 64 } })
    expect(claims.expire).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
    expect(claims.exp).toBeUndefined()
  })

  it.each([
    ['deployed', 400],
    ['documented', 401],
  ] as const)('refuses a wrong password with a bare status (%s: %i)', async (dialect, status) => {
    const { anonymous } = await openTestPractice({ dialect })
    const answer = await anonymous.post('/auth/login', { username: 'admin@localhost', password: 'wrong' })
    expect(answer).toMatchObject({ status, text: '' })
  })

  it('is at the host root only', async () => {
    const { anonymous } = await openTestPractice()
    const answer = await anonymous.post('/v1.0/auth/login', {})
    expect(answer).toMatchObject({ status: 404, json: { error: { reason: 'ROUTE_NOT_FOUND' } } })
  })
})

describe('signing up', () => {
  it('deployed: hands out a key at once, of a customer that may not call yet', async () => {
    const { anonymous, withKey } = await openTestPractice()
    const signup = { email: 'new@example.com', name: 'New', accepted_tos: true }
    const answer = await anonymous.post('/auth/signup', signup)
    expect(answer.json).toMatchObject({ customer: { status: 'initial' } })
    const api = withKey(answer.json.accesskey.token)
    expect((await api.get('/v1.0/customer')).json.name).toBe('New')
    const call = { source: {}, destinations: [{ type: 'extension', target_name: 'x' }], actions: [] }
    expect((await api.post('/v1.0/calls', call)).status).toBe(500)
    expect((await anonymous.post('/auth/signup', signup)).json).toEqual({})
    expect((await anonymous.post('/auth/signup', { email: 'a@b.c' })).status).toBe(400)
    expect((await anonymous.post('/auth/complete-signup', {})).status).toBe(404)
  })

  it('documented: five wrong codes end it', async () => {
    const { anonymous } = await openTestPractice({ dialect: 'documented' })
    const { temp_token } = (await anonymous.post('/auth/signup', { email: 'new@example.com' })).json
    const statuses: number[] = []
    for (let attempt = 0; attempt < 6; attempt++)
      statuses.push((await anonymous.post('/auth/complete-signup', { temp_token, code: 'wrong!' })).status)
    expect(statuses).toEqual([400, 400, 400, 400, 400, 429])
    expect((await anonymous.post('/auth/signup', { email: 'admin@localhost' })).json.temp_token).toBe('')
  })
})

describe('a credential', () => {
  it('is looked for where its kind belongs: a key in token= or Bearer is refused', async () => {
    const { anonymous, address, as } = await openTestPractice()
    const key = address.accessKey
    const token = (await as('admin')).bearer ?? ''
    const tries = [
      [`/v1.0/customer?accesskey=${key}`, {}],
      [`/v1.0/customer?token=${token}`, {}],
      ['/v1.0/customer', { Authorization: `Bearer ${token}` }],
      ['/v1.0/customer', { Cookie: `token=${token}` }],
      ['/v1.0/customer', { Cookie: `accesskey=${key}` }],
      [`/v1.0/customer?token=${key}`, {}],
      ['/v1.0/customer', { Authorization: `Bearer ${key}` }],
      [`/v1.0/customer?accesskey=${token}`, {}],
      ['/v1.0/customer', {}],
      // The first match wins, even when it is the wrong one.
      [`/v1.0/customer?token=nonsense&accesskey=${key}`, {}],
    ] as const
    const answers = await Promise.all(tries.map(([path, headers]) => anonymous.raw(path, { headers })))
    expect(answers.map((answer) => answer.json.error?.reason ?? answer.status)).toEqual([
      200,
      200,
      200,
      200,
      200,
      'INVALID_CREDENTIALS',
      'INVALID_CREDENTIALS',
      'INVALID_CREDENTIALS',
      'AUTHENTICATION_REQUIRED',
      'INVALID_CREDENTIALS',
    ])
  })

  it('made over the API is shown once, works, and ends when it is deleted', async () => {
    const { api, withKey } = await openTestPractice()
    const made = (await api.post('/v1.0/accesskeys', { name: 'mine' })).json
    expect(made.token).toMatch(/^vb_/)
    expect(made.token_prefix).toHaveLength(11)
    expect((await api.get(`/v1.0/accesskeys/${made.id}`)).json.token).toBeUndefined()
    const mine = withKey(made.token)
    expect((await mine.get('/v1.0/customer')).status).toBe(200)
    await api.delete(`/v1.0/accesskeys/${made.id}`)
    expect((await mine.get('/v1.0/customer')).status).toBe(401)
  })
})

describe('permissions', () => {
  const paths = [
    '/me',
    '/customer',
    '/customers',
    '/extensions',
    '/accesskeys',
    '/billing_account',
    '/service_agents/me',
  ]
  const rows = {
    agent: [200, 403, 403, 403, 403, 403, 200],
    manager: [200, 200, 403, 200, 403, 403, 200],
    admin: [200, 200, 403, 200, 200, 200, 200],
  } as const

  it.each(Object.entries(rows))('of an %s are those of contract B.4', async (user, wanted) => {
    const practice = await openTestPractice()
    const api = await practice.as(user as 'agent')
    const answers = await Promise.all(paths.map((path) => api.get(`/v1.0${path}`)))
    expect(answers.map(({ status }) => status)).toEqual(wanted)
  })

  it('of an access key: admin without an agent', async () => {
    const { api } = await openTestPractice()
    const answers = await Promise.all(paths.map((path) => api.get(`/v1.0${path}`)))
    expect(answers.map(({ status }) => status)).toEqual([403, 200, 403, 200, 200, 200, 401])
    expect(answers[0]?.json.error.reason).toBe('AGENT_AUTH_REQUIRED')
    expect(answers[6]?.json.error.reason).toBe('AUTHENTICATION_REQUIRED')
  })

  it('do not reach into another customer', async () => {
    const { api, withKey, foreignAccessKey, addPhone } = await openTestPractice()
    const id = await addPhone()
    const stranger = withKey(foreignAccessKey)
    expect((await stranger.get(`/v1.0/extensions/${id}`)).status).toBe(403)
    const seen = (await stranger.get('/v1.0/extensions')).json.result
    expect(seen.map((row: { extension: string }) => row.extension)).toEqual(['stranger'])
    expect((await api.get('/v1.0/extensions')).json.result).toHaveLength(2)
  })

  it('let a plain agent see the extension assigned to it and nothing else', async () => {
    const { as, addPhone } = await openTestPractice()
    const other = await addPhone()
    const agent = await as('agent')
    const list = (await agent.get('/v1.0/service_agents/extensions')).json.result
    expect(list.map((row: { extension: string }) => row.extension)).toEqual(['desk'])
    expect((await agent.get(`/v1.0/service_agents/extensions/${other}`)).status).toBe(403)
    expect(Object.keys((await agent.get('/v1.0/service_agents/customer')).json)).not.toContain('email')
  })
})

describe('the rate limit', () => {
  it('is shared by all of a customer, and says when to come back', async () => {
    const { api, withKey, foreignAccessKey } = await openTestPractice({
      rates: { customer: { perSecond: 0.01, burst: 3 } },
    })
    const answers = []
    for (let turn = 0; turn < 4; turn++) answers.push(await api.get('/v1.0/numbers'))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429])
    expect(answers[3]?.json.error).toMatchObject({
      status: 'RESOURCE_EXHAUSTED',
      reason: 'RATE_LIMIT_EXCEEDED',
      details: [{ limited_by: 'customer' }],
    })
    expect(Number(answers[3]?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await withKey(foreignAccessKey).get('/v1.0/numbers')).status).toBe(200)
  })

  it('of /auth counts by address', async () => {
    const { anonymous } = await openTestPractice({ rates: { auth: { perSecond: 0.01, burst: 2 } } })
    const statuses: number[] = []
    for (let turn = 0; turn < 3; turn++) statuses.push((await anonymous.post('/auth/login', {})).status)
    expect(statuses).toEqual([400, 400, 429])
  })
})

describe('an expired token', () => {
  it('is refused over REST, while its open event socket lives on', async () => {
    const practice = await openTestPractice()
    const admin = await practice.as('admin')
    const events = await openTestEvents(practice.address.apiUrl, `token=${admin.bearer}`)
    await practice.pull({ pull: 'expireTokens' })
    expect((await admin.get('/v1.0/me')).json.error.reason).toBe('INVALID_CREDENTIALS')
    await events.settled()
    expect(events.socket.readyState).toBe(events.socket.OPEN)
    expect((await (await practice.as('admin')).get('/v1.0/me')).status).toBe(200)
  })
})
