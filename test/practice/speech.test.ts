// Flows, transcripts and speakings over a fake line: what is said, what is heard, what is written (contract C.5, C.6, D).
import { describe, expect, it } from 'vitest'
import type { FakeLeg } from '../support/fake-line.ts'
import {
  type Json,
  openTestEvents,
  openTestPractice,
  type TestEvents,
  type TestPractice,
} from '../support/practice.ts'

interface Scene {
  practice: TestPractice
  events: TestEvents
  leg: FakeLeg
  id: string
  /** What an event is about, whatever its envelope. */
  data(frame: Json): Json
}

/** A call with these actions, answered. */
async function call(actions: Json[], options: Parameters<typeof openTestPractice>[0] = {}): Promise<Scene> {
  const practice = await openTestPractice(options)
  await practice.addPhone()
  const { apiUrl, accessKey } = practice.address
  const events = await openTestEvents(apiUrl, `accesskey=${accessKey}`)
  await events.subscribe(`customer_id:${practice.customerId}`)
  const { json } = await practice.api.post('/v1.0/calls', {
    source: { type: 'tel', target: practice.number },
    destinations: [{ type: 'extension', target_name: 'desk1' }],
    actions,
  })
  const leg = await practice.line.nextLeg()
  leg.answer()
  const id = json.calls[0]?.id ?? json.groupcalls[0].call_ids[0]
  return { practice, events, leg, id, data: (frame) => frame.data ?? frame }
}

const language = 'en-US'
const sleep = { type: 'sleep', option: { duration: 600_000 } }
const talk = (text: string) => ({ type: 'talk', option: { text, language, gender: 'female' } })
const transcribe = { type: 'transcribe_start', option: { language } }
const isLine = (frame: Json) => (frame.data ?? frame).tm_transcript !== undefined

describe('a flow', () => {
  it('runs after the answer and hangs up after its last action', async () => {
    const { events, leg, id } = await call([{ type: 'answer' }, talk('one two three'), { type: 'beep' }])
    const over = await events.until((frame) => frame.id === id && frame.status === 'hangup')
    expect(over).toMatchObject({ hangup_by: 'local', hangup_reason: 'normal' })
    expect(leg.playedMs).toBeGreaterThan(0)
  })

  it('skips an action it cannot run or that fails', async () => {
    const failing = [
      { type: 'connect' },
      transcribe,
      transcribe,
      { type: 'recording_start' },
      { type: 'recording_start' },
    ]
    const { events, id } = await call([...failing, talk('still here')])
    const line = await events.until(isLine)
    expect(line.message).toBe('still here')
    await events.until((frame) => frame.id === id && frame.status === 'hangup')
  })

  it('fills in variables', async () => {
    const set = { type: 'variable_set', option: { key: 'who', value: 'Ada' } }
    const { events } = await call([transcribe, set, talk('Hello ${who}, not ${nobody}.')])
    expect((await events.until(isLine)).message).toBe('Hello Ada, not .')
  })

  it('collects digits and branches on them', async () => {
    const { events, leg } = await call([
      transcribe,
      { type: 'digits_receive', option: { duration: 60_000, length: 2, key: '#' } },
      { type: 'branch', option: { target_ids: { '42': 'right' } } },
      talk('wrong'),
      { type: 'hangup' },
      { id: 'right', ...talk('right') },
    ])
    await events.until((frame) => frame.action?.type === 'digits_receive')
    leg.dtmf('4')
    leg.dtmf('2')
    expect((await events.until(isLine)).message).toBe('right')
  })

  it('jumps back as often as it says', async () => {
    const { events, id } = await call([
      transcribe,
      { id: 'again', ...talk('again') },
      { type: 'goto', option: { target_id: 'again', loop_count: 2 } },
    ])
    await events.until((frame) => frame.id === id && frame.status === 'hangup')
    const lines = new Set(events.frames.filter(isLine).map((frame) => frame.id))
    expect(lines.size).toBe(3)
  })

  it('echoes what the phone says', async () => {
    const { events, leg, id } = await call([{ type: 'echo', option: { duration: 400 } }])
    await events.until((frame) => frame.action?.type === 'echo')
    leg.speak(600)
    await events.until((frame) => frame.id === id && frame.status === 'hangup')
    expect(leg.playedMs).toBeGreaterThan(0)
  })

  it('makes a summary that says that no AI was asked', async () => {
    const { practice, events } = await call([{ type: 'ai_summary', option: { language } }, sleep])
    await events.until((frame) => frame.action?.type === 'sleep')
    const { result } = (await practice.api.get('/v1.0/aisummaries')).json
    expect(result).toMatchObject([{ reference_type: 'call', status: 'done' }])
    expect(result[0].content).toContain('no AI')
  })
})

