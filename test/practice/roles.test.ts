// Who may call what (contract B.4, C.10), as practice answers it in both dialects: real statuses, real reasons.
import { describe, expect, it } from 'vitest'
import { type Answer, type Api, openTestPractice } from '../support/practice.ts'

const users = ['agent', 'manager', 'admin', 'key'] as const
const NIL = '00000000-0000-4000-8000-000000000000'

/** Method, path, and the status for agent, manager, admin and access key; `ok` is anything but a refusal. */
const table: Array<[string, string, ...Array<'ok' | number>]> = [
  ['GET', '/me', 'ok', 'ok', 'ok', 403],
  ['GET', '/customer', 403, 'ok', 'ok', 'ok'],
  ['PUT', '/customer', 403, 403, 'ok', 'ok'],
  ['GET', '/customers', 403, 403, 403, 403],
  ['GET', `/customers/${NIL}`, 403, 403, 403, 403],
  ['GET', '/extensions', 403, 'ok', 'ok', 'ok'],
  ['POST', '/extensions', 403, 'ok', 'ok', 'ok'],
  ['GET', '/numbers', 403, 'ok', 'ok', 'ok'],
  ['GET', '/calls', 403, 'ok', 'ok', 'ok'],
  ['POST', '/calls', 403, 'ok', 'ok', 'ok'],
  ['POST', `/calls/${NIL}/hangup`, 403, 'ok', 'ok', 'ok'],
  ['GET', '/groupcalls', 403, 'ok', 'ok', 'ok'],
  ['GET', '/transcribes', 403, 'ok', 'ok', 'ok'],
  ['GET', `/transcripts?transcribe_id=${NIL}`, 403, 'ok', 'ok', 'ok'],
  ['GET', '/speakings', 403, 'ok', 'ok', 'ok'],
  ['POST', '/speakings', 403, 'ok', 'ok', 'ok'],
  ['GET', '/recordings', 403, 'ok', 'ok', 'ok'],
  ['GET', '/aisummaries', 403, 'ok', 'ok', 'ok'],
  ['GET', '/contacts/lookup?phone=%2B15550100042', 403, 'ok', 'ok', 'ok'],
  ['POST', '/transfers', 403, 'ok', 'ok', 'ok'],
  ['GET', '/accesskeys', 403, 403, 'ok', 'ok'],
  ['POST', '/accesskeys', 403, 403, 'ok', 'ok'],
  ['GET', '/billing_account', 403, 403, 'ok', 'ok'],
  ['GET', '/billing_accounts', 403, 403, 403, 403],
  ['GET', '/service_agents/me', 'ok', 'ok', 'ok', 401],
  ['GET', '/service_agents/customer', 'ok', 'ok', 'ok', 401],
  ['GET', '/service_agents/extensions', 'ok', 'ok', 'ok', 401],
  ['GET', '/service_agents/calls', 'ok', 'ok', 'ok', 401],
  ['GET', '/service_agents/transcribes', 'ok', 'ok', 'ok', 401],
  ['GET', `/service_agents/transcripts?transcribe_id=${NIL}`, 'ok', 'ok', 'ok', 401],
  ['GET', '/service_agents/contacts', 'ok', 'ok', 'ok', 401],
]

const reasons: Record<number, string[]> = {
  401: ['AUTHENTICATION_REQUIRED'],
  403: ['PERMISSION_DENIED', 'AGENT_AUTH_REQUIRED'],
}

const send = (api: Api, method: string, path: string): Promise<Answer> => {
  if (method === 'GET') return api.get(`/v1.0${path}`)
  return method === 'PUT' ? api.put(`/v1.0${path}`, {}) : api.post(`/v1.0${path}`, {})
}

describe.each(['deployed', 'documented'] as const)('with the %s dialect', (dialect) => {
  it.each(table)('[B.4] %s %s is allowed and refused by role', async (method, path, ...wanted) => {
    const practice = await openTestPractice({ dialect })
    const apis = [...(await Promise.all((['agent', 'manager', 'admin'] as const).map(practice.as)))]
    const answers = await Promise.all([...apis, practice.api].map((api) => send(api, method, path)))
    const got = answers.map(({ status }) => (status === 401 || status === 403 ? status : 'ok'))
    expect(Object.fromEntries(users.map((user, at) => [user, got[at]]))).toEqual(
      Object.fromEntries(users.map((user, at) => [user, wanted[at]])),
    )
    for (const { status, json } of answers)
      if (status === 401 || status === 403) expect(reasons[status]).toContain(json.error.reason)
  })

  it.each(['/service_agents/numbers', '/service_agents/speakings', '/service_agents/groupcalls'])(
    '[C.10] there is no %s',
    async (path) => {
      const { as } = await openTestPractice({ dialect })
      const answer = await (await as('agent')).get(`/v1.0${path}`)
      expect(answer).toMatchObject({ status: 404, json: { error: { reason: 'ROUTE_NOT_FOUND' } } })
    },
  )

  it('[C.10] an agent sees the extension assigned to it, without those of others', async () => {
    const { as, addPhone } = await openTestPractice({ dialect })
    const others = await addPhone('others')
    const agent = await as('agent')
    const { json } = await agent.get('/v1.0/service_agents/extensions')
    expect(json.result.map((row: { extension: string }) => row.extension)).toEqual(['desk'])
    expect((await agent.get(`/v1.0/service_agents/extensions/${others}`)).status).toBe(403)
  })

  it('[C.10] the customer is told to an agent by name only', async () => {
    const { as } = await openTestPractice({ dialect })
    const { json } = await (await as('agent')).get('/v1.0/service_agents/customer')
    expect(Object.keys(json).sort()).toEqual(['detail', 'id', 'name', 'tm_create', 'tm_delete', 'tm_update'])
  })
})
