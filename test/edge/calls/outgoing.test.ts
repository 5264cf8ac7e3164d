// Calls that are dialled at our phone, over the real edge, judged by whoever is called.
import { expect, it } from 'vitest'
import { nowMs } from '../peer/facts.ts'
import { header } from '../peer/message.ts'
import type { Peer } from '../peer/peer.ts'
import { heardByUs } from '../support/heard-by-us.ts'
import { bob, shareScene } from '../support/scene.ts'
import { tonePcm } from '../support/tone.ts'
import { toneSeconds } from '../support/tone-seconds.ts'
import { type Dialled, dial } from '../support/verbs.ts'

const scene = shareScene()

/** Rings at Bob's. */
const callBob = async () => {
  const bobsPhone = await scene().extension()
  const dialled = await dial(scene().phone, bob.user)
  return { dialled, bobsPhone, invitation: await bobsPhone.nextInvitation() }
}
/** Everything that is no extension goes to this peer: the telephone network. */
const openNetwork = async (): Promise<Peer> => {
  const { edge, caller, add } = scene()
  const network = await caller({ domain: 'network.test' })
  await edge.set({ trunk: `${network.place.host}:${network.place.port}` })
  add(() => edge.set({ trunk: undefined }))
  return network
}
const hears = (play: (pcm: Int16Array) => Promise<void>, hertz?: number) => heardByUs(scene(), play, hertz)
const ended = (dialled: Dialled) =>
  dialled.until('the end', (session) => (session.status === 'ended' ? session : undefined))

it('an extension rings after the 407 of the edge, and people hear each other', async () => {
  const { dialled, invitation } = await callBob()
  expect(invitation.from).toMatchObject({ user: '2000' })
  invitation.ring()
  await dialled.until('ringing', ({ status }) => status === 'ringing')
  const call = await invitation.answer()
  await dialled.until('established', ({ status }) => status === 'established')
  await call.heard.sound()
  const ear = await scene().ear()
  await call.play(tonePcm(600, 2))
  expect(toneSeconds(await ear.stop(), 600)).toBeGreaterThan(1)
  await dialled.hangUp()
  expect(await call.ended()).toMatchObject({ by: 'them', how: 'bye' })
  expect(await ended(dialled)).toMatchObject({ outcome: 'hungUpByUs', direction: 'outgoing' })
})

it('while the other phone rings the person hears it ring, until somebody speaks', async () => {
  const { dialled, invitation } = await callBob()
  const ear = await scene().ear()
  invitation.ring()
  await dialled.until('ringing', ({ status }) => status === 'ringing')
  await ear.until(2)
  expect(toneSeconds(await ear.stop(), 425)).toBeGreaterThan(0.7)
  const call = await invitation.answer()
  const afterwards = await scene().ear()
  await call.play(tonePcm(600, 2))
  const pcm = await afterwards.stop()
  expect(toneSeconds(pcm, 425)).toBe(0)
  expect(toneSeconds(pcm, 600)).toBeGreaterThan(1)
  await dialled.hangUp()
  await call.ended()
})

it('a telephone number reaches the network as E.164, and hangs up on us', async () => {
  const network = await openNetwork()
  const dialled = await dial(scene().phone, '+1 (555) 010-0')
  const invitation = await network.nextInvitation()
  expect(invitation.called).toBe('+15550100')
  const call = await invitation.answer()
  await call.heard.sound()
  expect((await call.bye()).status).toBe(200)
  expect(await ended(dialled)).toMatchObject({ outcome: 'hungUpByThem' })
})

it('an announcement before the answer is heard, and nothing of us before it', async () => {
  const network = await openNetwork()
  const dialled = await dial(scene().phone, '+15550101')
  const invitation = await network.nextInvitation()
  const ear = await scene().ear()
  invitation.early()
  await dialled.until('sound before the answer', ({ earlyMedia, progress }) => earlyMedia && progress === 183)
  await invitation.call.play(tonePcm(800, 2))
  expect(toneSeconds(await ear.stop(), 800)).toBeGreaterThan(1)
  expect(invitation.call.heard.level()).toBeLessThan(50)
  expect((await dialled.session()).status).toBe('dialing')
  const answeredAt = performance.timeOrigin + performance.now()
  await invitation.answer()
  await invitation.call.heard.sound(answeredAt)
  await dialled.hangUp()
  await invitation.call.ended()
})

