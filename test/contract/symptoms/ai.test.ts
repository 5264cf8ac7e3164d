// Contract I.34: an AI that takes part in a call and says nothing, in the envelopes of both dialects.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { aiSilentMs, watchAi } from '../../../main/call/ai-silence.ts'
import { parseFrame } from '../../../main/platform/events/parse-frame.ts'
import { aPlatform, dialects, hear, until } from '../../support/on-practice.ts'
import { keepScopes } from '../../support/open-scopes.ts'

const newScope = keepScopes()
const aiCall = {
  id: 'a1',
  assistance_type: 'ai',
  assistance_id: 'x1',
  reference_type: 'call',
  reference_id: 'c1',
}
const words = { id: 'm1', aicall_id: 'a1', role: 'assistant', content: 'Hello' }
const envelope = {
  documented: (type: string, data: object) => ({ event_type: type, timestamp: '', topic: 'x', data }),
  deployed: (_type: string, data: object) => data,
}

describe.each(dialects)('%s', (dialect) => {
  beforeEach(
    () => void vi.useFakeTimers({ now: 1_800_000_000_000, toFake: ['setTimeout', 'clearTimeout', 'Date'] }),
  )
  afterEach(() => vi.useRealTimers())

  function watch() {
    const told: string[] = []
    const take = watchAi(newScope(), {
      isOurs: (callId) => callId === 'c1',
      tell: ({ code }) => void told.push(code),
    })
    const frame = (type: string, data: object) => {
      const parsed = parseFrame(JSON.stringify(envelope[dialect](type, data)))
      if (!parsed.ok) throw new Error(parsed.why)
      take(parsed.event)
    }
    return { told, frame }
  }

  it('I.34 an AI that is at work and says nothing for 15 s is told, with its keys as the likely cause', async () => {
    const { told, frame } = watch()
    frame('aicall_status_progressing', { ...aiCall, status: 'progressing' })
    frame('aimessage_created', { ...words, role: 'user' })
    await vi.advanceTimersByTimeAsync(aiSilentMs)
    expect(told).toEqual(['call.aiSilent'])
  })

  it('I.34 one that speaks, has ended, or is in the call of somebody else is left alone', async () => {
    const { told, frame } = watch()
    frame('aicall_status_progressing', { ...aiCall, status: 'progressing' })
    frame('aimessage_created', words)
    frame('aicall_status_progressing', { ...aiCall, id: 'a2', status: 'progressing' })
    frame('aicall_status_terminated', { ...aiCall, id: 'a2', status: 'terminated' })
    frame('aicall_status_progressing', { ...aiCall, id: 'a3', reference_id: 'c2', status: 'progressing' })
    await vi.advanceTimersByTimeAsync(aiSilentMs * 2)
    expect(told).toEqual([])
  })
})

it.each(dialects)('I.34 over the event socket of %s both are known', async (dialect) => {
  const on = await aPlatform(dialect)
  const heard = await hear(on.platform, [`customer_id:${on.practice.customerId}:aicall`])
  for (const data of [{ ...aiCall, status: 'progressing' }, words]) {
    const text = JSON.stringify(
      envelope[dialect]('role' in data ? 'aimessage_created' : 'aicall_status_progressing', data),
    )
    await on.practice.pull({ pull: 'rawFrame', text })
  }
  await until(() => heard.events.length === 2)
  expect(heard.events.map(({ kind }) => kind)).toEqual(['aiCall', 'aiMessage'])
})