describe('the transcript', () => {
  it('has an `out` line for what was played, after started, interim and ended', async () => {
    const { events, practice, id } = await call([transcribe, talk('one two three four'), sleep])
    const line = await events.until(isLine)
    expect(line).toMatchObject({ direction: 'out', message: 'one two three four' })
    expect(line.tm_transcript).toMatch(/^0001-01-01T00:00:\d\d\.\d{3}Z$/)
    const speech = events.frames.filter((frame) => frame.streaming_id)
    expect(new Set(speech.map((frame) => frame.message))).toEqual(new Set([undefined, 'one two']))
    const [process] = (await practice.api.get(`/v1.0/transcribes?reference_type=call&reference_id=${id}`))
      .json.result
    expect(process).toMatchObject({ id: line.transcribe_id, status: 'progressing', direction: 'both' })
  })

  it('has an `in` line that is honest about having no recogniser', async () => {
    const { events, leg } = await call([transcribe, sleep])
    await events.until((frame) => frame.action?.type === 'sleep')
    leg.speak(800)
    const line = await events.until(isLine)
    expect(line.direction).toBe('in')
    expect(line.message).toMatch(/^\(speech of 0\.\d s; practice has no recogniser\)$/)
  })

  it('has the words of the recogniser, or those a string put into its mouth', async () => {
    const recogniser = { name: 'test', recognise: async () => 'alfa bravo' }
    const { practice, events, leg } = await call([transcribe, sleep], {
      parts: { openRecogniser: async () => recogniser },
    })
    await events.until((frame) => frame.action?.type === 'sleep')
    leg.speak(600)
    expect((await events.until(isLine)).message).toBe('alfa bravo')
    await practice.pull({ pull: 'hear', lines: ['as told'] })
    leg.speak(600)
    await events.until((frame) => frame.message === 'as told')
  })

  it('has only the words that were played when the call ends in the midst of them', async () => {
    const { events, leg, id } = await call([transcribe, talk('word '.repeat(100).trim()), sleep])
    await events.until((frame) => frame.message && frame.streaming_id)
    leg.bye()
    await events.until((frame) => frame.id === id && frame.status === 'hangup')
    const words = (await events.until(isLine)).message.split(' ').length
    expect(words).toBeGreaterThan(10)
    expect(words).toBeLessThan(100)
  })

  it('runs once a language; a second start is a conflict', async () => {
    const { practice, id } = await call([transcribe, sleep])
    const wish = { reference_type: 'call', reference_id: id, language }
    const again = await practice.api.post('/v1.0/transcribes', wish)
    expect(again).toMatchObject({
      status: 409,
      json: { error: { reason: 'TRANSCRIBE_ALREADY_PROGRESSING' } },
    })
    expect((await practice.api.post('/v1.0/transcribes', { ...wish, language: 'ko-KR' })).status).toBe(200)
  })

  it('stops on request, repeatably, and at hang-up', async () => {
    const { practice, events, leg, id } = await call([sleep])
    const start = async (tongue: string) =>
      (
        await practice.api.post('/v1.0/transcribes', {
          reference_type: 'call',
          reference_id: id,
          language: tongue,
        })
      ).json
    const [first, second] = [await start('en-US'), await start('de-DE')]
    for (let turn = 0; turn < 2; turn++)
      expect((await practice.api.post(`/v1.0/transcribes/${first.id}/stop`)).json.status).toBe('done')
    leg.bye()
    await events.until((frame) => frame.id === second.id && frame.status === 'done')
  })

  it.each([
    ['deployed', 500],
    ['documented', 400],
  ] as const)('%s: cannot begin after the end: %i', async (dialect, status) => {
    const { practice, leg, id } = await call([sleep], { dialect })
    leg.bye()
    const wish = { reference_type: 'call', reference_id: id, language }
    expect((await practice.api.post('/v1.0/transcribes', wish)).status).toBe(status)
    expect((await practice.api.post('/v1.0/transcribes', { ...wish, reference_type: 'x' })).status).toBe(400)
  })

  it('ignores paging and always gives a token, while an agent’s list really pages', async () => {
    const { practice, events, id } = await call([transcribe, sleep])
    await events.until((frame) => frame.action?.type === 'sleep')
    await practice.pull({ pull: 'transcript', callId: id, direction: 'in', message: 'line', repeat: 105 })
    const [{ id: of }] = (await practice.api.get('/v1.0/transcribes')).json.result
    const path = `transcripts?transcribe_id=${of}&page_size=2`
    const first = (await practice.api.get(`/v1.0/${path}`)).json
    const next = (await practice.api.get(`/v1.0/${path}&page_token=${first.next_page_token}`)).json
    expect(first.result).toHaveLength(100)
    expect(next).toEqual(first)
    const agent = await practice.as('agent')
    expect((await agent.get(`/v1.0/service_agents/${path}`)).json.result).toHaveLength(2)
  })

  it('documented: comes in an envelope under its transcribe', async () => {
    const { events, practice } = await call([transcribe, talk('hello there'), sleep], {
      dialect: 'documented',
    })
    const frame = await events.until((one) => one.event_type === 'transcript_created')
    expect(frame.topic).toBe(`customer_id:${practice.customerId}:transcribe:${frame.data.transcribe_id}`)
    expect(frame.data).toMatchObject({ direction: 'out', message: 'hello there' })
  })
})

describe('a speaking', () => {
  const wish = (id: string, more = {}) => ({
    reference_type: 'call',
    reference_id: id,
    language,
    direction: 'out',
    ...more,
  })

  async function speaking(options: Parameters<typeof openTestPractice>[0] = {}, more = {}) {
    const scene = await call([transcribe, sleep], options)
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
    const { practice, leg, id } = await call([sleep])
    const create = (more: Json) => practice.api.post('/v1.0/speakings', wish(id, more))
    expect((await create({ reference_type: 'x' })).status).toBe(400)
    expect((await create({ direction: 'up' })).status).toBe(400)
    leg.bye()
    expect((await create({})).status).toBe(500)
  })
})
