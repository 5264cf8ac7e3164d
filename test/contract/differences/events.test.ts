// Contract H on events: wildcards, topics, envelopes, and what is announced but never sent.
import { describe, expect, it } from 'vitest'
import { toTopics } from '../../../main/platform/events/topics.ts'
import {
  aCall,
  aCallThatIsUp,
  aCompanion,
  aPlatform,
  dialects,
  hear,
  type OnPractice,
  until,
} from '../../support/on-practice.ts'
import { openTestEvents } from '../../support/practice.ts'

/** An event socket with exactly the topics of an admin. */
const hearAll = (on: OnPractice) =>
  hear(on.platform, toTopics({ role: 'admin', customerId: on.practice.customerId }).flat())

describe.each(dialects)('%s', (dialect) => {
  it('H.8 subscribed with and without *, calls are heard, and each event once', async () => {
    const on = await aPlatform(dialect)
    const heard = await hearAll(on)
    const { id, leg } = await aCallThatIsUp(on)
    leg.bye()
    const own = () =>
      heard.events.flatMap((event) => (event.kind === 'call' && event.call.id === id ? [event] : []))
    await until(() => own().some(({ call }) => call.status === 'hangup'))
    expect(own().filter(({ call }) => call.status === 'hangup')).toHaveLength(1)
    if (dialect === 'deployed') expect(heard.duplicates()).toBeGreaterThan(0)
    // A subscriber with the wildcard alone hears nothing of the one and all of the other.
    const { apiUrl, accessKey } = on.practice.address
    const starred = await openTestEvents(apiUrl, `accesskey=${accessKey}`)
    await starred.subscribe(`customer_id:${on.practice.customerId}:call:*`)
    await on.practice.api.post('/v1.0/calls', {
      source: { type: 'tel', target: on.practice.number },
      destinations: [{ type: 'extension', target_name: 'desk1' }],
    })
    await on.practice.line.nextLeg()
    await starred.settled()
    expect(starred.frames.length > 0).toBe(dialect === 'documented')
  })

  it('H.9 transcripts are heard under `transcribe` as under `transcript`', async () => {
    const on = await aPlatform(dialect)
    const heard = await hearAll(on)
    const { id } = await aCallThatIsUp(on)
    await until(async () => (await on.platform.transcribes.ofCall(id)).length === 1)
    await on.practice.pull({ pull: 'transcript', callId: id, direction: 'in', message: 'hello there' })
    const texts = () =>
      heard.events.flatMap((event) => (event.kind === 'transcript' ? [event.transcript.text] : []))
    await until(() => texts().length > 0)
    expect(texts()).toEqual(['hello there'])
  })

  it('H.10 every envelope is opened: by its own, wrapped, and bare', async () => {
    const on = await aPlatform(dialect)
    const heard = await hearAll(on)
    const row = (id: string) => ({
      id,
      status: 'ringing',
      direction: 'outgoing',
      source: { type: 'tel', target: '+15550100042' },
      destination: { type: 'extension', target_name: 'desk1' },
    })
    const ids = ['1', '2', '3'].map((n) => `0c1f4b1e-98d8-4f0e-8f9b-2f1f1a7d4c1${n}`)
    const [one = '', two = '', three = ''] = ids
    const frames = [
      { event_type: 'call_ringing', timestamp: '2026-01-01T00:00:00Z', topic: 'x', data: row(one) },
      { type: 'call_ringing', data: row(two) },
      row(three),
    ]
    for (const frame of frames) await on.practice.pull({ pull: 'rawFrame', text: JSON.stringify(frame) })
    await until(() => heard.events.length === 3)
    expect(heard.events).toMatchObject(
      ids.map((id) => ({ kind: 'call', type: 'call_ringing', call: { id } })),
    )
    expect(heard.unknown).toEqual([])
    // And what this dialect itself sends.
    await aCall(on)
    await until(() => heard.events.length > 3)
    expect(heard.unknown).toEqual([])
  })

  it('H.11 a voice is known to be ready without an event of it, and with one', async () => {
    const { ready, talk, state, ask } = await aCompanion(dialect)
    await ready()
    const { callId } = await talk()
    await until(() => state().speakings[callId]?.session.status === 'active')
    await ask['speaking.stop']({ callId })
    expect(state().subscription.status).toBe('open')
    const { subscription } = state()
    if (subscription.status === 'open') expect(subscription.unknown).toBe(0)
  })
})
