// Contract I.24, I.26, I.27, I.29: text that is not taken. I.25 and I.28 take long: unit/speaking has them, in fake time.
import { describe, expect, it } from 'vitest'
import { errorTable } from '../../../common/kit/errors.ts'
import { sayLimitBytes } from '../../../common/model/speaking.ts'
import type { Actions } from '../../../renderer/view/actions.ts'
import { toByteCount, toSpeak } from '../../../renderer/view/speak-view.ts'
import { aCompanion, dialects, failure, until } from '../../support/on-practice.ts'

async function aTalk(dialect: (typeof dialects)[number]) {
  const companion = await aCompanion(dialect)
  await companion.ready()
  // What practice says is transcribed at once, and an item that is transcribed is queued no longer.
  await companion.practice.pull({ pull: 'dropEvents', type: 'transcript_created', count: 1_000 })
  const call = await companion.talk()
  const speaking = () => companion.state().speakings[call.callId]
  await until(() => speaking()?.session.status === 'active')
  return { ...companion, ...call, speaking }
}

describe.each(dialects)('%s', (dialect) => {
  it('I.24 no voice for a call that rings or is over: answer it first', async () => {
    const { ready, talk, practice, state } = await aCompanion(dialect)
    await ready()
    const refuse = { pull: 'failRequest', method: 'POST', path: '/v1.0/speakings', status: 500 } as const
    await practice.pull({ ...refuse, times: 2 })
    const rings = JSON.stringify({ id: '0c1f4b1e-98d8-4f0e-8f9b-2f1f1a7d4c11', status: 'ringing' })
    const { callId } = await talk()
    await practice.pull({ pull: 'answerWith', method: 'GET', path: `/v1.0/calls/${callId}`, text: rings })
    await until(() => ['failed', 'active'].includes(state().speakings[callId]?.session.status ?? ''))
    const { session } = state().speakings[callId] ?? {}
    const code = session?.status === 'failed' ? session.error.code : ''
    expect(['speaking.notAnswered', 'speaking.unavailable']).toContain(code)
    expect(errorTable['speaking.notAnswered'].remedy).toContain('Answer the call first')
  })

  it('I.26 empty text is not sent, long text is counted while it is typed and said in parts', async () => {
    const { ask, callId, speaking } = await aTalk(dialect)
    const empty = await failure(ask['speaking.say']({ callId, text: '  ' }))
    expect(empty.code).toBe('speaking.empty')
    const long = 'a'.repeat(sayLimitBytes + 1)
    expect(toByteCount(long)).toMatchObject({ over: true })
    await ask['speaking.say']({ callId, text: long })
    expect(speaking()?.items).toHaveLength(2)
  })

  it('I.27 text that is refused twice while the session is active is the provider’s fault', async () => {
    const { practice, ask, callId, speaking } = await aTalk(dialect)
    const refuse = { pull: 'failRequest', method: 'POST', path: '/v1.0/speakings/*/say' } as const
    await practice.pull({ ...refuse, status: 404, reason: 'SPEAKING_NOT_FOUND', times: 2 })
    await ask['speaking.say']({ callId, text: 'Hello' })
    await until(() => speaking()?.items[0]?.status === 'failed')
    expect(speaking()?.items[0]?.error).toMatchObject({
      code: 'speaking.noProvider',
      remedy: expect.stringContaining('gcp or aws'),
    })
  })

  it('I.29 what is being spoken can be silenced at once, and not only what waits', async () => {
    const { ask, callId, speaking, state, phone } = await aTalk(dialect)
    await ask['speaking.say']({ callId, text: 'Hello' })
    await until(() => speaking()?.items[0]?.status === 'queued')
    const asked: string[] = []
    const actions = { ask: async (name: string) => void asked.push(name) } as unknown as Actions
    const view = toSpeak(state(), phone.phone, actions)
    if (view.status !== 'ready') throw new Error(view.status)
    view.silence()
    expect(asked).toEqual(['speaking.silence'])
    const before = speaking()?.session
    await ask['speaking.silence']({ callId })
    expect(speaking()?.items[0]?.status).toBe('flushed')
    // Which provider it is nobody said, so the session ended; the next one is ready without being asked for.
    await until(() => speaking()?.session.status === 'active')
    expect(speaking()?.session).not.toEqual(before)
  })
})
