// Calls that survive what happens to the signalling below them, and those that must end. Judged by the caller and by sound.
import { expect, it } from 'vitest'
import type { Edge } from '../fixture/edge.ts'
import type { EdgePhone } from '../fixture/edge-phone.ts'
import { keepEdges } from '../fixture/keep-edges.ts'
import { openRelay, type Relay } from '../fixture/relay.ts'
import { nowMs } from '../peer/facts.ts'
import type { CallOptions } from '../peer/outgoing.ts'
import { refreshed } from '../support/refreshed.ts'
import { ada, bob, type RingingCall, toScene } from '../support/scene.ts'
import { dial, setHeld } from '../support/verbs.ts'

const test = keepEdges({ speaks: true })

/** A phone whose wire to the edge can be cut. */
const openScene = async () => {
  const edge = await test.edge({ users: { [ada.user]: ada.password, [bob.user]: bob.password } })
  const relay = await openRelay(edge.ports.wss)
  test.add(() => relay.close())
  const phone = await test.phone(edge, { ...ada, edges: [`wss://${edge.host}:${relay.port}`] })
  await phone.register()
  const closings: (() => unknown)[] = []
  test.add(async () => {
    for (const close of closings.splice(0).reverse()) await close()
  })
  return { edge, relay, phone, scene: toScene(edge, phone, closings) }
}
const inCall = async (options: CallOptions = {}) => {
  const opened = await openScene()
  const ringing = await opened.scene.talk(options)
  // Answered after the ACK: from here on the call is confirmed at both ends.
  expect((await ringing.call.info('Signal=1\r\n')).status).toBe(200)
  await ringing.call.heard.sound()
  return { ...opened, ...ringing }
}
/** The registration that began after this moment. */
const registeredAgain = (phone: EdgePhone, since: number) =>
  phone.untilRegistration('registered', ({ provenAt }) => provenAt > since, 40_000)
/** Addresses of the last description that we sent. */
const candidatesOf = ({ page }: EdgePhone) =>
  page.evaluate(() =>
    globalThis.bare.rows
      .filter(({ direction, body }) => direction === 'out' && body?.includes('a=candidate'))
      .at(-1)
      ?.body?.split(/\r?\n/)
      .filter((line) => line.startsWith('a=candidate'))
      .map((line) => line.split(' ').slice(4, 6).join(':')),
  )
const talksOn = async ({ call, session }: Pick<RingingCall, 'call' | 'session'>) => {
  await call.heard.sound(nowMs())
  expect((await session()).status).toBe('established')
}
/** The caller's BYE reaches the phone, so the edge knows the way again. */
const canBeHungUp = async ({ call, until }: Pick<RingingCall, 'call' | 'until'>) => {
  expect((await call.bye()).status).toBe(200)
  expect(await until('the end', ({ outcome }) => outcome)).toBe('hungUpByThem')
}

const troubles: [string, (edge: Edge, relay: Relay) => Promise<void> | void][] = [
  ['the socket is cut', (_edge, relay) => relay.cut()],
  ['the edge restarts', (edge) => edge.restart()],
  [
    'the edge crashes and comes back',
    async (edge) => {
      await edge.crash()
      await edge.recover()
    },
  ],
]

it.each(troubles)('%s: people talk on, and the far end can hang up afterwards', async (_what, trouble) => {
  const call = await inCall()
  const since = Date.now()
  await trouble(call.edge, call.relay)
  await registeredAgain(call.phone, since)
  expect((await refreshed(call.edge, call.call)).body).toContain('a=sendrecv')
  await talksOn(call)
  await canBeHungUp(call)
})

it('the machine gets another address: the edge and the caller learn it, and people hear each other', async () => {
  const { edge, relay, phone, call, session, until } = await inCall()
  const before = await candidatesOf(phone)
  expect(before).not.toEqual([])
  const since = Date.now()
  relay.comeFrom('127.0.0.2')
  relay.cut()
  // As the system says it.
  await phone.page.evaluate(() => globalThis.dispatchEvent(new Event('online')))
  await registeredAgain(phone, since)
  const sockets = (await edge.contacts(ada.user)).map(({ socket }) => socket)
  expect(sockets.at(-1)).toMatch(/^127\.0\.0\.2:/)
  await refreshed(edge, call)
  expect(call.dialog.remoteTarget).toContain('127.0.0.2')
  // The media look for a way from the new place as well.
  await expect.poll(() => candidatesOf(phone), { timeout: 10_000 }).not.toEqual(before)
  await talksOn({ call, session })
  await canBeHungUp({ call, until })
})

