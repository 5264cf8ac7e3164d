// Events over WebSocket: subscriptions, matching, silence and keep-alive (contract E).
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { openTestEvents, openTestPractice } from '../support/practice.ts'

const summary = (id: string) => ({
  reference_type: 'call',
  reference_id: id,
  language: 'en-US',
  on_end_flow_id: id,
})

async function open(dialect: 'deployed' | 'documented' = 'deployed', options = {}) {
  const practice = await openTestPractice({ dialect, ...options })
  const key = `accesskey=${practice.address.accessKey}`
  const events = await openTestEvents(practice.address.apiUrl, key)
  return { practice, events, scope: `customer_id:${practice.customerId}` }
}

/** A call that rings and is refused: some events of the platform. */
async function ringOnce({ practice }: Awaited<ReturnType<typeof open>>) {
  if (practice.line.contacts('desk1').length === 0) await practice.addPhone()
  const call = {
    source: { type: 'tel', target: practice.number },
    destinations: [{ type: 'extension', target_name: 'desk1' }],
    actions: [],
  }
  await practice.api.post('/v1.0/calls', call)
  const leg = await practice.line.nextLeg()
  leg.ring()
  leg.refuse(486)
}

describe('an event socket', () => {
  it('is refused before the upgrade when the credential is bad', async () => {
    const { practice } = await open()
    const socket = new WebSocket(`${practice.address.apiUrl.replace('http', 'ws')}/v1.0/ws?token=nonsense`)
    const [, response] = await once(socket, 'unexpected-response')
    expect(response.statusCode).toBe(401)
    let body = ''
    for await (const chunk of response) body += chunk
    expect(JSON.parse(body).error.reason).toBe('INVALID_CREDENTIALS')
  })

  it.each([
    ['no JSON', 'hello'],
    ['an unknown type', '{"type":"dance","topics":["nonsense"]}'],
    ['an empty list', '{"type":"subscribe","topics":[]}'],
  ])('ignores %s', async (_, text) => {
    const { events } = await open()
    await events.send(text)
    await events.settled()
    expect(events.socket.readyState).toBe(WebSocket.OPEN)
    expect(events.frames).toEqual([])
  })

  it('is cut without a close frame by one invalid topic among valid ones', async () => {
    const { events, scope } = await open()
    await events.send({ type: 'subscribe', topics: [`${scope}:call`, 'customer_id:not-a-uuid:call'] })
    expect(await events.closed).toBe(1006)
  })

  it('is cut by a topic of another customer, and by the customer scope of a plain agent', async () => {
    const { practice, events, scope } = await open()
    await events.send({ type: 'subscribe', topics: [`customer_id:${practice.foreignCustomerId}:call`] })
    expect(await events.closed).toBe(1006)
    const { bearer } = await practice.as('agent')
    const agent = await openTestEvents(practice.address.apiUrl, `token=${bearer}`)
    await agent.send({ type: 'subscribe', topics: [`${scope}:call`] })
    expect(await agent.closed).toBe(1006)
  })

  it('lets an agent listen to itself', async () => {
    const { practice } = await open()
    const agent = await practice.as('agent')
    const { id } = (await agent.get('/v1.0/me')).json
    const events = await openTestEvents(practice.address.apiUrl, `token=${agent.bearer}`)
    await events.subscribe(`agent_id:${id}`)
    expect(events.socket.readyState).toBe(WebSocket.OPEN)
  })

  it('is cut by a binary frame', async () => {
    const { events } = await open()
    events.socket.send(Buffer.from('{}'), { binary: true })
    expect(await events.closed).toBe(1006)
  })

  it('is pinged, and dropped when no pong comes back although data does', async () => {
    const { practice } = await open('deployed', { timings: { pingMs: 20, pongTimeoutMs: 100 } })
    const url = `${practice.address.apiUrl.replace('http', 'ws')}/v1.0/ws?accesskey=${practice.address.accessKey}`
    const socket = new WebSocket(url, { autoPong: false })
    const pinged = once(socket, 'ping')
    const gone = once(socket, 'close')
    await once(socket, 'open')
    const talk = setInterval(() => socket.readyState === WebSocket.OPEN && socket.send('data'), 20)
    await pinged
    expect((await gone)[0]).toBe(1006)
    clearInterval(talk)
  })
})

