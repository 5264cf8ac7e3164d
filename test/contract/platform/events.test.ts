// The event socket against a small real server: credentials, refusal, silence, frames of every kind.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { createScope, type Scope } from '../../../common/kit/scope.ts'
import type { NewTraceRow } from '../../../common/model/trace.ts'
import { openEvents } from '../../../main/platform/events/connection.ts'
import { frameLimit } from '../../../main/platform/events/parse-frame.ts'
import type { EventsListener, PlatformOptions } from '../../../main/platform/platform.ts'
import { createCertificate } from '../../support/certificate.ts'
import { openTinyServer, type TinyServer } from '../../support/tiny-server.ts'
import { aToken } from '../../support/tokens.ts'

let server: TinyServer
let scope: Scope
let rows: NewTraceRow[]
beforeEach(async () => {
  server = await openTinyServer()
  scope = createScope('test')
  rows = []
})
afterEach(async () => {
  await scope.end()
  await server.close()
})

/** Everything the listener heard, and a way to wait for the next of a kind. */
function aListener() {
  const heard: Array<{ what: keyof EventsListener; with: unknown }> = []
  const waiting: Array<{ what: keyof EventsListener; resolve: (value: unknown) => void }> = []
  const hear = (what: keyof EventsListener) => (value?: unknown) => {
    heard.push({ what, with: value })
    for (const waiter of waiting.filter((each) => each.what === what)) waiter.resolve(value)
  }
  const listener: EventsListener = {
    onOpen: hear('onOpen'),
    onPing: hear('onPing'),
    onEvent: hear('onEvent'),
    onDuplicate: hear('onDuplicate'),
    onUnknown: hear('onUnknown'),
    onClose: hear('onClose'),
  }
  /** The first of its kind, past or future. */
  const until = (what: keyof EventsListener): Promise<unknown> => {
    const past = heard.find((each) => each.what === what)
    return past ? Promise.resolve(past.with) : new Promise((resolve) => void waiting.push({ what, resolve }))
  }
  const all = (what: keyof EventsListener) =>
    heard.filter((each) => each.what === what).map((each) => each.with)
  return { listener, until, all }
}

/** Accepts event sockets and hands each to the test. */
function accept(onSocket: (socket: WebSocket, url: string, authorization: string | undefined) => void): void {
  const sockets = new WebSocketServer({ server: server.server })
  sockets.on('connection', (socket, request) =>
    onSocket(socket, request.url ?? '', request.headers.authorization),
  )
}

function open(more: Partial<PlatformOptions> = {}) {
  const ear = aListener()
  const options: PlatformOptions = {
    apiUrl: server.url,
    credential: { kind: 'accessKey', accessKey: 'vb_secretsecret99' },
    pins: [],
    trace: (row) => void rows.push(row),
    ...more,
  }
  return { connection: openEvents(options, scope, ear.listener), ...ear }
}

const transcript = { id: 'l1', transcribe_id: 't1', direction: 'out', message: 'Hello' }

describe('the event socket', () => {
  it('carries a key in the query, and a token in the header, and neither in the trace', async () => {
    const seen: Array<[string, string | undefined]> = []
    accept((_socket, url, authorization) => void seen.push([url, authorization]))
    await open().until('onOpen')
    const token = aToken()
    await open({ credential: { kind: 'token', token } }).until('onOpen')
    expect(seen).toEqual([
      ['/v1.0/ws?accesskey=vb_secretsecret99', undefined],
      ['/v1.0/ws', `Bearer ${token}`],
    ])
    expect(JSON.stringify(rows)).not.toMatch(/secretsecret99|eyJ/)
  })

  it('subscribes in text frames and hears the answer to its ping', async () => {
    const frames: Array<[string, boolean]> = []
    accept((socket) =>
      socket.on('message', (data, isBinary) => void frames.push([data.toString(), isBinary])),
    )
    const { connection, until } = open()
    await until('onOpen')
    connection.subscribe(['customer_id:C:call', 'customer_id:C:call:*'])
    await until('onPing')
    expect(frames).toEqual([
      ['{"type":"subscribe","topics":["customer_id:C:call","customer_id:C:call:*"]}', false],
    ])
  })

  it('delivers each event once, and counts repetitions and riddles', async () => {
    accept((socket) => {
      const wrapped = { event_type: 'transcript_created', topic: 'a', data: transcript }
      socket.send(JSON.stringify(wrapped))
      socket.send(JSON.stringify({ ...wrapped, topic: 'b' }))
      socket.send('{"hello":')
      socket.send(Buffer.from([1, 2, 3]))
      socket.send(JSON.stringify({ event_type: 'recording_started', data: { id: 'r1', token: 'leaked' } }))
      socket.close(1000)
    })
    const { until, all } = open()
    await until('onClose')
    expect(all('onEvent')).toMatchObject([
      { kind: 'transcript' },
      { kind: 'other', type: 'recording_started' },
    ])
    expect(all('onDuplicate')).toHaveLength(1)
    expect(all('onUnknown')).toEqual(['not JSON', 'a binary frame'])
    expect(rows.filter((row) => row.direction === 'in').map((row) => row.title)).toEqual([
      'transcript_created',
      'unknown frame',
      'unknown frame',
      'recording_started',
    ])
  })

  it('tells started from ended speech where the platform does not', async () => {
    const speech = { streaming_id: 'x', transcribe_id: 't1', direction: 'in' }
    accept((socket) => {
      socket.send(JSON.stringify({ ...speech, id: 's1' }))
      socket.send(JSON.stringify({ ...speech, id: 's2', message: 'Hel' }))
      socket.send(JSON.stringify({ ...speech, id: 's3' }))
      socket.close(1000)
    })
    const { until, all } = open()
    await until('onClose')
    expect(all('onEvent')).toMatchObject([{ phase: 'started' }, { phase: 'interim' }, { phase: 'ended' }])
  })

  it('survives a giant frame as unknown and lost, to be opened again', async () => {
    accept((socket) => socket.send('x'.repeat(frameLimit + 1)))
    const { until, all } = open()
    expect(await until('onClose')).toMatchObject({ kind: 'lost' })
    expect(all('onUnknown')[0]).toContain('more than')
  })
})

