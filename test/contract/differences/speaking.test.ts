// Contract H on speaking into a call: its statuses, its refusals, its limit, its end.
import { describe, expect, it } from 'vitest'
import { splitText } from '../../../main/speaking/split.ts'
import type { Actions } from '../../../renderer/view/actions.ts'
import { toSpeak } from '../../../renderer/view/speak-view.ts'
import {
  aCall,
  aCallThatIsUp,
  aCompanion,
  aPlatform,
  dialects,
  failure,
  until,
} from '../../support/on-practice.ts'

const speakingOn = (callId: string) => ({ callId, language: 'en-US', direction: 'out' }) as const

/** A companion that talks, with its voice ready. */
async function aTalk(dialect: (typeof dialects)[number]) {
  const companion = await aCompanion(dialect)
  await companion.ready()
  // What practice says is transcribed at once, and an item that is transcribed is queued no longer.
  await companion.practice.pull({ pull: 'dropEvents', type: 'transcript_created', count: 1_000 })
  const call = await companion.talk()
  const session = () => companion.state().speakings[call.callId]?.session
  await until(() => session()?.status === 'active')
  return { ...companion, ...call, session }
}

describe.each(dialects)('%s', (dialect) => {
  it('H.12 a session is ready when it says active, at once or after a while of initiating', async () => {
    const on = await aPlatform(dialect)
    const { id } = await aCallThatIsUp(on)
    const made = await on.platform.speakings.create(speakingOn(id))
    expect(made.status).toBe(dialect === 'documented' ? 'initiating' : 'active')
    const { session, callId, ask, state } = await aTalk(dialect)
    expect(session()?.status).toBe('active')
    await ask['speaking.say']({ callId, text: 'Hello' })
    await until(() => state().speakings[callId]?.items[0]?.status === 'queued')
  })

  it('H.13 a call that cannot take text is read again and named, whatever the status', async () => {
    const on = await aPlatform(dialect)
    const { id, leg } = await aCall(on)
    leg.end('failed')
    await until(async () => (await on.platform.calls.get(id)).status === 'hangup')
    const refused = await failure(on.platform.speakings.create(speakingOn(id)))
    expect(refused.status).toBe(dialect === 'documented' ? 400 : 500)
    for (const status of [400, 404, 409, 500]) {
      const { ready, talk, state, practice } = await aCompanion(dialect)
      await ready()
      await practice.pull({ pull: 'failRequest', method: 'POST', path: '/v1.0/speakings', status, times: 9 })
      await practice.pull({
        pull: 'answerWith',
        method: 'GET',
        path: '/v1.0/calls/*',
        text: JSON.stringify({ id, status: 'hangup' }),
        times: 9,
      })
      const { callId } = await talk()
      await until(() => state().speakings[callId]?.session.status === 'failed')
      expect(state().speakings[callId]?.session).toMatchObject({ error: { code: 'call.gone' } })
    }
  })

  it('H.14 a voice of somebody else on the call is left alone and named, whatever the status', async () => {
    const companion = await aCompanion(dialect)
    await companion.ready()
    const { leg, callId, sessionId } = await companion.ring()
    leg.answer()
    const read = async () => (await companion.practice.api.get(`/v1.0/calls/${callId}`)).json.status
    await until(async () => (await read()) === 'progressing')
    const wish = { reference_type: 'call', reference_id: callId, direction: 'out' }
    const left = await companion.practice.api.post('/v1.0/speakings', wish)
    const second = await companion.practice.api.post('/v1.0/speakings', wish)
    expect([left.status, second.status]).toEqual([201, dialect === 'documented' ? 409 : 500])
    await companion.phone.changeSession(sessionId, { status: 'established', answeredAt: Date.now() })
    await until(() => companion.state().speakings[callId]?.session.status === 'failed')
    expect(companion.state().speakings[callId]?.session).toMatchObject({ error: { code: 'speaking.taken' } })
    const theirs = await companion.practice.api.get(`/v1.0/speakings/${left.json.id}`)
    expect([theirs.status, theirs.json.status]).not.toContain('stopped')
    expect(theirs.status).toBe(200)
  })

  it('H.15 text for a session that has ended is said on a new one, whatever the status', async () => {
    const { practice, callId, ask, state, session } = await aTalk(dialect)
    const first = session()
    const id = first?.status === 'active' ? first.speakingId : ''
    await practice.api.post(`/v1.0/speakings/${id}/stop`)
    const bare = await practice.api.post(`/v1.0/speakings/${id}/say`, { text: 'x' })
    expect(bare.status).toBe(dialect === 'documented' ? 400 : 404)
    await ask['speaking.say']({ callId, text: 'Once more' })
    await until(() => state().speakings[callId]?.items[0]?.status === 'queued')
    expect(session()).toMatchObject({ status: 'active' })
    expect(session()).not.toMatchObject({ speakingId: id })
  })

  it('H.16 long text goes in pieces that both countings take: 5,000 bytes are at most 5,000 characters', async () => {
    const on = await aPlatform(dialect)
    const { id } = await aCallThatIsUp(on)
    const { id: voice } = await on.platform.speakings.create(speakingOn(id))
    await until(async () => (await on.platform.speakings.get(voice)).status === 'active')
    const text = 'Grüße aus Köln. '.repeat(450)
    const pieces = splitText(text)
    expect(pieces.length).toBeGreaterThan(1)
    for (const piece of pieces) {
      expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(5_000)
      await on.platform.speakings.say(voice, piece)
    }
    const characters = 'ü'.repeat(4_999)
    const outcome = await on.platform.speakings.say(voice, characters).then(
      () => 'taken',
      ({ status }) => status,
    )
    expect(outcome).toBe(dialect === 'documented' ? 'taken' : 400)
  })

  it('H.17 stop ends the session, and the next text opens another', async () => {
    const { practice, callId, ask, state, session } = await aTalk(dialect)
    const first = session()
    const id = first?.status === 'active' ? first.speakingId : ''
    await ask['speaking.stop']({ callId })
    expect(session()?.status).toBe('stopped')
    expect((await practice.api.get(`/v1.0/speakings/${id}`)).status).toBe(404)
    await ask['speaking.say']({ callId, text: 'And again' })
    // Taken, or further already: on a busy machine the moment in between is not seen.
    await until(() =>
      /queued|speaking|heard|transcribed/.test(state().speakings[callId]?.items.at(-1)?.status ?? ''),
    )
  })

  it('H.18 flush clears what waits, also where nothing was said yet; silence now is another button', async () => {
    const { callId, ask, state, phone } = await aTalk(dialect)
    await ask['speaking.flush']({ callId })
    await ask['speaking.say']({ callId, text: 'One' })
    await ask['speaking.say']({ callId, text: 'Two' })
    await until(() => state().speakings[callId]?.items[0]?.status === 'queued')
    await ask['speaking.flush']({ callId })
    expect(state().speakings[callId]?.items.map(({ status }) => status)).toEqual(['flushed', 'flushed'])
    await ask['speaking.say']({ callId, text: 'Three' })
    await until(() => state().speakings[callId]?.items.at(-1)?.status === 'queued')
    const asked: string[] = []
    const actions = { ask: async (name: string) => void asked.push(name) } as unknown as Actions
    const view = toSpeak(state(), phone.phone, actions)
    if (view.status !== 'ready') throw new Error(view.status)
    view.flush?.()
    view.silence()
    expect(asked).toEqual(['speaking.flush', 'speaking.silence'])
  })

  it('H.19 no session outlives its call: the companion takes it away where the platform does not', async () => {
    const { practice, leg, phone, sessionId } = await aTalk(dialect)
    leg.bye()
    await phone.changeSession(sessionId, { status: 'ended', outcome: 'hungUpByThem', endedAt: Date.now() })
    await until(async () => {
      const rows = (await practice.api.get('/v1.0/speakings')).json.result
      return rows.every(({ status }: { status: string }) => status === 'stopped')
    })
    // Left alone, a session of this dialect would…
    const on = await aPlatform(dialect)
    const call = await aCallThatIsUp(on)
    const { id } = await on.platform.speakings.create(speakingOn(call.id))
    call.leg.bye()
    await until(async () => (await on.platform.calls.get(call.id)).status === 'hangup')
    expect((await on.platform.speakings.get(id)).status).toBe(dialect === 'documented' ? 'stopped' : 'active')
  })

  it('H.20 `out` is what this phone hears, of text as of transcripts', async () => {
    const { practice, callId, ask, phone, state, app } = await aTalk(dialect)
    await ask['speaking.say']({ callId, text: 'Hello' })
    await until(() => state().speakings[callId]?.items[0]?.status === 'queued')
    await practice.pull({ pull: 'letGo' })
    for (const direction of ['in', 'out'] as const)
      await practice.pull({ pull: 'transcript', callId, direction, message: `said ${direction}` })
    const lines = () => phone.seen.transcripts[callId] ?? []
    await until(() => lines().length >= 2)
    const told = lines().flatMap((line) => (line.kind === 'line' ? [[line.direction, line.text]] : []))
    expect(told).toContainEqual(['in', 'said in'])
    expect(told).toContainEqual(['out', 'said out'])
    const trace = await app.handlers['trace.watch']({ on: true })
    const created = trace.find(({ title }) => title === 'POST /v1.0/speakings')
    expect(created?.body).toContain('"direction": "out"')
  })

  it('B.5 a text whose answer got lost is listened for, and said again only when a person asks', async () => {
    const { practice, callId, ask, state } = await aTalk(dialect)
    const items = () => state().speakings[callId]?.items ?? []
    await practice.pull({ pull: 'failRequest', method: 'POST', path: '/v1.0/speakings/*/say', status: 0 })
    await ask['speaking.say']({ callId, text: 'Hello' })
    await until(() => items()[0]?.error !== undefined)
    expect(items()[0]).toMatchObject({ status: 'sending' })
    await until(() => items()[0]?.status === 'failed')
    await ask['speaking.again']({ callId, itemId: items()[0]?.id ?? '' })
    await until(() => items()[0]?.status === 'queued')
  })

  it('C.6 another voice for this call makes another session, with all that was chosen', async () => {
    const { practice, callId, ask, session } = await aTalk(dialect)
    const before = session()
    await ask['speaking.choose']({ callId, voice: { language: 'de-DE', provider: 'gcp', voiceId: 'de-1' } })
    await until(() => session()?.status === 'active' && JSON.stringify(session()) !== JSON.stringify(before))
    const rows = (await practice.api.get('/v1.0/speakings')).json.result
    const live = rows.filter(({ status }: { status: string }) => status !== 'stopped')
    expect(live).toMatchObject([{ language: 'de-DE', provider: 'gcp', voice_id: 'de-1' }])
  })

  it('the other side interrupts the voice when it is set, and what was not said is kept', async () => {
    const { practice, callId, ask, state } = await aTalk(dialect)
    await practice.pull({ pull: 'letGo' })
    await ask['settings.change']({ patch: { bargeIn: true } })
    const items = () => state().speakings[callId]?.items ?? []
    const long = Array.from({ length: 400 }, (_, at) => `word${at}`).join(' ')
    await ask['speaking.say']({ callId, text: long })
    await ask['speaking.say']({ callId, text: 'And one thing more' })
    await until(() => items()[0]?.status === 'speaking')
    await practice.pull({ pull: 'farSpeech', callId, text: 'wait '.repeat(60) })
    await until(() => items().every(({ status }) => status === 'interrupted'))
    expect(items().map(({ text }) => text)).toEqual([long, 'And one thing more'])
    await until(() => (items()[0]?.transcriptText ?? '').startsWith('word0 word1'))
    expect(items()[0]?.transcriptText).not.toBe(long)
  })
})
