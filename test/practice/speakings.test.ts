// Speakings: typed text spoken into a call (contract C.6).
import { describe, expect, it } from 'vitest'
import type { Json, openTestPractice } from '../support/practice.ts'
import { aCall, isLine, language, sleep, transcribe } from '../support/practice-call.ts'

describe('a speaking', () => {
  const wish = (id: string, more = {}) => ({
    reference_type: 'call',
    reference_id: id,
    language,
    direction: 'out',
    ...more,
  })

  async function speaking(options: Parameters<typeof openTestPractice>[0] = {}, more = {}) {
    const scene = await aCall([transcribe, sleep], options)
    await scene.events.until((frame) => scene.data(frame).action?.type === 'sleep')
    const made = await scene.practice.api.post('/v1.0/speakings', wish(scene.id, more))
    const path = `/v1.0/speakings/${made.json.id}`
    const say = (text: string) => scene.practice.api.post(`${path}/say`, { text })
    const lines = () => scene.events.frames.filter(isLine).map((frame) => scene.data(frame).message)
    return { ...scene, made, path, say, lines }
  }

  it('deployed: is active at once; what is said is played in order and transcribed as `out`', async () => {
    const { made, say, events, leg } = await speaking()
    expect(made).toMatchObject({ status: 201, json: { status: 'active', provider: 'elevenlabs' } })
    expect((await say('first words')).json.status).toBe('active')
    await say('second words')
    await events.until((frame) => isLine(frame) && frame.message === 'second words')
    const lines = events.frames.filter(isLine)
    expect([...new Set(lines.map((frame) => frame.message))]).toEqual(['first words', 'second words'])
    expect(lines.every((frame) => frame.direction === 'out')).toBe(true)
    expect(leg.playedMs).toBeGreaterThan(0)
  })

  it('documented: begins as initiating, becomes active and tells it', async () => {
    const { made, say, path, practice, events, data } = await speaking({ dialect: 'documented' })
    expect(made).toMatchObject({ status: 201, json: { status: 'initiating', tm_update: '' } })
    expect((await say('too early')).status).toBe(400)
    await events.until((frame) => frame.event_type === 'speaking_started')
    expect((await practice.api.get(path)).json.status).toBe('active')
    await say('now')
    await events.until((frame) => isLine(frame) && data(frame).message === 'now')
  })

  it('leaves empty texts out when deployed, and shows them all when documented', async () => {
    const deployed = await speaking({}, { direction: '' })
    expect(Object.keys(deployed.made.json)).not.toEqual(expect.arrayContaining(['voice_id']))
    expect(deployed.made.json.direction).toBeUndefined()
    const documented = await speaking({ dialect: 'documented' })
    expect(documented.made.json).toMatchObject({ voice_id: '', pod_id: '', tm_delete: '' })
    const [listed] = (await documented.practice.api.get('/v1.0/speakings')).json.result
    expect(listed).toMatchObject({ id: documented.made.json.id, pod_id: '' })
  })

  it('deployed: never tells', async () => {
    const { say, events, path, practice } = await speaking()
    await say('hello')
    await events.until(isLine)
    await practice.api.post(`${path}/stop`)
    await events.settled()
    expect(events.frames.some((frame) => frame.provider === 'elevenlabs')).toBe(false)
  })

  it.each([
    ['deployed', 500],
    ['documented', 409],
  ] as const)('%s: a second one on the call is refused with %i', async (dialect, status) => {
    const { practice, id, path } = await speaking({ dialect })
    expect((await practice.api.post('/v1.0/speakings', wish(id))).status).toBe(status)
    await practice.api.post(`${path}/stop`)
    expect((await practice.api.post('/v1.0/speakings', wish(id))).status).toBe(201)
  })

  it.each([
    ['deployed', 404],
    ['documented', 400],
  ] as const)('%s: stopped, it says no more: %i', async (dialect, status) => {
    const { practice, path, say } = await speaking({ dialect })
    for (let turn = 0; turn < 2; turn++)
      expect((await practice.api.post(`${path}/stop`)).json.status).toBe('stopped')
    expect((await say('hello')).status).toBe(status)
    expect((await practice.api.delete(path)).status).toBe(200)
    expect((await practice.api.get(path)).status).toBe(404)
  })

  it('counts bytes when deployed, characters when documented', async () => {
    const emoji = '🎉'.repeat(1251)
    const deployed = await speaking()
    expect((await deployed.say(emoji)).status).toBe(400)
    expect((await deployed.say('x'.repeat(5000))).status).toBe(200)
    expect((await deployed.say('x'.repeat(5001))).status).toBe(400)
    expect((await deployed.say('')).status).toBe(400)
    const documented = await speaking({ dialect: 'documented' })
    await documented.events.until((frame) => frame.event_type === 'speaking_started')
    expect((await documented.say(emoji)).status).toBe(200)
  })

  it('flush of gcp cuts what is spoken and forgets what waits', async () => {
    const { practice, path, say, events, lines } = await speaking({}, { provider: 'gcp' })
    await say('word '.repeat(200).trim())
    await say('waiting')
    await events.until((frame) => frame.streaming_id && frame.message)
    expect((await practice.api.post(`${path}/flush`)).status).toBe(200)
    await say('after')
    await events.until((frame) => isLine(frame) && frame.message === 'after')
    expect(lines()).not.toContain('waiting')
    expect(lines()[0].split(' ').length).toBeLessThan(200)
  })

  it('flush of elevenlabs lets the sentence end that is being spoken, when deployed', async () => {
    const { practice, path, say, events, lines } = await speaking()
    const sentence = 'word '.repeat(40).trim()
    await say(sentence)
    await say('waiting')
    await events.until((frame) => frame.streaming_id && frame.message)
    await practice.api.post(`${path}/flush`)
    await say('after')
    await events.until((frame) => isLine(frame) && frame.message === 'after')
    expect(lines()).toContain(sentence)
    expect(lines()).not.toContain('waiting')
  })

  it('flush before the first say is 404 when deployed', async () => {
    const { practice, path } = await speaking()
    expect((await practice.api.post(`${path}/flush`)).status).toBe(404)
  })

  it('outlives its call when deployed, and ends with it when documented', async () => {
    const deployed = await speaking()
    deployed.leg.bye()
    expect((await deployed.practice.api.get(deployed.path)).json.status).toBe('active')
    expect((await deployed.say('into the void')).status).toBe(200)
    const documented = await speaking({ dialect: 'documented' })
    documented.leg.bye()
    await documented.events.until((frame) => frame.event_type === 'speaking_stopped')
    expect((await documented.practice.api.get(documented.path)).json.status).toBe('stopped')
  })

  it('without a direction is not heard', async () => {
    const { say, leg, practice, id } = await speaking({}, { direction: '' })
    expect((await say('into the wall')).status).toBe(200)
    await practice.api.post(`/v1.0/calls/${id}/talk`, { text: 'behind it' })
    // What talk played is all that was played: two words, not five.
    expect(leg.playedMs).toBeLessThan(30)
  })

  it('is refused for a dead call, an unknown type and an odd direction', async () => {
    const { practice, leg, id } = await aCall([sleep])
    const create = (more: Json) => practice.api.post('/v1.0/speakings', wish(id, more))
    expect((await create({ reference_type: 'x' })).status).toBe(400)
    expect((await create({ direction: 'up' })).status).toBe(400)
    leg.bye()
    expect((await create({})).status).toBe(500)
  })
})

describe.each(['documented', 'deployed'] as const)('the other side of a call, %s', (dialect) => {
  it('speaks at any time, and is transcribed as `out`, with interim text before its end', async () => {
    const { practice, events, id, data } = await aCall([transcribe, sleep], { dialect })
    await events.until((frame) => data(frame).action?.type === 'sleep')
    const text = Array.from({ length: 60 }, (_, at) => `word${at}`).join(' ')
    await practice.pull({ pull: 'farSpeech', callId: id, text })
    await events.until((frame) => isLine(frame) && data(frame).message === text)
    const [interim] = events.frames.map(data).filter((row) => row.streaming_id && row.message)
    expect(interim).toMatchObject({ direction: 'out', message: expect.stringMatching(/^word0 word1/) })
    expect(text.startsWith(interim.message)).toBe(true)
    expect(interim.message).not.toBe(text)
  })
})
