// What practice is promised of its line, kept by the line of the real edge: the same states, frames and ends.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { InviteOptions, LegState } from '../../../practice/line.ts'
import { levelOf } from '../../../practice/voice/level.ts'
import { createUntil } from '../../support/until.ts'
import { type EdgePhone, openEdgePhone } from '../fixture/edge-phone.ts'
import { makeMicrophone } from '../support/microphone.ts'
import { tonePcm } from '../support/tone.ts'
import { type EdgeLine, openEdgeLine } from './edge-line.ts'

const until = createUntil(10, 20_000)
const customer = '00000000-0000-4000-8000-000000000001'
const ada = { user: '2000', password: 'word-1' }

let line: EdgeLine
let phone: EdgePhone
let microphone: Awaited<ReturnType<typeof makeMicrophone>>
beforeAll(async () => {
  const domain = `${customer}.registrar.practice.localhost`
  line = await openEdgeLine({ port: 0, domain, password: () => undefined, log: () => {} })
  await line.setPassword?.(ada.user, ada.password)
  // Words, not a tone: browsers take a steady tone for noise and remove it.
  microphone = await makeMicrophone()
  phone = await openEdgePhone(line.edge, { ...ada, microphone: { wav: microphone.wav } })
  await phone.register()
})
afterEach(() => {
  Object.assign(line.strings.mute, { toPhone: false, fromPhone: false })
})
afterAll(async () => {
  await phone.close()
  await microphone.remove()
  await line.close()
})

const invite = (more: Partial<InviteOptions> = {}) => {
  const [contact] = line.contacts(ada.user)
  if (!contact) throw new Error('the phone is not registered')
  const from = { user: '+15550100', displayName: 'Practice' }
  const leg = line.invite({ contact, extension: ada.user, from, ringMs: 20_000, ...more })
  const states: LegState['status'][] = []
  leg.onChange(({ status }) => states.push(status))
  const heard: number[] = []
  leg.onAudio((frame) => heard.push(levelOf(frame)))
  const session = () =>
    phone.until('the call', ({ sessions }) => sessions.find(({ sipCallId }) => sipCallId === leg.sipCallId))
  const ended = () => until('the end', () => (leg.state.status === 'ended' ? leg.state : undefined))
  const answer = async () => {
    await until('ringing', () => leg.state.status === 'ringing')
    await phone.ask('phone.answer', { sessionId: (await session()).id })
    await until('the answer', () => leg.state.status === 'answered')
  }
  return { leg, states, heard, session, ended, answer }
}

it('rings, is answered, carries frames both ways and is hung up by the platform', async () => {
  const { leg, states, heard, session, ended, answer } = invite()
  await answer()
  await leg.play(tonePcm(500, 1))
  await until('sound of the phone', () => heard.some((level) => level > 300))
  const { media } = await until('statistics', async () => {
    const found = await session()
    return (found.media?.heardMs ?? 0) > 300 ? found : undefined
  })
  expect(media?.firstHeardAt).toBeGreaterThan(0)
  await leg.hangUp()
  expect(await ended()).toMatchObject({ by: 'local', why: 'normal' })
  expect(states).toEqual(['ringing', 'answered', 'ended'])
  expect((await session()).remote).toMatchObject({ user: '+15550100', displayName: 'Practice' })
})

it('one-way sound, as the string asks for it, and back', async () => {
  const { leg, heard, answer } = invite()
  await answer()
  await until('sound of the phone', () => heard.some((level) => level > 300))
  line.strings.mute.fromPhone = true
  // Longer than any pause between the words.
  await until('silence', () => heard.length > 100 && heard.slice(-100).every((level) => level < 50))
  line.strings.mute.fromPhone = false
  const before = heard.length
  await until('sound again', () => heard.slice(before).some((level) => level > 300))
  await leg.hangUp()
})

it('declined by the phone', async () => {
  const { session, ended } = invite()
  await phone.ask('phone.decline', { sessionId: (await session()).id })
  expect(await ended()).toMatchObject({ by: 'remote', why: 'declined', sipStatus: 603 })
})

it('not answered within its time: the phone stops ringing', async () => {
  const { session, ended } = invite({ ringMs: 1_000 })
  await session()
  expect(await ended()).toMatchObject({ by: 'local', why: 'timeout' })
  expect((await until('the end at the phone', async () => (await session()).outcome)) ?? '').toBe('canceled')
})

it('hung up by the phone', async () => {
  const { session, ended, answer } = invite()
  await answer()
  await phone.ask('phone.hangUp', { sessionId: (await session()).id })
  expect(await ended()).toMatchObject({ by: 'remote', why: 'normal' })
})

it('each device is called by its own contact', async () => {
  const other = await phone.another()
  await other.register()
  const [first, second] = await until('two contacts', () => {
    const contacts = line.contacts(ada.user)
    return contacts.length === 2 ? contacts : undefined
  })
  expect(first?.uri).not.toBe(second?.uri)
  const { leg, ended } = invite({ ...(second && { contact: second }) })
  const ringing = await other.until('the call', ({ sessions }) =>
    sessions.find(({ sipCallId }) => sipCallId === leg.sipCallId),
  )
  expect((await phone.state()).sessions.some(({ sipCallId }) => sipCallId === leg.sipCallId)).toBe(false)
  await other.ask('phone.decline', { sessionId: ringing.id })
  await ended()
  await other.ask('phone.stop', {})
  await other.page.close()
  await until('one contact', () => line.contacts(ada.user).length === 1)
})
