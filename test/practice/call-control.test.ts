// Several devices of one extension, and what can be done to a call that is up (contract C.3, C.4).
import { describe, expect, it } from 'vitest'
import { openTestEvents, openTestPractice } from '../support/practice.ts'
import { listen, ofCall, place, sleep } from '../support/practice-call.ts'

describe('several devices', () => {
  it('ring together; the first answer wins and the others are cancelled', async () => {
    const practice = await openTestPractice()
    await practice.addPhone('desk1', 3)
    const events = await listen(practice)
    const [group] = (await place(practice)).json.groupcalls
    expect(group).toMatchObject({ call_count: 3 })
    const legs = [await practice.line.nextLeg(), await practice.line.nextLeg(), await practice.line.nextLeg()]
    for (const leg of legs) leg.ring()
    legs[1]?.answer()
    const answered = await events.until((frame) => frame.answer_call_id === group.call_ids[1])
    expect(answered.status).toBe('progressing')
    const lost = await events.until(ofCall(group.call_ids[0], 'hangup'))
    expect(lost).toMatchObject({ hangup_by: 'local', hangup_reason: 'cancel' })
    await practice.api.post(`/v1.0/groupcalls/${group.id}/hangup`)
    const over = await events.until((frame) => frame.id === group.id && frame.status === 'hangup')
    expect(over.call_count).toBe(0)
  })

  it('ring one after the other in a linear groupcall', async () => {
    const practice = await openTestPractice()
    await practice.addPhone('desk1', 2)
    const wish = {
      source: { type: 'tel', target: practice.number },
      destinations: [{ type: 'extension', target_name: 'desk1' }],
      ring_method: 'linear',
      answer_method: 'hangup_others',
      actions: [sleep],
    }
    const group = (await practice.api.post('/v1.0/groupcalls', wish)).json
    const first = await practice.line.nextLeg()
    expect(practice.line.legs).toHaveLength(1)
    first.refuse(486)
    const second = await practice.line.nextLeg()
    second.answer()
    const now = (await practice.api.get(`/v1.0/groupcalls/${group.id}`)).json
    expect(now).toMatchObject({ answer_call_id: group.call_ids[1], call_count: 1 })
  })

  it('do not ring when the group was hung up before its calls were born', async () => {
    const practice = await openTestPractice()
    await practice.addPhone('desk1', 2)
    const events = await listen(practice)
    const [group] = (await place(practice)).json.groupcalls
    await practice.api.post(`/v1.0/groupcalls/${group.id}/hangup`)
    await events.until((frame) => frame.id === group.id && frame.status === 'hangup')
    expect(practice.line.legs).toEqual([])
    const [call] = (await practice.api.get('/v1.0/calls')).json.result
    expect(call).toMatchObject({ status: 'hangup', hangup_reason: 'cancel', hangup_by: 'local' })
  })

  it('of an agent ring below a groupcall of its own', async () => {
    const practice = await openTestPractice()
    const me = (await (await practice.as('agent')).get('/v1.0/me')).json
    practice.line.register('desk')
    const events = await listen(practice)
    const wanted = { destinations: [{ type: 'agent', target: me.id }] }
    const [parent] = (await place(practice, wanted)).json.groupcalls
    expect(parent).toMatchObject({ call_ids: [], groupcall_ids: [expect.any(String)], groupcall_count: 1 })
    const child = (await practice.api.get(`/v1.0/groupcalls/${parent.groupcall_ids[0]}`)).json
    expect(child).toMatchObject({ master_groupcall_id: parent.id, call_ids: [expect.any(String)] })
    const leg = await practice.line.nextLeg()
    leg.answer()
    await events.until((frame) => frame.id === parent.id && frame.answer_groupcall_id === child.id)
    await practice.api.post(`/v1.0/groupcalls/${parent.id}/hangup`)
    await events.until((frame) => frame.id === parent.id && frame.status === 'hangup')
    expect(leg.state.status).toBe('ended')
  })

  it('belong to the agent whose extension was dialled by its id; the legs to nobody', async () => {
    const practice = await openTestPractice()
    const agent = await practice.as('agent')
    const [desk] = (await agent.get('/v1.0/service_agents/extensions')).json.result
    practice.line.register('desk')
    const events = await openTestEvents(practice.address.apiUrl, `token=${agent.bearer}`)
    const me = (await agent.get('/v1.0/me')).json
    await events.subscribe(`agent_id:${me.id}:`)
    await place(practice, { destinations: [{ type: 'extension', target: desk.id, target_name: 'desk' }] })
    const leg = await practice.line.nextLeg()
    leg.refuse(486)
    await events.until((frame) => frame.status === 'hangup')
    expect(events.frames.every((frame) => frame.owner_id === me.id && Array.isArray(frame.call_ids))).toBe(
      true,
    )
    expect((await agent.get('/v1.0/service_agents/calls')).json.result).toEqual([])
  })
})

describe('a call that is up', () => {
  async function up() {
    const practice = await openTestPractice()
    await practice.addPhone()
    const [id] = (await place(practice)).json.groupcalls[0].call_ids
    const leg = await practice.line.nextLeg()
    leg.answer()
    return { practice, leg, path: `/v1.0/calls/${id}` }
  }

  it.each(['hold', 'moh', 'silence', 'mute'])('takes %s on and off with an empty body', async (what) => {
    const { practice, path } = await up()
    expect(await practice.api.post(`${path}/${what}`, {})).toMatchObject({ status: 200, text: '' })
    expect(await practice.api.delete(`${path}/${what}`, {})).toMatchObject({ status: 200, text: '' })
  })

  it('talks, except under silence', async () => {
    const { practice, leg, path } = await up()
    const words = { text: 'one two three', language: 'en-US' }
    expect((await practice.api.post(`${path}/talk`, words)).text).toBe('')
    const heard = leg.playedMs
    expect(heard).toBeGreaterThan(0)
    await practice.api.post(`${path}/silence`)
    await practice.api.post(`${path}/talk`, words)
    expect(leg.playedMs).toBe(heard)
  })

  it('shows which side is muted', async () => {
    const { practice, path } = await up()
    await practice.api.post(`${path}/mute`, { direction: 'in' })
    expect((await practice.api.get(path)).json.mute_direction).toBe('in')
    expect((await practice.api.post(`${path}/mute`, { direction: 'sideways' })).status).toBe(400)
  })

  it('is recorded once at a time; the file is not to be had', async () => {
    const { practice, leg, path } = await up()
    const call = (await practice.api.post(`${path}/recording_start`, { format: 'wav' })).json
    expect((await practice.api.post(`${path}/recording_start`, { format: 'wav' })).status).toBe(500)
    const recording = `/v1.0/recordings/${call.recording_id}`
    expect((await practice.api.get(recording)).json.status).toBe('recording')
    leg.bye()
    expect((await practice.api.get(recording)).json.status).toBe('ended')
    const file = await practice.api.get(`/v1.0/recordingfiles/${call.recording_id}`)
    expect(file.json.error.reason).toBe('SIGNING_NOT_CONFIGURED')
    expect((await practice.api.post(`${path}/recording_start`, { format: 'wav' })).status).toBe(500)
  })

  it('does not outlive the longest call', async () => {
    const practice = await openTestPractice({ timings: { maxCallMs: 60 } })
    await practice.addPhone()
    const events = await listen(practice)
    const [id] = (await place(practice)).json.groupcalls[0].call_ids
    const leg = await practice.line.nextLeg()
    leg.answer()
    expect((await events.until(ofCall(id, 'hangup'))).hangup_by).toBe('local')
  })
})
