// The receiver over real HTTP on loopback: what it answers, what it shows, and that one event is applied once.
import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createScope, type Scope } from '../../../common/kit/scope.ts'
import type { NewTraceRow } from '../../../common/model/trace.ts'
import type { Receiver, ReceiverSettings } from '../../../common/model/webhook.ts'
import type { PlatformEvent } from '../../../main/platform/platform.ts'
import { bodyLimit, type Delivery } from '../../../main/webhook/receive.ts'
import { createReceiver } from '../../../main/webhook/receiver.ts'
import { openServer } from '../../../main/webhook/server.ts'
import { until } from '../../support/until.ts'

let scope: Scope
beforeEach(() => {
  scope = createScope('test')
})
afterEach(() => scope.end())

const call = {
  id: 'c1',
  status: 'hangup',
  direction: 'outgoing',
  source: {},
  destination: {},
  tm_update: '2026-02-21T10:05:02Z',
}
const wrapped = { type: 'call_hangup', data: call }

function aReceiver(settings: ReceiverSettings = { port: 0, reach: 'thisMachine' }) {
  let state: Receiver = { status: 'off' }
  const rows: NewTraceRow[] = []
  const applied: PlatformEvent[] = []
  const receiver = createReceiver(scope, {
    slice: {
      get: () => state,
      set: (next) => {
        state = next
      },
    },
    settings: () => settings,
    trace: (row) => void rows.push(row),
    apply: (event) => void applied.push(event),
  })
  const address = () => (state.status === 'listening' ? state.address : '')
  const send = async (
    body: unknown,
    more: { method?: string; path?: string; headers?: Record<string, string> } = {},
  ) => {
    const url = new URL(more.path ?? '/voipbin/events', address())
    const answer = await fetch(url, {
      method: more.method ?? 'POST',
      ...(more.headers ? { headers: more.headers } : {}),
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return { status: answer.status, text: await answer.text(), headers: answer.headers }
  }
  const arrived = () => rows.filter(({ direction }) => direction === 'in')
  return { receiver, rows, arrived, applied, send, address, state: () => state }
}

async function listening(settings?: ReceiverSettings) {
  const house = aReceiver(settings)
  await house.receiver.start()
  return house
}

describe('the webhook receiver', () => {
  it('listens on loopback on a free port, once, until it is stopped', async () => {
    const { receiver, address, state } = await listening()
    expect(address()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/voipbin\/events$/)
    const first = address()
    await receiver.start()
    expect(address()).toBe(first)
    await receiver.stop()
    expect(state()).toEqual({ status: 'off' })
    await expect(fetch(first)).rejects.toThrow()
    await receiver.start()
    expect(state()).toMatchObject({ status: 'listening', counts: { events: 0 } })
  })

  it('says that a port is taken', async () => {
    const { address } = await listening()
    const second = aReceiver({ port: Number(new URL(address()).port), reach: 'thisMachine' })
    await expect(second.receiver.start()).rejects.toMatchObject({ code: 'receiver.portTaken' })
    expect(second.state()).toMatchObject({ status: 'failed', error: { code: 'receiver.portTaken' } })
    expect(second.rows).toMatchObject([{ title: 'webhook receiver not started', tone: 'bad' }])
  })

  it.each([
    ['wrapped, as the platform sends them', wrapped],
    ['as the guides print events', { event_type: 'call_hangup', timestamp: 'x', topic: 'y', data: call }],
    ['bare', call],
  ])('takes deliveries %s', async (_name, body) => {
    const { send, arrived, applied } = await listening()
    expect(await send(body)).toMatchObject({ status: 200, text: 'ok' })
    expect(applied).toMatchObject([{ kind: 'call', type: 'call_hangup', call: { id: 'c1' } }])
    expect(arrived()).toMatchObject([
      {
        source: 'webhook',
        title: 'call_hangup',
        callId: 'c1',
        tone: 'good',
        result: '200 · only here so far',
      },
    ])
  })

  it('shows a further try as such and does not apply it again', async () => {
    const { send, arrived, applied, state } = await listening()
    for (let turn = 0; turn < 3; turn++) await send(wrapped, { headers: { 'x-voipbin-signature': 'abc' } })
    expect(applied).toHaveLength(1)
    expect(arrived().map(({ result }) => result)).toEqual([
      '200 · only here so far · signed',
      '200 · again, 2nd try · signed',
      '200 · again, 3rd try · signed',
    ])
    await until('the counts', () => countsOf(state()).again === 2)
    expect(countsOf(state())).toEqual({ events: 1, again: 2, onlyHere: 1, refused: 0 })
  })

  it('says how much later than over the socket an event came', async () => {
    const { receiver, send, arrived, applied } = await listening()
    await send(wrapped)
    const [event] = applied
    if (event?.kind !== 'call') throw new Error('nothing applied')
    receiver.heard({ ...event, call: { ...event.call, id: 'c2' } })
    await send({ ...wrapped, data: { ...call, id: 'c2' } })
    expect(arrived().at(-1)?.result).toMatch(/^200 · \d+ ms after socket$/)
  })

  it('refuses another path, another method and what is no JSON, each with its status and a row', async () => {
    const { send, arrived, applied } = await listening()
    expect((await send(wrapped, { path: '/elsewhere' })).status).toBe(404)
    const get = await send(undefined, { method: 'GET' })
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST, PUT'])
    expect((await send('{"type":')).status).toBe(400)
    expect((await send('')).status).toBe(400)
    expect(applied).toEqual([])
    expect(arrived().map(({ result = '', tone }) => [result.slice(0, 3), tone])).toEqual([
      ['404', 'bad'],
      ['405', 'bad'],
      ['400', 'bad'],
      ['400', 'bad'],
    ])
  })

  it('takes JSON of no known shape, so that it is not sent again, and keeps it in the trace', async () => {
    const { send, arrived, applied } = await listening()
    expect((await send({ hello: 'world' })).status).toBe(200)
    expect(applied).toEqual([])
    expect(arrived()).toMatchObject([{ title: 'unknown webhook', body: '{"hello":"world"}' }])
  })

  it('does not keep a body that is too large', async () => {
    const { send, arrived } = await listening()
    const outcome = await send('x'.repeat(bodyLimit + 1)).then(
      ({ status }) => status,
      // The connection may break before the client has read the answer: it was still sending.
      () => 413,
    )
    expect(outcome).toBe(413)
    await until('its row', () => arrived().length === 1)
    expect(arrived()[0]?.result).toMatch(/^413/)
  })

  it('outlives a client that breaks off in the middle', async () => {
    const { send, address, arrived } = await listening()
    const socket = connect(Number(new URL(address()).port), '127.0.0.1')
    await once(socket, 'connect')
    socket.write('POST /voipbin/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"type"')
    socket.destroy()
    await until('its row', () => arrived().length === 1)
    expect(arrived()[0]?.result).toMatch(/^408/)
    expect((await send(wrapped)).status).toBe(200)
  })

  it('does not wait for a client that stops in the middle', async () => {
    const taken: Delivery[] = []
    const settings: ReceiverSettings = { port: 0, reach: 'thisMachine' }
    const own = await openServer(scope, settings, (delivery) => void taken.push(delivery), 50)
    const socket = connect(Number(new URL(own).port), '127.0.0.1')
    socket.on('error', () => {})
    const closed = once(socket, 'close')
    socket.resume()
    socket.write('POST /voipbin/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"type"')
    await closed
    await until('its row', () => taken.length === 1)
    expect(taken).toMatchObject([{ kind: 'refused', status: 408 }])
  })

  it('listens to other machines only where that was wanted', async () => {
    const { address, state } = await listening({ port: 0, reach: 'localNetwork' })
    expect(state()).toMatchObject({ reach: 'localNetwork' })
    expect(address()).toMatch(/^http:\/\/\d+\.\d+\.\d+\.\d+:\d+\/voipbin\/events$/)
  })

  it('ends with the program, also while a request is under way', async () => {
    const { address } = await listening()
    const open = request(address(), { method: 'POST', headers: { 'content-length': 10 } })
    const broken = once(open, 'error')
    open.flushHeaders()
    await once(open, 'socket')
    await scope.end()
    await broken
  })
})

const countsOf = (state: Receiver) => {
  if (state.status !== 'listening') throw new Error('it does not listen')
  return state.counts
}