it.each([
  [404, 'refused', 'call.targetUnknown'],
  [480, 'refused', 'call.targetAway'],
  [486, 'busy', undefined],
  [488, 'refused', 'call.notAccepted'],
  [500, 'failed', 'call.notConnected'],
  [600, 'busy', undefined],
  [603, 'refused', undefined],
])('%i of the called phone is %s', async (status, outcome, code) => {
  const { dialled, invitation } = await callBob()
  invitation.ring()
  invitation.refuse(status)
  const end = await ended(dialled)
  expect([end.outcome, end.sipStatus, end.error?.code]).toEqual([outcome, status, code])
})

it('nobody of that name: the 404 of the edge, in words', async () => {
  const dialled = await dial(scene().phone, 'nobody')
  expect(await ended(dialled)).toMatchObject({ outcome: 'refused', error: { code: 'call.targetUnknown' } })
})

it('an extension without a device is away', async () => {
  const dialled = await dial(scene().phone, bob.user)
  expect(await ended(dialled)).toMatchObject({ outcome: 'refused', error: { code: 'call.targetAway' } })
})

it('given up while it rings: the other phone stops ringing', async () => {
  const { dialled, invitation } = await callBob()
  invitation.ring()
  await dialled.until('ringing', ({ status }) => status === 'ringing')
  await dialled.hangUp()
  await invitation.canceled()
  expect(await ended(dialled)).toMatchObject({ outcome: 'hungUpByUs' })
})

it('given up before it rings: the other phone never answers into nothing', async () => {
  const bobsPhone = await scene().extension()
  const dialled = await dial(scene().phone, bob.user)
  await dialled.hangUp()
  const invitation = await bobsPhone.nextInvitation()
  await invitation.canceled()
})

it('given up in the moment of the answer: the call ends at both ends', async () => {
  const { dialled, invitation } = await callBob()
  invitation.ring()
  await dialled.until('ringing', ({ status }) => status === 'ringing')
  await Promise.all([dialled.hangUp(), invitation.answer().catch(() => {})])
  const end = await invitation.call.ended()
  expect(end.by).toBe('them')
  expect(['cancel', 'bye']).toContain(end.how)
})

it('two devices of an extension ring, one answers, the other one stops', async () => {
  const first = await scene().extension()
  const second = await scene().extension()
  const dialled = await dial(scene().phone, bob.user)
  const [left, right] = await Promise.all([first.nextInvitation(), second.nextInvitation()])
  left.ring()
  right.ring()
  await dialled.until('ringing', ({ status }) => status === 'ringing')
  const call = await right.answer()
  await left.canceled()
  await call.heard.sound()
  await dialled.until('established', ({ status }) => status === 'established')
  await dialled.hangUp()
  expect(await call.ended()).toMatchObject({ how: 'bye' })
})

it('an announcement of one device, and the answer of another one: each is heard in its time', async () => {
  const first = await scene().extension()
  const second = await scene().extension()
  const dialled = await dial(scene().phone, bob.user)
  const [left, right] = await Promise.all([first.nextInvitation(), second.nextInvitation()])
  left.early()
  await dialled.until('early media', ({ earlyMedia }) => earlyMedia)
  expect(await hears((pcm) => left.call.play(pcm), 500)).toBeGreaterThan(1)
  const call = await right.answer()
  await left.canceled()
  await dialled.until('established', ({ status }) => status === 'established')
  await call.heard.sound(nowMs())
  await expect.poll(() => hears(call.play, 700), { timeout: 30_000 }).toBeGreaterThan(1)
})

it('a redirection is not followed', async () => {
  const { dialled, invitation } = await callBob()
  invitation.respond(302, [['Contact', '<sip:+19005550100@toll.example>']])
  expect(await ended(dialled)).toMatchObject({ sipStatus: 302, outcome: 'failed' })
})

it('a late BYE of ours finds the other end by its Contact and route', async () => {
  const { dialled, invitation } = await callBob()
  const call = await invitation.answer()
  await dialled.hangUp()
  const bye = await call.received('BYE')
  expect(header(bye, 'CSeq')).toMatch(/ BYE$/)
})
