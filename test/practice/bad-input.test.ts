// Whatever a client sends: a refusal, never a crash, and the platform goes on.
import { request } from 'node:http'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLog } from '../../common/kit/log.ts'
import { routes } from '../../practice/rest/routes.ts'
import { openTestEvents, openTestPractice } from '../support/practice.ts'

async function open() {
  const errors: string[] = []
  const practice = await openTestPractice({ log: createLog((line) => errors.push(line), 'error') })
  await practice.addPhone()
  return { ...practice, errors }
}

/** Objects with the names that the platform knows and values that it does not. */
const body = fc.record(
  {
    source: fc.jsonValue(),
    destinations: fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())),
    actions: fc.oneof(fc.jsonValue(), fc.array(fc.record({ type: fc.constantFrom('talk', 'play', 'goto') }))),
    variables: fc.jsonValue(),
    reference_type: fc.oneof(fc.constantFrom('call', 'conference'), fc.jsonValue()),
    reference_id: fc.oneof(fc.uuid(), fc.jsonValue()),
    text: fc.jsonValue(),
    extension: fc.jsonValue(),
    direction: fc.jsonValue(),
    expire: fc.jsonValue(),
  },
  { requiredKeys: [] },
)

describe('bad input', () => {
  it('of any shape is answered on every route, and never by accident', async () => {
    const { api, errors } = await open()
    const posts = routes.filter(({ method }) => method === 'POST' || method === 'PUT')
    const anyPost = fc.constantFrom(...posts)
    await fc.assert(
      fc.asyncProperty(anyPost, body, async ({ method, path }, value) => {
        const at = path.replace(/:\w+/g, '11111111-1111-4111-8111-111111111111')
        const { status } = await api.raw(at, { method, body: JSON.stringify(value) })
        return status >= 200 && status <= 503
      }),
      { numRuns: 400 },
    )
    expect(errors).toEqual([])
    expect((await api.get('/ping')).status).toBe(200)
  })

  it('on the event socket is ignored or cuts that socket only', async () => {
    const practice = await open()
    const { apiUrl, accessKey } = practice.address
    const topics = fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue()))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('subscribe', 'unsubscribe', 'x'), topics, async (type, list) => {
        const events = await openTestEvents(apiUrl, `accesskey=${accessKey}`)
        await events.send({ type, topics: list })
        events.socket.close()
        await events.closed
      }),
      { numRuns: 50 },
    )
    expect(practice.errors).toEqual([])
    expect((await practice.api.get('/ping')).status).toBe(200)
  })

  it('as an address is a route that does not exist', async () => {
    const { address, api } = await open()
    const { port } = new URL(address.apiUrl)
    const status = await new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, path: '//' }, (answer) => resolve(answer.resume().statusCode))
        .on('error', reject)
        .end()
    })
    expect(status).toBe(404)
    expect((await api.get('/ping')).status).toBe(200)
  })
})
