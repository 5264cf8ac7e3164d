// The whole platform with nothing faked: a real SIP phone answers, hears, speaks, is written down and spoken to.
import { describe, expect, it, onTestFinished } from 'vitest'
import { openPractice } from '../../practice/practice.ts'
import { openVoice } from '../../practice/voice/voice.ts'
import { createPhoneMedia } from '../support/practice/phone-media.ts'
import { openRawPhone } from '../support/practice/raw-phone.ts'
import { createApi, type Json, openTestEvents } from '../support/practice.ts'

const greeting = 'Hello. You can speak now.'

async function openAll(dialect: 'deployed' | 'documented') {
  const practice = await openPractice({ dialect })
  onTestFinished(() => practice.close())
  const { apiUrl, accessKey, edgeUrl, baseDomain } = practice.address
  const api = createApi(apiUrl, { query: `accesskey=${accessKey}` })
  const wish = { name: 'desk1', detail: 'A desk', extension: 'desk1', password: 'pa"ss word' }
  await api.post('/v1.0/extensions', wish)
  const domain = `${practice.customerId}.registrar.${baseDomain}`
  const phone = await openRawPhone({ url: edgeUrl, domain, extension: 'desk1' })
  onTestFinished(() => phone.close())
  const media = createPhoneMedia()
  onTestFinished(() => media.close())
  const events = await openTestEvents(apiUrl, `accesskey=${accessKey}`)
  await events.subscribe(`customer_id:${practice.customerId}:`)
  return { practice, api, phone, media, events, password: wish.password }
}

const dataOf = (frame: Json) => frame.data ?? frame
const isLine = (direction: string) => (frame: Json) =>
  dataOf(frame).tm_transcript !== undefined && dataOf(frame).direction === direction

describe.each(['deployed', 'documented'] as const)('the quickstart, %s', (dialect) => {
  it('runs from registration to hang-up with a real phone', async () => {
    const { practice, api, phone, media, events, password } = await openAll(dialect)
    expect((await phone.register({ password })).status).toBe(200)

    const placed = await api.post('/v1.0/calls', {
      source: { type: 'tel', target: practice.number },
      destinations: [{ type: 'extension', target_name: 'desk1' }],
      actions: [
        { type: 'transcribe_start', option: { language: 'en-US' } },
        { type: 'talk', option: { text: greeting, gender: 'female', language: 'en-US' } },
        { type: 'sleep', option: { duration: 600_000 } },
      ],
    })
    const id = placed.json.calls[0]?.id ?? placed.json.groupcalls[0].call_ids[0]
    const invite = await phone.next(({ method }) => method === 'INVITE', 'INVITE')
    phone.answer(invite, '180 Ringing')
    await events.until((frame) => dataOf(frame).id === id && dataOf(frame).status === 'ringing')
    phone.answer(invite, '200 OK', { body: await media.answer(invite.body) })
    await events.until((frame) => dataOf(frame).id === id && dataOf(frame).status === 'progressing')

    const out = dataOf(await events.until(isLine('out')))
    expect(out.message).toBe(greeting)
    expect(loud(media.heard())).toBeGreaterThan(4_000)

    const voice = await openVoice()
    await media.say(await voice.synthesise('alfa bravo charlie', 'en-US'))
    await media.say(new Int16Array(8_000))
    expect(dataOf(await events.until(isLine('in'))).message).not.toBe('')

    const made = await api.post('/v1.0/speakings', {
      reference_type: 'call',
      reference_id: id,
      direction: 'out',
    })
    expect(made.status).toBe(201)
    if (made.json.status === 'initiating')
      await events.until((frame) => frame.event_type === 'speaking_started')
    const before = loud(media.heard())
    expect((await api.post(`/v1.0/speakings/${made.json.id}/say`, { text: 'Typed words.' })).status).toBe(200)
    await events.until((frame) => isLine('out')(frame) && dataOf(frame).message === 'Typed words.')
    expect(loud(media.heard())).toBeGreaterThan(before)

    await api.post(`/v1.0/calls/${id}/hangup`)
    phone.answer(await phone.next(({ method }) => method === 'BYE', 'BYE'), '200 OK')
    const over = dataOf(
      await events.until((frame) => dataOf(frame).id === id && dataOf(frame).status === 'hangup'),
    )
    expect(over).toMatchObject({ hangup_by: 'local', hangup_reason: 'normal' })
  })
})

/** How many samples are more than hiss. */
const loud = (pcm: Int16Array) => pcm.filter((sample) => Math.abs(sample) > 500).length