describe('the end of the event socket', () => {
  it('without a close frame right after a subscribe means that a topic is refused', async () => {
    accept((socket) => socket.on('message', () => socket.terminate()))
    const { connection, until } = open()
    await until('onOpen')
    connection.subscribe(['customer_id:somebody-else:call'])
    expect(await until('onClose')).toMatchObject({ kind: 'refused', error: { code: 'events.refused' } })
  })

  it('is a refusal too when an earlier subscribe was taken', async () => {
    accept((socket) => {
      let count = 0
      socket.on('message', () => (++count === 2 ? socket.terminate() : undefined))
    })
    const { connection, until } = open()
    await until('onOpen')
    connection.subscribe(['customer_id:C:call'])
    connection.subscribe(['customer_id:somebody-else:call'])
    expect(await until('onClose')).toMatchObject({ kind: 'refused' })
  })

  it('after the answer to the ping behind the subscribe is a loss', async () => {
    accept((socket) => socket.on('ping', () => setImmediate(() => socket.terminate())))
    const { connection, until } = open()
    await until('onOpen')
    connection.subscribe(['customer_id:C:call'])
    await until('onPing')
    expect(await until('onClose')).toMatchObject({ kind: 'lost', error: { code: 'events.lost' } })
  })

  it('before any subscribe is a loss', async () => {
    accept((socket) => socket.terminate())
    expect(await open().until('onClose')).toMatchObject({ kind: 'lost', error: { code: 'events.lost' } })
  })

  it('with a close frame is a loss, also right after a subscribe', async () => {
    accept((socket) => socket.on('message', () => socket.close(1012, 'restart')))
    const { connection, until } = open()
    await until('onOpen')
    connection.subscribe(['customer_id:C:call'])
    expect(await until('onClose')).toMatchObject({
      kind: 'lost',
      error: { detail: 'closed with 1012 restart' },
    })
  })

  it.each([
    [401, 'INVALID_CREDENTIALS', 'refused', 'account.rejected'],
    [503, 'SERVICE_UNAVAILABLE', 'lost', 'platform.unavailable'],
  ])('by %i %s instead of an upgrade is %s', async (status, reason, kind, code) => {
    const told: string[] = []
    server.server.on('upgrade', (_request, socket) => {
      const body = JSON.stringify({ error: { status: 'X', reason, message: '', request_id: 'r-1' } })
      socket.end(
        `HTTP/1.1 ${status} No\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
      )
    })
    const { until, all } = open({ onUnauthenticated: (error) => void told.push(error.code) })
    expect(await until('onClose')).toMatchObject({ kind, error: { code, requestId: 'r-1' } })
    expect(told).toEqual(status === 401 ? ['account.rejected'] : [])
    expect(all('onClose')).toHaveLength(1)
  })

  it('because nobody listens there names the cause', async () => {
    const { port } = server
    await server.close()
    const { until } = open({ apiUrl: `http://127.0.0.1:${port}` })
    expect(await until('onClose')).toMatchObject({ kind: 'lost', error: { code: 'network.refused' } })
    server = await openTinyServer()
  })

  it('is noticed by 35 s without a ping, though the connection stands', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const sockets: WebSocket[] = []
      accept((socket) => void sockets.push(socket))
      const { until, all } = open()
      await until('onOpen')
      vi.advanceTimersByTime(34_000)
      sockets[0]?.ping()
      await until('onPing')
      vi.advanceTimersByTime(34_999)
      expect(all('onClose')).toEqual([])
      vi.advanceTimersByTime(1)
      expect(await until('onClose')).toMatchObject({ kind: 'lost', error: { detail: 'no ping for 35 s' } })
    } finally {
      vi.useRealTimers()
    }
  })

  it('by the scope is silent for us and polite to the server', async () => {
    let code = 0
    const closed = new Promise<void>((resolve) =>
      accept((socket) =>
        socket.on('close', (number) => {
          code = number
          resolve()
        }),
      ),
    )
    const { until, all } = open()
    await until('onOpen')
    await scope.end()
    await closed
    expect(code).toBe(1000)
    expect(all('onClose')).toEqual([])
  })
})

describe('a self-signed event server', () => {
  it('is refused without its pin and works with it', async () => {
    const certificate = createCertificate('voipbin.test')
    await server.close()
    server = await openTinyServer(certificate)
    accept(() => {})
    expect(await open().until('onClose')).toMatchObject({ error: { code: 'network.untrusted' } })
    await open({ pins: [{ host: '127.0.0.1', sha256: certificate.sha256 }] }).until('onOpen')
  })
})
