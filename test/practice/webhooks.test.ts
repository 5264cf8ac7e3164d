// Webhooks of practice: every event of the customer, three tries a second apart, five seconds each (contract E.7, J).
import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { platformTimings } from '../../practice/world.ts'
import { openHookEar } from '../support/hook-ear.ts'
import { openTestPractice, type TestPractice } from '../support/practice.ts'

const fast = { webhookAgainMs: 5, webhookLimitMs: 100 }
const dialects = ['deployed', 'documented'] as const

async function setWebhook(practice: TestPractice, webhook_uri: string, webhook_method = 'POST') {
  const { name, detail, email, phone_number, address } = (await practice.api.get('/v1.0/customer')).json
  const whole = { name, detail, email, phone_number, address, webhook_method, webhook_uri }
  return practice.api.put('/v1.0/customer', whole)
}

async function open(dialect: (typeof dialects)[number] = 'deployed', answers: Array<number | 'never'> = []) {
  const practice = await openTestPractice({ dialect, timings: fast })
  const ear = await openHookEar(answers)
  await setWebhook(practice, ear.url)
  return { practice, ear }
}

/** A call that rings and is refused: some events. */
async function ringOnce(practice: TestPractice) {
  await practice.addPhone()
  await practice.api.post('/v1.0/calls', {
    source: { type: 'tel', target: practice.number },
    destinations: [{ type: 'extension', target_name: 'desk1' }],
    actions: [],
  })
  const leg = await practice.line.nextLeg()
  leg.ring()
  leg.refuse(486)
}

it('a receiver has five seconds, and the tries are one second apart', () => {
  expect(platformTimings).toMatchObject({ webhookAgainMs: 1_000, webhookLimitMs: 5_000 })
})

describe.each(dialects)('webhooks with the %s dialect', (dialect) => {
  it('carry each event once, wrapped and signed', async () => {
    const { practice, ear } = await open(dialect)
    await ringOnce(practice)
    const ended = await ear.until(({ json }) => json.type === 'call_hangup')
    expect(ended).toMatchObject({ method: 'POST', json: { data: { status: 'hangup' } } })
    const { webhook_secret } = (await practice.api.get('/v1.0/customer')).json
    const signature = createHmac('sha256', webhook_secret).update(ended.text).digest('hex')
    expect(ended.headers['x-voipbin-signature']).toBe(signature)
    const types = ear.heard.map(({ json }) => json.type)
    expect(types.filter((type) => type === 'call_ringing')).toHaveLength(1)
  })

  it('are sent again until they are answered with 200', async () => {
    const { practice, ear } = await open(dialect, [500, 201])
    await ringOnce(practice)
    await ear.until(({ json }) => json.type === 'call_hangup')
    await ear.until((one) => ear.heard.filter(({ text }) => text === one.text).length >= 2)
  })
})

describe('webhooks', () => {
  it('are given up after three tries, also where nobody answers in time', async () => {
    const { practice, ear } = await open(
      'deployed',
      Array.from({ length: 60 }, () => 'never' as const),
    )
    await ringOnce(practice)
    const first = await ear.until(({ json }) => json.type === 'call_hangup')
    await ear.until(
      (one) => one === first && ear.heard.filter(({ text }) => text === first.text).length === 3,
    )
    // Nothing follows the third try: other requests are answered meanwhile.
    await setWebhook(practice, '')
    expect(ear.heard.filter(({ text }) => text === first.text)).toHaveLength(3)
  })

  it('go nowhere without an address, and never to another machine', async () => {
    const { practice, ear } = await open()
    await setWebhook(practice, 'http://192.0.2.1/hook')
    await ringOnce(practice)
    await setWebhook(practice, '')
    await practice.api.get('/v1.0/calls')
    expect(ear.heard).toEqual([])
  })

  it('of another customer do not come', async () => {
    const { practice, ear } = await open()
    const foreign = practice.withKey(practice.foreignAccessKey)
    await foreign.put('/v1.0/customer', { name: 'x', webhook_method: 'POST', webhook_uri: ear.url })
    await setWebhook(practice, '')
    await ringOnce(practice)
    expect(ear.heard).toEqual([])
  })
})

describe('changing the customer', () => {
  it('deployed: empties what is not sent; documented: leaves it', async () => {
    const webhook = { webhook_method: 'POST', webhook_uri: 'https://example.com/events' }
    const deployed = await openTestPractice({ dialect: 'deployed' })
    expect((await deployed.api.put('/v1.0/customer', webhook)).json).toMatchObject({ ...webhook, name: '' })
    const documented = await openTestPractice({ dialect: 'documented' })
    expect((await documented.api.put('/v1.0/customer', webhook)).json).toMatchObject({
      ...webhook,
      name: 'Practice',
    })
  })

  it('refuses a method that is none', async () => {
    const { api } = await openTestPractice()
    expect((await api.put('/v1.0/customer', { webhook_method: 'SHOUT' })).status).toBe(400)
  })
})
