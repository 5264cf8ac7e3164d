// The strings to pull: each breaks what it says, for as long as it says.
import { describe, expect, it } from 'vitest'
import { createStringsClient, type Json, openTestEvents, openTestPractice } from '../support/practice.ts'

async function open() {
  const practice = await openTestPractice()
  const { apiUrl, accessKey } = practice.address
  const events = await openTestEvents(apiUrl, `accesskey=${accessKey}`)
  await events.subscribe(`customer_id:${practice.customerId}:summary:summary_`)
  await practice.addPhone()
  const wish = {
    source: { type: 'tel', target: practice.number },
    destinations: [{ type: 'extension', target_name: 'desk1' }],
    actions: [{ type: 'sleep', option: { duration: 600_000 } }],
  }
  const [id] = (await practice.api.post('/v1.0/calls', wish)).json.groupcalls[0].call_ids
  const leg = await practice.line.nextLeg()
  leg.answer()
  /** Two events: created (progressing) and updated (done). */
  const summarise = () =>
    practice.api.post('/v1.0/aisummaries', { reference_type: 'call', reference_id: id, language: 'en-US' })
  const statuses = () => events.frames.map((frame: Json) => frame.status)
  return { practice, events, strings: createStringsClient(practice.address), leg, id, summarise, statuses }
}

describe('the control', () => {
  it('wants its own token, says what there is, and refuses what it does not know', async () => {
    const { practice, strings, id } = await open()
    expect((await practice.api.post('/practice/strings', { pull: 'letGo' })).status).toBe(401)
    const seen = await strings.look()
    expect(seen).toMatchObject({ eventSockets: 1, calls: [{ id, status: 'progressing' }] })
    expect(seen.registered).toEqual({ desk1: 1, desk: 0 })
    await expect(strings.pull({ pull: 'nonsense' } as never)).rejects.toThrow('400')
    await expect(strings.pull({ pull: 'hangUp', callId: 'nobody' })).rejects.toThrow('404')
  })
})

describe('a request', () => {
  it('fails as often as told, where the path fits', async () => {
    const { practice, strings } = await open()
    await strings.pull({ pull: 'failRequest', method: 'GET', path: '/v1.0/calls*', status: 503, times: 2 })
    const get = async (path: string) => (await practice.api.get(path)).status
    expect(await get('/v1.0/numbers')).toBe(200)
    expect([await get('/v1.0/calls'), await get('/v1.0/calls/x'), await get('/v1.0/calls')]).toEqual([
      503, 503, 200,
    ])
  })

  it('gets the reason it was told, or no answer at all', async () => {
    const { practice, strings } = await open()
    await strings.pull({ pull: 'failRequest', path: '*', status: 503, reason: 'STT_NOT_CONFIGURED' })
    expect((await practice.api.get('/v1.0/numbers')).json.error.reason).toBe('STT_NOT_CONFIGURED')
    await strings.pull({ pull: 'failRequest', path: '*', status: 0 })
    await expect(practice.api.get('/v1.0/numbers')).rejects.toThrow('fetch failed')
  })

  it('waits, and is overtaken by a later one', async () => {
    const { practice, strings } = await open()
    await strings.pull({ pull: 'delayRequest', path: '/v1.0/numbers', ms: 150 })
    const order: string[] = []
    const late = practice.api.get('/v1.0/numbers').then(() => order.push('numbers'))
    await practice.api.get('/v1.0/customer').then(() => order.push('customer'))
    await late
    expect(order).toEqual(['customer', 'numbers'])
  })
})

describe('the account', () => {
  it('runs into a rate limit, and out of it again', async () => {
    const { practice, strings } = await open()
    await strings.pull({ pull: 'rateLimit', perSecond: 0.01, burst: 2 })
    const get = async () => (await practice.api.get('/v1.0/numbers')).status
    expect([await get(), await get(), await get()]).toEqual([200, 200, 429])
    await strings.pull({ pull: 'letGo' })
    expect(await get()).toBe(200)
  })
})

describe('events', () => {
  it('are dropped by type and count', async () => {
    const { strings, summarise, events, statuses } = await open()
    await strings.pull({ pull: 'dropEvents', type: 'summary_created', count: 1 })
    await summarise()
    await summarise()
    await events.settled()
    expect(statuses()).toEqual(['done', 'progressing', 'done'])
  })

  it('are doubled', async () => {
    const { strings, summarise, events, statuses } = await open()
    await strings.pull({ pull: 'duplicateEvents' })
    await summarise()
    await events.settled()
    expect(statuses()).toEqual(['progressing', 'progressing', 'done'])
  })

  it('change their order', async () => {
    const { strings, summarise, events, statuses } = await open()
    await strings.pull({ pull: 'reorderEvents', type: 'summary_*' })
    await summarise()
    await events.settled()
    expect(statuses()).toEqual(['done', 'progressing'])
  })

  it('come late, as they were when they happened', async () => {
    const { strings, summarise, events, statuses } = await open()
    await strings.pull({ pull: 'delayEvents', type: 'summary_created', ms: 60 })
    await summarise()
    await events.until((frame) => frame.status === 'progressing')
    expect(statuses()).toEqual(['done', 'progressing'])
  })

  it('are joined by frames nobody understands', async () => {
    const { strings, events } = await open()
    await strings.pull({ pull: 'rawFrame', text: '{"half":', repeat: 2 })
    await events.settled()
    expect(events.frames).toEqual(['{"half":', '{"half":'])
  })

  it('end with their socket', async () => {
    const { strings, events } = await open()
    await strings.pull({ pull: 'eventSockets' })
    expect(await events.closed).toBe(1006)
  })
})

describe('the line', () => {
  it('gets every SIP and media fault, and loses them again', async () => {
    const { practice, strings } = await open()
    await strings.pull({ pull: 'registration', status: 0 })
    await strings.pull({ pull: 'sipDelay', ms: 100 })
    await strings.pull({ pull: 'loss', toPhone: 0.3 })
    await strings.pull({ pull: 'oneWay', fromPhone: true })
    await strings.pull({ pull: 'sipSockets' })
    expect(practice.line.cuts).toBe(1)
    expect(practice.line.strings).toEqual({
      registerStatus: 0,
      delayMs: 100,
      loss: { toPhone: 0.3, fromPhone: 0 },
      mute: { toPhone: false, fromPhone: true },
    })
    await strings.pull({ pull: 'letGo' })
    expect(practice.line.strings).toEqual({
      registerStatus: undefined,
      delayMs: 0,
      loss: { toPhone: 0, fromPhone: 0 },
      mute: { toPhone: false, fromPhone: false },
    })
  })

  it('is hung up from the platform’s side', async () => {
    const { practice, strings, leg, id } = await open()
    await strings.pull({ pull: 'hangUp', callId: id })
    expect(leg.state).toMatchObject({ status: 'ended', by: 'local' })
    expect((await practice.api.get(`/v1.0/calls/${id}`)).json.hangup_by).toBe('local')
  })

  it('restarts: registrations, calls and sockets are gone, REST remembers', async () => {
    const { practice, strings, events, id } = await open()
    await strings.pull({ pull: 'restart' })
    expect(await events.closed).toBe(1006)
    expect((await strings.look()).registered).toEqual({ desk1: 0, desk: 0 })
    expect((await practice.api.get(`/v1.0/calls/${id}`)).json).toMatchObject({
      status: 'hangup',
      hangup_reason: 'failed',
    })
  })
})
