// REST: envelopes, ids, bodies, pages and the plain resources (contract B.5, B.7, C).
import { describe, expect, it } from 'vitest'
import { openTestPractice } from '../support/practice.ts'

const nobody = '11111111-1111-4111-8111-111111111111'

describe('a request', () => {
  it('is answered with its own id, or with one made up where that is not fit', async () => {
    const { api } = await openTestPractice()
    const named = await api.raw('/v1.0/numbers', { headers: { 'X-Request-Id': 'my_id-1' } })
    const unfit = await api.raw('/v1.0/numbers', { headers: { 'X-Request-Id': 'no spaces' } })
    expect(named.headers.get('x-request-id')).toBe('my_id-1')
    expect(unfit.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(named.headers.get('access-control-allow-origin')).toBe('*')
  })

  it.each([
    ['GET', '/v1.0/nonsense', 404, 'ROUTE_NOT_FOUND'],
    ['PATCH', '/v1.0/calls', 404, 'ROUTE_NOT_FOUND'],
    ['GET', '/v1.0/calls/not-an-id', 400, 'INVALID_ID'],
    ['GET', `/v1.0/calls/${nobody}`, 404, 'CALL_NOT_FOUND'],
    ['GET', `/v1.0/speakings/${nobody}`, 404, 'SPEAKING_NOT_FOUND'],
    ['GET', '/v1.0/transcripts', 400, 'MISSING_REQUEST_PARAMETER'],
    ['GET', '/v1.0/transcribes?reference_type=call', 400, 'INVALID_REFERENCE_FILTER'],
    ['GET', `/v1.0/timelines/calls/${nobody}/sip-analysis`, 404, 'RESOURCE_NOT_FOUND'],
    ['GET', '/v1.0/contacts/lookup', 400, 'MISSING_REQUEST_PARAMETER'],
    ['GET', '/v1.0/contacts/lookup?phone=%2B10', 404, 'RESOURCE_NOT_FOUND'],
    ['POST', '/v1.0/transfers', 500, 'INTERNAL'],
  ])('%s %s is refused with %i %s in an envelope', async (method, path, status, reason) => {
    const { api } = await openTestPractice()
    const answer = await api.raw(path, { method })
    expect(answer).toMatchObject({ status, json: { error: { reason, details: [] } } })
    expect(answer.json.error.request_id).toBe(answer.headers.get('x-request-id'))
  })

  it('is refused when its body is no JSON, no object or too large', async () => {
    const { api } = await openTestPractice()
    const post = (body: string) => api.raw('/v1.0/extensions', { method: 'POST', body })
    expect((await post('{')).json.error.reason).toBe('INVALID_JSON_BODY')
    expect((await post('[1]')).json.error.reason).toBe('INVALID_JSON_BODY')
    expect((await post(`"${'x'.repeat(1_100_000)}"`)).status).toBe(413)
  })

  it('to /ping needs nobody', async () => {
    const { anonymous } = await openTestPractice()
    expect((await anonymous.get('/ping')).json).toEqual({ message: 'pong' })
  })
})

describe('a list', () => {
  it('has a token on every page that is not empty, also on the last', async () => {
    const { api, addPhone } = await openTestPractice()
    for (const name of ['a', 'b', 'c']) await addPhone(name, 0)
    const seen: string[] = []
    let token = ''
    for (let page = 0; page < 3; page++) {
      const { json } = await api.get(`/v1.0/extensions?page_size=2&page_token=${encodeURIComponent(token)}`)
      seen.push(...json.result.map((row: { extension: string }) => row.extension))
      token = json.next_page_token
      expect(token !== '').toBe(json.result.length > 0)
    }
    expect(seen).toEqual(['c', 'b', 'a', 'desk'])
  })

  it('takes any odd page size for a hundred, and hides what was deleted', async () => {
    const { api, addPhone } = await openTestPractice()
    const id = await addPhone('a', 0)
    await api.delete(`/v1.0/extensions/${id}`)
    for (const size of ['0', '101', '-1', 'many'])
      expect((await api.get(`/v1.0/extensions?page_size=${size}`)).json.result).toHaveLength(1)
  })
})

describe('an extension', () => {
  it('shows its password and a direct hash, keeps its value and is gone when deleted', async () => {
    const { api, addPhone, customerId } = await openTestPractice()
    const id = await addPhone('desk1', 0)
    const row = (await api.get(`/v1.0/extensions/${id}`)).json
    expect(row).toMatchObject({
      username: 'desk1',
      password: 'secret',
      domain_name: customerId,
      tm_update: null,
    })
    expect(row.direct_hash).toMatch(/^direct\.[0-9a-f]{12}$/)
    const change = { name: 'n', detail: 'd', password: 'new', extension: 'other' }
    const changed = (await api.put(`/v1.0/extensions/${id}`, change)).json
    expect(changed).toMatchObject({ extension: 'desk1', name: 'n', password: 'new' })
    expect((await api.delete(`/v1.0/extensions/${id}`)).json.tm_delete).not.toBeNull()
    expect((await api.get(`/v1.0/extensions/${id}`)).json.error.reason).toBe('EXTENSION_NOT_FOUND')
  })

  it.each([
    ['deployed', 200, 500],
    ['documented', 400, 409],
  ] as const)('%s: with a field missing it is %i, as a duplicate %i', async (dialect, missing, duplicate) => {
    const { api, addPhone } = await openTestPractice({ dialect })
    await addPhone('desk1', 0)
    const again = { name: 'x', detail: 'x', extension: 'desk1', password: 'x' }
    expect((await api.post('/v1.0/extensions', { username: 'x', password: 'x' })).status).toBe(missing)
    expect((await api.post('/v1.0/extensions', again)).status).toBe(duplicate)
  })

  it('documented: shows an unset time as an empty text', async () => {
    const { api, addPhone } = await openTestPractice({ dialect: 'documented' })
    const row = (await api.get(`/v1.0/extensions/${await addPhone('desk1', 0)}`)).json
    expect([row.tm_update, row.tm_delete]).toEqual(['', ''])
  })
})

describe('the customer', () => {
  it('can be changed by an admin, not by a manager', async () => {
    const { as } = await openTestPractice()
    const webhook = { webhook_method: 'POST', webhook_uri: 'https://example.com/events' }
    expect((await (await as('manager')).put('/v1.0/customer', webhook)).status).toBe(403)
    expect((await (await as('admin')).put('/v1.0/customer', webhook)).json).toMatchObject(webhook)
  })

  it('finds a contact by number', async () => {
    const { api } = await openTestPractice()
    const found = await api.get('/v1.0/contacts/lookup?phone=%2B15550100042')
    expect(found.json.display_name).toBe('Ada Byron')
  })
})
