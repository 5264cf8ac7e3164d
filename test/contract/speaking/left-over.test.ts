// A voice on the platform outlives nothing that it was made for, also when its call ended while nobody could be told (contract C.6 item 3).
import { expect, it } from 'vitest'
import { aCompanion, until } from '../../support/on-practice.ts'

it('a speaking session that could not be ended is ended when the platform can be reached again', async () => {
  const { practice, phone, ready, talk, state } = await aCompanion('deployed')
  await ready()
  const { callId, sessionId, leg } = await talk()
  await until(() => state().speakings[callId]?.session.status === 'active')
  const live = async () => {
    const { result } = (await practice.api.get('/v1.0/speakings')).json as { result: { status: string }[] }
    return result.filter(({ status }) => status !== 'stopped').length
  }
  await practice.pull({ pull: 'failRequest', path: '/v1.0/speakings/*', status: 503, times: 2 })
  leg.bye()
  await phone.changeSession(sessionId, { status: 'ended', outcome: 'hungUpByThem', endedAt: Date.now() })
  await until(() => state().speakings[callId]?.session.status !== 'active')
  await until(async () => (await practice.api.get(`/v1.0/calls/${callId}`)).json.status === 'hangup')
  expect(await live()).toBe(1)
  await practice.pull({ pull: 'letGo' })
  await practice.pull({ pull: 'eventSockets' })
  await until(async () => (await live()) === 0)
})
