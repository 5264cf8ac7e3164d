// Contract H on calls: the answers to a call, its source, an extension without a phone, its devices, its actions.
import { describe, expect, it } from 'vitest'
import { aCall, aCompanion, aPlatform, dialects, sent } from '../../support/on-practice.ts'

const callId = '0c1f4b1e-98d8-4f0e-8f9b-2f1f1a7d4c11'
const groupId = '9a5b8f4e-3f0f-4a55-9d7e-4b4c2d1e0f22'
const aRow = { id: callId, status: 'dialing', direction: 'outgoing' }
const aGroup = { id: groupId, status: 'progressing', call_ids: [callId], ring_method: 'ring_all' }

describe.each(dialects)('%s', (dialect) => {
  it('H.5 POST /calls answers in four shapes, and each names the call', async () => {
    const on = await aPlatform(dialect)
    const { id } = await aCall(on)
    expect((await on.practice.api.get('/v1.0/calls')).json.result).toMatchObject([{ id }])
    const place = () =>
      on.platform.calls.place({
        source: { type: 'tel', target: on.practice.number },
        destinations: [{ type: 'extension', targetName: 'desk1' }],
        actions: [],
      })
    const shapes = [[aRow], { calls: [aRow] }, { calls: [], groupcalls: [aGroup] }, aRow, aGroup]
    for (const shape of shapes) {
      const text = JSON.stringify(shape)
      await on.practice.pull({ pull: 'answerWith', method: 'POST', path: '/v1.0/calls', text })
      const { calls, groupcalls } = await place()
      expect([...calls.map((call) => call.id), ...groupcalls.flatMap((group) => group.callIds)]).toEqual([
        callId,
      ])
    }
  })

  it('H.6 a call to an extension is placed with whatever source there is, and never refused here', async () => {
    const { ready, ring, app } = await aCompanion(dialect)
    await ready()
    await ring()
    const trace = await app.handlers['trace.watch']({ on: true })
    const placed = trace.find(({ title }) => title === 'POST /v1.0/calls')
    expect(placed?.result).toBe('200')
    const on = await aPlatform(dialect)
    await on.practice.addPhone()
    const unowned = on.platform.calls.place({
      source: { type: 'tel', target: '+1999' },
      destinations: [{ type: 'extension', targetName: 'desk1' }],
      actions: [],
    })
    const outcome = await unowned.then(
      () => 'placed',
      (error) => error.code,
    )
    expect(outcome).toBe(dialect === 'documented' ? 'platform.badRequest' : 'placed')
  })

  it('H.7 an extension without a phone: the phone is named, with 500 as with a call that hangs up at once', async () => {
    const { ask, signIn, phone, state, codes } = await aCompanion(dialect)
    await signIn()
    const placed = await ask['call.placeTest']({}).then(
      () => undefined,
      (error) => error,
    )
    if (dialect === 'deployed') expect(placed).toMatchObject({ code: 'sip.notRegistered', status: 500 })
    else await expect.poll(codes, { timeout: 10_000 }).toContain('call.endedAtOnce')
    expect(phone.phone.sessions).toEqual([])
    const told = state().notices.find(({ error }) => error.code === 'call.endedAtOnce')
    if (dialect === 'documented') expect(told?.error.detail).toContain('not registered')
  })

  it('H.22 any 2xx is success, with a body or without', async () => {
    const on = await aPlatform(dialect)
    const { id } = await aCall(on)
    for (const status of [200, 201, 202, 204]) {
      await on.practice.pull({ pull: 'answerWith', method: 'POST', path: `/v1.0/calls/${id}/hangup`, status })
      await expect(on.platform.calls.hangUp(id)).resolves.toBeUndefined()
    }
    const made = JSON.stringify({ id: callId, reference_id: id, status: 'active' })
    for (const status of [200, 201]) {
      const armed = {
        pull: 'answerWith',
        method: 'POST',
        path: '/v1.0/speakings',
        status,
        text: made,
      } as const
      await on.practice.pull(armed)
      const wish = { callId: id, language: 'en-US', direction: 'out' } as const
      expect(await on.platform.speakings.create(wish)).toMatchObject({ id: callId })
    }
  })

  it('H.25 the action `ai` is never sent, whether the server takes it or not', async () => {
    const { types, practice } = await testCall(dialect)
    expect(types).not.toContain('ai')
    const asked = await practice.api.post('/v1.0/calls', {
      destinations: [{ type: 'extension', target_name: 'nobody' }],
      actions: [{ type: 'ai' }],
    })
    expect(asked.json.error?.reason === 'INVALID_ACTION_TYPE').toBe(dialect === 'deployed')
  })

  it('H.26 no prompt is sent inline with `ai_talk`: it would be ignored', async () => {
    const { types, body } = await testCall(dialect)
    expect(types).not.toContain('ai_talk')
    expect(body).not.toContain('initial_prompt')
  })

  it('H.27 no option of `ai_summary` is sent by its old name', async () => {
    const { body } = await testCall(dialect)
    expect(body).not.toMatch(/source_type|source_id/)
  })

  it('H.31 nothing is asked of the paths with hyphens, which only the guides know', async () => {
    const on = await aPlatform(dialect)
    const { id } = await aCall(on)
    const hyphen = await on.practice.api.post(`/v1.0/calls/${id}/recording-start`, { format: 'wav' })
    expect(hyphen).toMatchObject({ status: 404, json: { error: { reason: 'ROUTE_NOT_FOUND' } } })
    const { titles } = await testCall(dialect)
    expect(titles.filter((title) => title.includes('-start') || title.includes('-stop'))).toEqual([])
  })

  it('H.33 where several devices ring, each has a call id and the proof says so', async () => {
    const { practice, ask, ready, state } = await aCompanion(dialect, { onHangUp: () => {} })
    await ready()
    const { extension } = state()
    if (extension.status !== 'ready') throw new Error('no extension')
    practice.line.register(extension.extension, 'sip:other@elsewhere.invalid;transport=ws')
    await ask['quickstart.run']({ only: 'placeCall' })
    await expect
      .poll(() => proof(state(), 'placeCall'), { timeout: 10_000 })
      .toContain('every registered device')
    expect(proof(state(), 'placeCall')).toContain('2 call ids')
  })

  it('H.37 dial_timeout is not sent: there is no such field', async () => {
    const { body } = await testCall(dialect)
    expect(body).not.toContain('dial_timeout')
    expect(Object.keys(JSON.parse(body)).sort()).toEqual(['actions', 'destinations', 'source'])
  })
})

/** What the companion sends for its test call. */
async function testCall(dialect: (typeof dialects)[number]) {
  const { practice, ready, ring, app } = await aCompanion(dialect)
  await ready()
  await ring()
  const trace = await app.handlers['trace.watch']({ on: true })
  const [body] = sent(trace, 'POST', '/v1.0/calls') as [{ actions: Array<{ type: string }> }]
  return {
    practice,
    titles: trace.map(({ title }) => title),
    types: body.actions.map(({ type }) => type),
    body: JSON.stringify(body),
  }
}

type State = ReturnType<Awaited<ReturnType<typeof aCompanion>>['state']>
const proof = ({ quickstart }: State, id: string) =>
  quickstart.steps.find((step) => step.id === id)?.proof ?? ''
