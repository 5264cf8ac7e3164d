// Transcripts: `out` is what was played, `in` what the phone said (contract B.7, C.5).
import { describe, expect, it } from 'vitest'
import { aCall, isLine, language, sleep, talk, transcribe } from '../support/practice-call.ts'

describe('the transcript', () => {
  it('has an `out` line for what was played, after started, interim and ended', async () => {
    const { events, practice, id } = await aCall([transcribe, talk('one two three four'), sleep])
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
    const { events, leg } = await aCall([transcribe, sleep])
    await events.until((frame) => frame.action?.type === 'sleep')
    leg.speak(800)
    const line = await events.until(isLine)
    expect(line.direction).toBe('in')
    expect(line.message).toMatch(/^\(speech of 0\.\d s; practice has no recogniser\)$/)
  })

  it('has the words of the recogniser, or those a string put into its mouth', async () => {
    const recogniser = { name: 'test', recognise: async () => 'alfa bravo' }
    const { practice, events, leg } = await aCall([transcribe, sleep], {
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
    const { events, leg, id } = await aCall([transcribe, talk('word '.repeat(100).trim()), sleep])
    await events.until((frame) => frame.message && frame.streaming_id)
    leg.bye()
    await events.until((frame) => frame.id === id && frame.status === 'hangup')
    const words = (await events.until(isLine)).message.split(' ').length
    expect(words).toBeGreaterThan(10)
    expect(words).toBeLessThan(100)
  })

  it('runs once a language; a second start is a conflict', async () => {
    const { practice, id } = await aCall([transcribe, sleep])
    const wish = { reference_type: 'call', reference_id: id, language }
    const again = await practice.api.post('/v1.0/transcribes', wish)
    expect(again).toMatchObject({
      status: 409,
      json: { error: { reason: 'TRANSCRIBE_ALREADY_PROGRESSING' } },
    })
    expect((await practice.api.post('/v1.0/transcribes', { ...wish, language: 'ko-KR' })).status).toBe(200)
  })

  it('stops on request, repeatably, and at hang-up', async () => {
    const { practice, events, leg, id } = await aCall([sleep])
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
    const { practice, leg, id } = await aCall([sleep], { dialect })
    leg.bye()
    const wish = { reference_type: 'call', reference_id: id, language }
    expect((await practice.api.post('/v1.0/transcribes', wish)).status).toBe(status)
    expect((await practice.api.post('/v1.0/transcribes', { ...wish, reference_type: 'x' })).status).toBe(400)
  })

  it('ignores paging and always gives a token, while an agent’s list really pages', async () => {
    const { practice, events, id } = await aCall([transcribe, sleep])
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
    const { events, practice } = await aCall([transcribe, talk('hello there'), sleep], {
      dialect: 'documented',
    })
    const frame = await events.until((one) => one.event_type === 'transcript_created')
    expect(frame.topic).toBe(`customer_id:${practice.customerId}:transcribe:${frame.data.transcribe_id}`)
    expect(frame.data).toMatchObject({ direction: 'out', message: 'hello there' })
  })
})