describe('deployed', () => {
  it('sends raw resources, twice where the prefix covers both topics', async () => {
    const at = await open()
    await at.events.subscribe(`${at.scope}:call`)
    await ringOnce(at)
    const ended = (frame: { status?: string }) => frame.status === 'hangup'
    await at.events.until(ended)
    await at.events.settled()
    expect(at.events.frames.filter(ended)).toHaveLength(2)
    expect(at.events.frames[0]).toMatchObject({ customer_id: at.practice.customerId, direction: 'outgoing' })
    expect(at.events.frames[0].event_type).toBeUndefined()
  })

  it('sends once what only the longer topic matches', async () => {
    const at = await open()
    await at.events.subscribe(`${at.scope}:call:call_`)
    await ringOnce(at)
    await at.events.until((frame) => frame.status === 'hangup')
    await at.events.settled()
    expect(at.events.frames.map((frame) => frame.status)).toEqual(['dialing', 'ringing', 'hangup'])
  })

  it('takes a wildcard literally: accepted, and silent for ever', async () => {
    const at = await open()
    await at.events.subscribe(`${at.scope}:call:*`, `${at.scope}:transcribe:*`, `${at.scope}:groupcall`)
    await ringOnce(at)
    await at.events.until((frame) => frame.status === 'hangup')
    await at.events.settled()
    expect(at.events.frames.every((frame) => Array.isArray(frame.call_ids))).toBe(true)
  })

  it('stops after unsubscribe', async () => {
    const at = await open()
    await at.events.subscribe(`${at.scope}:call:call_`, `${at.scope}:groupcall:groupcall_`)
    await at.events.send({ type: 'unsubscribe', topics: [`${at.scope}:call:call_`] })
    await at.events.settled()
    await ringOnce(at)
    await at.events.until((frame) => frame.status === 'hangup')
    expect(at.events.frames.every((frame) => Array.isArray(frame.call_ids))).toBe(true)
  })

  it('keeps the events of another customer away', async () => {
    const at = await open()
    const key = `accesskey=${at.practice.foreignAccessKey}`
    const stranger = await openTestEvents(at.practice.address.apiUrl, key)
    await stranger.subscribe(`customer_id:${at.practice.foreignCustomerId}`)
    await at.events.subscribe(`${at.scope}:call`)
    await ringOnce(at)
    await at.events.until((frame) => frame.status === 'hangup')
    await stranger.settled()
    expect(stranger.frames).toEqual([])
  })

  it('tells a summary of its making', async () => {
    const at = await open()
    await ringOnce(at)
    await at.events.subscribe(`${at.scope}:summary:summary_`)
    const [call] = (await at.practice.api.get('/v1.0/calls')).json.result
    await at.practice.api.post('/v1.0/aisummaries', summary(call.id))
    await at.events.until((frame) => frame.status === 'done')
    expect(at.events.frames.map((frame) => frame.status)).toEqual(['progressing', 'done'])
  })
})

describe('documented', () => {
  it('sends envelopes with type, time and topic, once, and the wildcard works', async () => {
    const at = await open('documented')
    await at.events.subscribe(`${at.scope}:call:*`)
    await ringOnce(at)
    await at.events.until((frame) => frame.event_type === 'call_hangup')
    await at.events.settled()
    const types = at.events.frames.map((frame) => frame.event_type)
    expect(types).toEqual(['call_created', 'call_ringing', 'call_hangup'])
    const [first] = at.events.frames
    expect(first.topic).toBe(`${at.scope}:call:${first.data.id}`)
    expect(first.data.tm_delete).toBe('')
  })

  it('hears nothing of groupcalls', async () => {
    const at = await open('documented')
    await at.events.subscribe(at.scope)
    await ringOnce(at)
    await at.events.until((frame) => frame.event_type === 'call_hangup')
    await at.events.settled()
    expect(at.events.frames.filter((frame) => frame.event_type.startsWith('groupcall'))).toEqual([])
    expect((await at.practice.api.get('/v1.0/groupcalls')).json.result).toEqual([])
  })
})
