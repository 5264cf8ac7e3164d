// Webhooks end to end: the customer's address is changed over REST, practice delivers, the receiver takes and compares.
import { describe, expect, it } from 'vitest'
import type { TraceRow } from '../../../common/model/trace.ts'
import { openHookEar } from '../../support/hook-ear.ts'
import { aCompanion, aPlatform, type Companion, dialects, failure, until } from '../../support/on-practice.ts'

async function hookRows({ ask }: Companion): Promise<TraceRow[]> {
  const trace = await ask['trace.watch']({ on: true })
  return trace.filter(({ source, direction }) => source === 'webhook' && direction === 'in')
}
const receiverOf = ({ state }: Companion) => {
  const { receiver } = state()
  if (receiver.status !== 'listening') throw new Error(`the receiver is ${receiver.status}`)
  return receiver
}
const customerOf = async ({ practice }: Companion) => (await practice.api.get('/v1.0/customer')).json

/** Signed in, registered, with a receiver that practice delivers to; `by` may stand between. */
async function withReceiver(dialect: (typeof dialects)[number], by?: (address: string) => Promise<string>) {
  const companion = await aCompanion(dialect)
  await companion.ready()
  await companion.ask['receiver.start']({})
  const { address } = receiverOf(companion)
  await companion.ask['webhook.change']({ method: 'POST', uri: by ? await by(address) : address })
  return companion
}

describe.each(dialects)('webhooks with the %s dialect', (dialect) => {
  it('are changed without touching the rest of the customer, and put back with one press', async () => {
    const companion = await aCompanion(dialect)
    await companion.signIn()
    await companion.ask['webhook.look']({})
    expect(companion.state().webhook).toMatchObject({ status: 'ready', now: { method: '', uri: '' } })
    const before = await customerOf(companion)
    const uri = 'https://example.com/hook?token=hush-hush-hush'
    await companion.ask['webhook.change']({ method: 'PUT', uri })
    expect(await customerOf(companion)).toEqual({
      ...before,
      webhook_method: 'PUT',
      webhook_uri: uri,
      tm_update: expect.any(String),
    })
    expect(companion.state().webhook).toMatchObject({
      now: { method: 'PUT', hasSecret: true },
      before: { uri: '' },
    })
    await companion.ask['webhook.change']({ method: 'POST', uri: '' })
    await companion.ask['webhook.restore']({})
    expect(await customerOf(companion)).toMatchObject({
      webhook_method: 'PUT',
      webhook_uri: uri,
      name: before.name,
    })
    const { state } = await companion.ask['app.snapshot']({})
    const trace = await companion.ask['trace.watch']({ on: true })
    const shown = JSON.stringify([state, trace, companion.host.lines])
    expect(shown).not.toContain('hush-hush-hush')
    expect(shown).not.toContain(before.webhook_secret)
  })

  it('are not received any more by whoever has signed out, and what was before them is kept no longer', async () => {
    const companion = await aCompanion(dialect)
    await companion.signIn()
    await companion.ask['receiver.start']({})
    await companion.ask['webhook.change']({ method: 'POST', uri: receiverOf(companion).address })
    const { account } = companion.state()
    if (account.status !== 'signedIn') throw new Error(account.status)
    const entry = `webhook before:${account.apiUrl} ${account.customerId}`
    expect(await companion.host.secrets.get(entry)).toBeDefined()
    await companion.ask['account.signOut']({})
    expect(companion.state().receiver.status).toBe('off')
    expect(await companion.host.secrets.get(entry)).toBeUndefined()
    expect(await companion.ask['trace.watch']({ on: true })).toEqual([])
  })

  it('[I.10] are not changed by a manager or an agent: “Only admins can change webhooks.”', async () => {
    const { as, practice } = await aPlatform(dialect)
    const wanted = { method: 'POST', uri: 'https://example.com' }
    const refused = await failure((await as('manager')).webhook.set(wanted))
    expect(refused.toData()).toMatchObject({
      code: 'webhook.notAdmin',
      say: 'Only admins can change webhooks.',
      status: 403,
    })
    expect((await failure((await as('agent')).webhook.get())).code).toBe('account.notPermitted')
    expect(await (await as('manager')).webhook.get()).toEqual({ method: '', uri: '' })
    expect((await practice.api.get('/v1.0/customer')).json.webhook_uri).toBe('')
  })

  it('that could not be changed stay as they are: a broken answer is looked up, not repeated', async () => {
    const { platform, practice, rows } = await aPlatform(dialect)
    await practice.pull({ pull: 'failRequest', method: 'PUT', path: '/v1.0/customer', status: 0 })
    const error = await failure(platform.webhook.set({ method: 'POST', uri: 'https://example.com' }))
    expect(error.code).toMatch(/^network\./)
    expect(rows.map(({ title }) => title)).toEqual([
      'GET /v1.0/customer',
      'PUT /v1.0/customer',
      'GET /v1.0/customer',
    ])
  })

  it('[I.35] [I.30] arrive in the receiver on this machine, each with what it is behind the socket', async () => {
    const companion = await withReceiver(dialect)
    const { callId, leg } = await companion.ring()
    leg.refuse(486)
    await until(async () => (await hookRows(companion)).some(({ title }) => title === 'call_hangup'))
    const ended = (await hookRows(companion)).find(({ title }) => title === 'call_hangup')
    expect(ended).toMatchObject({ callId, tone: 'good' })
    expect(ended?.result).toMatch(/^200 · (\d+ ms after socket|only here so far) · signed$/)
    await until(() => (receiverOf(companion).behindSocket?.count ?? 0) > 0)
    expect(receiverOf(companion).counts).toMatchObject({ again: 0, refused: 0 })
  })

  it('whose first answer was a 500 come again, are shown as 2nd try and applied once', async () => {
    const companion = await withReceiver(dialect, async (address) => {
      // A tunnel that reports a failure although the receiver has taken the delivery.
      const pass = ({ text }: { text: string }) => fetch(address, { method: 'POST', body: text })
      return (await openHookEar([500], pass)).url
    })
    const { leg } = await companion.ring()
    leg.refuse(486)
    await until(() => receiverOf(companion).counts.again === 1)
    const rows = await hookRows(companion)
    const again = rows.find(({ result }) => result?.includes('again, 2nd try'))
    const tries = rows.filter(({ body }) => body === again?.body)
    expect(tries.map(({ result }) => result?.includes('again'))).toEqual([false, true])
    expect(receiverOf(companion).counts).toMatchObject({ events: rows.length - 1, again: 1, refused: 0 })
  })

  it('tell a call what a silent socket does not: it is read over REST', async () => {
    const companion = await withReceiver(dialect)
    const { callId, leg } = await companion.ring()
    await companion.practice.pull({ pull: 'dropEvents', count: 1_000 })
    leg.answer()
    await until(() => companion.state().calls[callId]?.status === 'progressing')
    const readAfterWebhook = async () => {
      const trace = await companion.ask['trace.watch']({ on: true })
      const webhook = trace.find(({ source, title }) => source === 'webhook' && title === 'call_progressing')
      return trace.find(
        ({ title, id }) => webhook && title === `GET /v1.0/calls/${callId}` && id > webhook.id,
      )
    }
    // The call may have been compared with the platform before: what counts is the read that the webhook brings.
    await until(async () => (await readAfterWebhook()) !== undefined)
    expect((await readAfterWebhook())?.result).toBe('200')
  })
})
