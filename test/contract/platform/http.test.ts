// Requests against a small real server: credentials, statuses, reasons, repetition, limits, and what the trace shows.
import net from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { AppError } from '../../../common/kit/errors.ts'
import type { NewTraceRow } from '../../../common/model/trace.ts'
import { logIn } from '../../../main/platform/customer.ts'
import { answerLimit } from '../../../main/platform/exchange.ts'
import { createHttp, type Http, type HttpOptions } from '../../../main/platform/http.ts'
import { openTinyServer, type TinyServer } from '../../support/tiny-server.ts'
import { aToken } from '../../support/tokens.ts'

const accessKey = 'vb_secretsecret99'
const Anything = z.unknown()
const list = { method: 'GET', path: '/extensions' } as const

let server: TinyServer
let rows: NewTraceRow[]
let waits: number[]
const opened: Http[] = []

beforeEach(async () => {
  server = await openTinyServer()
  rows = []
  waits = []
})
afterEach(async () => {
  for (const http of opened.splice(0)) http.close()
  await server.close()
})

function open(more: Partial<HttpOptions> = {}): Http {
  const http = createHttp({
    apiUrl: server.url,
    credential: { kind: 'accessKey', accessKey },
    pins: [],
    trace: (row) => void rows.push(row),
    sleep: async (ms) => void waits.push(ms),
    ...more,
  })
  opened.push(http)
  return http
}

const failure = (promise: Promise<unknown>): Promise<AppError> =>
  promise.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: AppError) => error,
  )

