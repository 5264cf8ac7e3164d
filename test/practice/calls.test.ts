// Calls to extensions: the shapes of the answer and the life of a call (contract C.3, F.3, G.1).
import { describe, expect, it } from 'vitest'
import { openTestEvents, openTestPractice } from '../support/practice.ts'
import { listen, ofCall, place } from '../support/practice-call.ts'

describe('placing a call, deployed', () => {
  it('answers a groupcall whose call ids exist a moment later', async () => {
    const practice = await openTestPractice()
    await practice.addPhone()
    const { status, json } = await place(practice)
    expect(status).toBe(200)
    expect(json).toMatchObject({
      calls: [],
      groupcalls: [{ status: 'progressing', ring_method: 'ring_all' }],
    })
    let [id] = json.groupcalls[0].call_ids
    const read = () => practice.api.get(`/v1.0/calls/${id}`)
    // The moment is 20 ms: a busy machine may look too late, and places another one.
    const early = async () => {
      ;[id] = (await place(practice)).json.groupcalls[0].call_ids
      return (await read()).status
    }
    await expect.poll(early).toBe(404)
    await expect.poll(async () => (await read()).status).toBe(200)
    const call = (await read()).json
    expect(call).toMatchObject({ status: 'dialing', direction: 'outgoing', hangup_reason: '' })
    expect(call.groupcall_id).toBe('00000000-0000-0000-0000-000000000000')
  })

  it('names the device by its contact, and the caller in the INVITE', async () => {
    const practice = await openTestPractice()
    await practice.addPhone()
    const { json } = await place(practice)
    const leg = await practice.line.nextLeg()
    const call = (await practice.api.get(`/v1.0/calls/${json.groupcalls[0].call_ids[0]}`)).json
    expect(call.destination).toMatchObject({ type: 'sip', target_name: 'desk1' })
    expect(call.destination.target).toMatch(/^sip:desk1-0@host0\.invalid\^3Btransport=ws\^3Balias=/)
    expect(leg.invite.from).toEqual({ user: practice.number, displayName: 'Practice' })
  })

  it('is 500 when no phone is registered, and leaves nothing behind', async () => {
    const practice = await openTestPractice()
    await practice.addPhone('desk1', 0)
    expect(await place(practice)).toMatchObject({ status: 500, json: { error: { reason: 'INTERNAL' } } })
    expect((await practice.api.get('/v1.0/calls')).json.result).toEqual([])
  })

  it('dials by the extension value, not by the name', async () => {
    const practice = await openTestPractice()
    const id = await practice.addPhone()
    await practice.api.put(`/v1.0/extensions/${id}`, { name: 'my phone', detail: 'x', password: 'x' })
    const named = { destinations: [{ type: 'extension', target_name: 'my phone' }] }
    expect((await place(practice, named)).status).toBe(500)
    expect((await place(practice)).status).toBe(200)
  })

  it('does not look at the source', async () => {
    const practice = await openTestPractice()
    await practice.addPhone()
    expect((await place(practice, { source: { type: 'tel', target: '+1999' } })).status).toBe(200)
  })
})

describe('placing a call, documented', () => {
  it('answers the call itself, and its extension as destination', async () => {
    const practice = await openTestPractice({ dialect: 'documented' })
    await practice.addPhone()
    const { json } = await place(practice)
    expect(json.groupcalls).toEqual([])
    expect(json.calls).toMatchObject([
      { status: 'dialing', destination: { type: 'extension', target_name: 'desk1' } },
    ])
    expect((await practice.api.get(`/v1.0/calls/${json.calls[0].id}`)).status).toBe(200)
  })

  it('hangs up at once when no phone is registered', async () => {
    const practice = await openTestPractice({ dialect: 'documented' })
    await practice.addPhone('desk1', 0)
    const events = await openTestEvents(practice.address.apiUrl, `accesskey=${practice.address.accessKey}`)
    await events.subscribe(`customer_id:${practice.customerId}:call:*`)
    const [call] = (await place(practice)).json.calls
    const over = await events.until((frame) => frame.event_type === 'call_hangup')
    expect(over.data).toMatchObject({ id: call.id, hangup_reason: 'failed' })
  })

  it('refuses a number that the account does not own', async () => {
    const practice = await openTestPractice({ dialect: 'documented' })
    await practice.addPhone()
    expect((await place(practice, { source: { type: 'tel', target: '+1999' } })).status).toBe(400)
  })
})