it.each(['uac', 'uas'] as const)(
  'the session timer runs on over a restart of the edge, refreshed by the %s',
  async (refresher) => {
    const seconds = 6
    const call = await inCall({ sessionTimer: { seconds, refresher } })
    const since = Date.now()
    await call.edge.restart()
    await registeredAgain(call.phone, since)
    // Without a refresh it would have been ended after two thirds of an interval.
    await call.call.heard.packet(nowMs() + 2 * seconds * 1_000, 20_000)
    await talksOn(call)
    await canBeHungUp(call)
  },
)

it('hung up while there is no socket: the BYE arrives when there is one again', async () => {
  const { relay, phone, call, hangUp, until } = await inCall()
  const since = Date.now()
  relay.setNetwork('down')
  relay.cut()
  await phone.until('the loss', ({ registration }) => registration.status !== 'registered')
  await hangUp()
  expect(await until('the end', ({ outcome }) => outcome)).toBe('hungUpByUs')
  relay.setNetwork('up')
  await registeredAgain(phone, since)
  expect(await call.ended()).toMatchObject({ by: 'them', how: 'bye' })
})

it('held while there is no socket: the far end is asked when there is one again', async () => {
  const { relay, phone, call, sessionId, until } = await inCall()
  relay.setNetwork('down')
  relay.cut()
  await phone.until('the loss', ({ registration }) => registration.status !== 'registered')
  const held = setHeld(phone, sessionId, true)
  await call.heard.quiet(500, nowMs())
  relay.setNetwork('up')
  await held
  expect(await until('held', ({ held }) => held.byUs)).toBe(true)
  expect((await call.received('INVITE')).body).toContain('a=sendonly')
})

it('hung up by the caller while we were away: the phone learns it when it comes back', async () => {
  const { relay, phone, call, until } = await inCall()
  relay.setNetwork('down')
  relay.cut()
  await phone.until('the loss', ({ registration }) => registration.status !== 'registered')
  void call.bye().catch(() => {})
  await call.ended()
  relay.setNetwork('up')
  const { outcome, reason } = await until('the end', (session) =>
    session.status === 'ended' ? session : undefined,
  )
  expect([outcome, reason]).toEqual(['hungUpByThem', 'the call was over at the other side'])
})

it('a BYE that got lost on the way: the phone asks, and ends the call', async () => {
  const { call, until } = await inCall()
  call.vanish()
  const end = await until('the end', (session) => (session.status === 'ended' ? session : undefined))
  expect(end).toMatchObject({ outcome: 'hungUpByThem', reason: 'the call was over at the other side' })
})

it('rings on over a cut socket, and is answered over the next one', async () => {
  const { relay, phone, scene } = await openScene()
  const { call, answer, until } = await scene.ring()
  const since = Date.now()
  relay.cut()
  await registeredAgain(phone, since)
  await answer()
  await call.answered()
  await call.heard.sound()
  await canBeHungUp({ call, until })
})

it('dialling into a socket that dies: told at once, and the far end stops ringing', async () => {
  const { relay, phone, scene } = await openScene()
  const bobsPhone = await scene.extension()
  const dialled = await dial(phone, bob.user)
  const invitation = await bobsPhone.nextInvitation()
  invitation.ring()
  await dialled.until('ringing', ({ status }) => status === 'ringing')
  relay.cut()
  const end = await dialled.until('the end', (session) => (session.status === 'ended' ? session : undefined))
  expect(end).toMatchObject({ outcome: 'failed', error: { code: 'sip.unreachable' } })
  await invitation.canceled()
})

it('a re-INVITE with the tags of the call from another place is the same call (contract F.6)', async () => {
  const call = await inCall()
  // The media server behind the edge was replaced: it asks anew, with nothing but the dialog.
  expect((await call.call.reinvite({ sdp: 'none' })).status).toBe(200)
  const { sessions } = await call.phone.state()
  expect(sessions.filter(({ status }) => status !== 'ended')).toHaveLength(1)
  await talksOn(call)
})

it('a late offer: our 200 offers, the ACK answers, and both hear each other', async () => {
  const { scene } = await openScene()
  const { call } = await scene.talk({ sdp: 'none' })
  await call.heard.sound()
})

it('a REFER that nobody asked for is refused, and nobody is called', async () => {
  const { call, phone } = await inCall()
  expect((await call.refer('sip:+19005550100@toll.example')).status).toBe(603)
  expect((await phone.state()).sessions).toHaveLength(1)
})