describe('a credential', () => {
  it('that is an access key travels in the query and never shows in the trace', async () => {
    server.answer(() => ({ body: { result: [], token: 'tok-secret' } }))
    await open().request({ ...list, query: { page_size: '5' } }, Anything)
    expect(server.asked[0]?.url).toBe(`/v1.0/extensions?page_size=5&accesskey=${accessKey}`)
    expect(server.asked[0]?.headers.authorization).toBeUndefined()
    expect(JSON.stringify(rows)).not.toMatch(/secretsecret99|tok-secret/)
    expect(rows[0]).toMatchObject({ title: 'GET /v1.0/extensions?page_size=5', result: '200', tone: 'good' })
  })

  it('that is a token travels in the header only', async () => {
    server.answer(() => ({ body: {} }))
    const token = aToken()
    await open({ credential: { kind: 'token', token } }).request(list, Anything)
    expect(server.asked[0]?.url).toBe('/v1.0/extensions')
    expect(server.asked[0]?.headers.authorization).toBe(`Bearer ${token}`)
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  it('that is a password shows nowhere, and wrong ones are called so though the server says 400', async () => {
    const options = { apiUrl: server.url, pins: [], trace: (row: NewTraceRow) => void rows.push(row) }
    server.answer(() => ({ status: 400 }))
    const error = await failure(logIn({ ...options, username: 'ada', password: 'sesame-8' }))
    expect(error.code).toBe('account.badPassword')
    server.answer(() => ({ body: { username: 'ada', token: 'abc.def.ghi' } }))
    expect(await logIn({ ...options, username: 'ada', password: 'sesame-8' })).toBe('abc.def.ghi')
    expect(server.asked[0]?.url).toBe('/auth/login')
    expect(JSON.stringify(rows)).not.toMatch(/sesame-8|abc\.def/)
  })

  it('that is no longer taken is told to its owner; keys on agent resources are not', async () => {
    const told: string[] = []
    const more = { onUnauthenticated: (error: AppError) => void told.push(error.code) }
    server.answer(() => ({ status: 401, body: { error: { reason: 'AUTHENTICATION_REQUIRED' } } }))
    await failure(open(more).request({ method: 'GET', path: '/service_agents/me' }, Anything))
    expect(told).toEqual([])
    await failure(open(more).request(list, Anything))
    await failure(open({ ...more, credential: { kind: 'token', token: aToken() } }).request(list, Anything))
    expect(told).toEqual(['account.rejected', 'account.expired'])
  })
})

describe('an answer', () => {
  it.each([
    [400, 'INVALID_ACTION_TYPE', 'platform.badRequest'],
    [401, 'INVALID_CREDENTIALS', 'account.rejected'],
    [402, 'INSUFFICIENT_BALANCE', 'account.balance'],
    [403, 'PERMISSION_DENIED', 'account.notPermitted'],
    [403, 'ACCOUNT_FROZEN', 'account.frozen'],
    [403, 'IDENTITY_VERIFICATION_REQUIRED', 'account.identity'],
    [404, 'CALL_NOT_FOUND', 'platform.notFound'],
    [409, 'STATE_INVALID', 'platform.conflict'],
    [500, 'INTERNAL', 'platform.broken'],
    [503, 'STT_NOT_CONFIGURED', 'platform.noSpeechToText'],
    [503, 'SERVICE_UNAVAILABLE', 'platform.unavailable'],
    [418, '', 'platform.badRequest'],
  ])('with %i %s is %s', async (status, reason, code) => {
    const error = { status: 'X', reason, message: 'sorry', request_id: 'req-7' }
    server.answer(() => ({ status, body: { error } }))
    const failed = await failure(open().request({ method: 'POST', path: '/calls', body: {} }, Anything))
    expect(failed).toMatchObject({ code, status, requestId: 'req-7' })
    expect(failed.detail).toContain('sorry')
    expect(rows.at(-1)).toMatchObject({ tone: 'bad', result: `${status} ${reason}`.trim() })
    expect(server.asked).toHaveLength(1)
  })

  it('of a status only, without a body, is understood too', async () => {
    server.answer(() => ({ status: 404, headers: { 'x-request-id': 'req-9' } }))
    expect(await failure(open().request(list, Anything))).toMatchObject({
      code: 'platform.notFound',
      requestId: 'req-9',
    })
  })

  it('that is empty is fine where nobody reads it', async () => {
    server.answer(() => ({ status: 200 }))
    await open().send({ method: 'POST', path: '/calls/c1/hangup' })
    expect(rows[0]).toMatchObject({ callId: 'c1', result: '200' })
  })

  it.each([
    ['is not JSON', { body: 'Welcome!' }],
    ['has the wrong shape', { body: { id: 7 } }],
    ['is a page in HTML', { status: 404, body: '<html>Not here</html>' }],
    ['leads elsewhere', { status: 302, headers: { location: 'https://login.test' } }],
    ['is empty where something is needed', {}],
  ])('that %s is not one of VoIPBIN', async (_name, answer) => {
    server.answer(() => answer)
    const error = await failure(open().request(list, z.object({ id: z.string() })))
    expect(error.code).toBe('platform.malformed')
  })

  it('of a gateway in HTML is an outage, not a stranger', async () => {
    server.answer(() => ({ status: 502, body: '<html>Bad gateway</html>' }))
    expect((await failure(open().request(list, Anything))).code).toBe('platform.unavailable')
  })

  it('that is a giant is not read to its end', async () => {
    server.answer(() => ({ body: `"${'x'.repeat(answerLimit)}"` }))
    expect((await failure(open().request(list, Anything))).code).toBe('platform.malformed')
  })

  it('is asked for with a request id of our own, which the trace shows', async () => {
    server.answer(() => ({ body: {} }))
    await open().request(list, Anything)
    const id = server.asked[0]?.headers['x-request-id']
    expect(id).toMatch(/^[\w-]{1,64}$/)
    expect(rows[0]?.body).toContain(String(id))
  })
})

describe('a repetition', () => {
  it('of a read follows a passing outage or a lost connection', async () => {
    let count = 0
    server.answer(() => (++count === 1 ? 'cut' : count === 2 ? { status: 503 } : { body: {} }))
    await open().request(list, Anything)
    expect(count).toBe(3)
    expect(rows.map((row) => row.result)).toEqual(['network.unreachable', '503', '200'])
  })

  it('of a read ends after three tries', async () => {
    server.answer(() => ({ status: 503 }))
    expect((await failure(open().request(list, Anything))).code).toBe('platform.unavailable')
    expect(server.asked).toHaveLength(3)
  })

  it.each(['cut' as const, { status: 503 }, { status: 500 }])(
    'of a create never happens: it may have been done (%j)',
    async (answer) => {
      server.answer(() => answer)
      await failure(open().request({ method: 'POST', path: '/calls', body: {} }, Anything))
      expect(server.asked).toHaveLength(1)
    },
  )

  it('waits as long as the platform asks, also for a create, which was not even looked at', async () => {
    let count = 0
    server.answer(() =>
      ++count === 1 ? { status: 429, headers: { 'retry-after': '2' } } : { body: { calls: [] } },
    )
    await open().request({ method: 'POST', path: '/calls', body: {} }, Anything)
    expect(waits).toEqual([2_000])
  })

  it('does not wait for minutes', async () => {
    server.answer(() => ({ status: 429, headers: { 'retry-after': '3600' } }))
    expect((await failure(open().request(list, Anything))).code).toBe('platform.rateLimited')
    expect(waits).toEqual([])
  })
})

describe('no answer', () => {
  it('in time is a timeout', async () => {
    server.answer(() => undefined)
    const error = await failure(open().request({ ...list, timeoutMs: 50 }, Anything))
    expect(error).toMatchObject({ code: 'network.timeout' })
    expect(server.asked).toHaveLength(1)
  })

  it('because nobody listens there is a refusal', async () => {
    const free = net.createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => free.once('listening', resolve))
    const { port } = free.address() as net.AddressInfo
    await new Promise((resolve) => free.close(resolve))
    const error = await failure(open({ apiUrl: `http://127.0.0.1:${port}` }).request(list, Anything))
    expect(error).toMatchObject({ code: 'network.refused' })
    expect(error.detail).toContain(`127.0.0.1:${port}`)
  })

  it('because the name does not exist is called so', async () => {
    const error = await failure(open({ apiUrl: 'http://nobody.invalid' }).request(list, Anything))
    expect(error.code).toBe('network.nameUnknown')
  })
})