describe('a call is refused', () => {
  it.each([
    [{ destinations: [] }, 400, 'INVALID_ARGUMENT'],
    [{ actions: [{ type: 'ai' }] }, 400, 'INVALID_ACTION_TYPE'],
    [{ actions: 'talk' }, 400, 'INVALID_ARGUMENT'],
    [{ variables: { big: 'x'.repeat(33_000) } }, 400, 'INVALID_ARGUMENT'],
    [{ destinations: [{ type: 'tel', target: '+15550100099' }] }, 403, 'IDENTITY_VERIFICATION_REQUIRED'],
  ])('for %j', async (more, status, reason) => {
    const practice = await openTestPractice()
    await practice.addPhone()
    expect(await place(practice, more)).toMatchObject({ status, json: { error: { reason } } })
  })

  it('without balance, and from a frozen account', async () => {
    const practice = await openTestPractice()
    await practice.addPhone()
    await practice.pull({ pull: 'balance', credit: 0 })
    expect((await place(practice)).json.error.reason).toBe('INSUFFICIENT_BALANCE')
    await practice.pull({ pull: 'account', status: 'frozen' })
    expect((await place(practice)).json.error.reason).toBe('ACCOUNT_FROZEN')
  })
})

describe('the life of a call', () => {
  it('goes from dialing to hangup, and says who ended it', async () => {
    const practice = await openTestPractice()
    await practice.addPhone()
    const events = await listen(practice)
    const [id] = (await place(practice)).json.groupcalls[0].call_ids
    const leg = await practice.line.nextLeg()
    leg.ring()
    leg.answer()
    await events.until(ofCall(id, 'progressing'))
    leg.bye()
    const over = await events.until(ofCall(id, 'hangup'))
    expect(over).toMatchObject({ hangup_by: 'remote', hangup_reason: 'normal' })
    const seen = events.frames.filter((frame) => frame.id === id).map((frame) => frame.status)
    expect([...new Set(seen)]).toEqual(['dialing', 'ringing', 'progressing', 'hangup'])
    expect(over.tm_ringing < over.tm_progressing && over.tm_progressing < over.tm_hangup).toBe(true)
  })

  it.each([
    [486, 'busy'],
    [603, 'noanswer'],
    [403, 'noanswer'],
    [480, 'noanswer'],
    [500, 'noanswer'],
  ])('a phone that answers %i shows as %s', async (sipStatus, reason) => {
    const practice = await openTestPractice()
    await practice.addPhone()
    const events = await listen(practice)
    const [id] = (await place(practice)).json.groupcalls[0].call_ids
    const leg = await practice.line.nextLeg()
    leg.refuse(sipStatus)
    const over = await events.until(ofCall(id, 'hangup'))
    expect(over).toMatchObject({ hangup_reason: reason, hangup_by: 'remote' })
  })

  it.each([
    ['timeout', 'dialout'],
    ['unreachable', 'failed'],
  ] as const)('a leg that ends by %s shows as %s', async (why, reason) => {
    const practice = await openTestPractice()
    await practice.addPhone()
    const events = await listen(practice)
    const [id] = (await place(practice)).json.groupcalls[0].call_ids
    const leg = await practice.line.nextLeg()
    leg.end(why)
    expect((await events.until(ofCall(id, 'hangup'))).hangup_reason).toBe(reason)
  })

  it('is cancelled by a hang-up before the answer, repeatably', async () => {
    const practice = await openTestPractice()
    await practice.addPhone()
    const events = await listen(practice)
    const [id] = (await place(practice)).json.groupcalls[0].call_ids
    const leg = await practice.line.nextLeg()
    leg.ring()
    expect((await practice.api.post(`/v1.0/calls/${id}/hangup`)).status).toBe(200)
    const over = await events.until(ofCall(id, 'hangup'))
    expect(over).toMatchObject({ hangup_by: 'local', hangup_reason: 'cancel' })
    expect(events.frames.some(ofCall(id, 'canceling'))).toBe(true)
    expect((await practice.api.post(`/v1.0/calls/${id}/hangup`)).status).toBe(200)
  })

  it('terminates by a hang-up after the answer', async () => {
    const practice = await openTestPractice()
    await practice.addPhone()
    const events = await listen(practice)
    const [id] = (await place(practice)).json.groupcalls[0].call_ids
    const leg = await practice.line.nextLeg()
    leg.answer()
    await events.until(ofCall(id, 'progressing'))
    await practice.api.post(`/v1.0/calls/${id}/hangup`)
    const over = await events.until(ofCall(id, 'hangup'))
    expect(over).toMatchObject({ hangup_by: 'local', hangup_reason: 'normal' })
    expect(events.frames.some(ofCall(id, 'terminating'))).toBe(true)
    expect(leg.state.status).toBe('ended')
  })

  it('ends with its deletion; reading it then is a conflict', async () => {
    const practice = await openTestPractice()
    await practice.addPhone()
    const [id] = (await place(practice)).json.groupcalls[0].call_ids
    const leg = await practice.line.nextLeg()
    leg.answer()
    expect((await practice.api.delete(`/v1.0/calls/${id}`)).json.status).toBe('hangup')
    expect(await practice.api.get(`/v1.0/calls/${id}`)).toMatchObject({
      status: 409,
      json: { error: { status: 'FAILED_PRECONDITION', reason: 'STATE_INVALID' } },
    })
  })
})
