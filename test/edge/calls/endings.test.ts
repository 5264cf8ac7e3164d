// How calls over the real edge begin and end, told by the caller and by the phone: both must agree.
import { expect, it } from 'vitest'
import { header, type SipMessage } from '../peer/message.ts'
import { shareScene } from '../support/scene.ts'

const scene = shareScene()

it('rings at once, and the phone knows who calls', async () => {
  const { call, ...ringing } = await scene().ring({
    from: { user: '+15550123', displayName: 'Grace Hopper' },
  })
  expect(call.status).toBe('ringing')
  const session = await ringing.session()
  expect(session).toMatchObject({
    status: 'ringing',
    remote: { user: '+15550123', displayName: 'Grace Hopper' },
  })
})

it('hung up by the caller: our phone says so, and answers the BYE', async () => {
  const { call, until } = await scene().talk()
  expect((await call.bye()).status).toBe(200)
  expect(await until('the end', ({ outcome }) => outcome)).toBe('hungUpByThem')
})

it('hung up by us: the caller gets a BYE, and the media stops', async () => {
  const { call, hangUp, until } = await scene().talk()
  await call.heard.sound()
  await hangUp()
  expect(await call.ended()).toMatchObject({ by: 'them', how: 'bye' })
  expect(await until('the end', ({ outcome }) => outcome)).toBe('hungUpByUs')
})

it('declined: the caller gets 603', async () => {
  const { call, decline, until } = await scene().ring()
  await decline()
  expect(await call.ended()).toMatchObject({ by: 'them', how: 'refused', status: 603 })
  expect(await until('the end', ({ outcome }) => outcome)).toBe('declined')
})

it('canceled while it rings: the phone stops ringing, and no session stays open', async () => {
  const { call, until } = await scene().ring()
  await call.hangUp()
  expect(await call.ended()).toMatchObject({ by: 'us', how: 'cancel', status: 487 })
  expect(await until('the end', ({ outcome }) => outcome)).toBe('canceled')
})

it('answered on another device: this one stops ringing and says where it went', async () => {
  const { phone, edge, add, ring } = scene()
  const other = await phone.another()
  add(() => other.page.close())
  await other.register()
  add(() => other.ask('phone.stop', {}))
  expect(await edge.contacts('2000')).toHaveLength(2)
  const { call, until } = await ring()
  const { id } = await other.until('the call on the other device', ({ sessions }) =>
    sessions.find(({ sipCallId }) => sipCallId === call.callId),
  )
  await other.ask('phone.answer', { sessionId: id })
  await call.answered()
  expect(await until('the end', ({ outcome }) => outcome)).toBe('answeredElsewhere')
  expect((await call.bye()).status).toBe(200)
})

it('not answered: when the caller gives up, the next call rings and is answered as if nothing had been', async () => {
  const { ring, talk } = scene()
  const given = await ring()
  await given.call.hangUp()
  await given.until('the end', ({ outcome }) => outcome)
  const { call } = await talk()
  await call.heard.sound()
  await call.bye()
})

it('an answer that crosses a CANCEL leaves no half of a call', async () => {
  const { call, answer, until } = await scene().ring()
  const [, answered] = await Promise.allSettled([call.hangUp(), answer()])
  const end = await call.ended()
  const { outcome } = await until('the end', (session) => (session.status === 'ended' ? session : undefined))
  // Whoever wins the race, both ends agree: the caller has it canceled, or hears an answer and hangs up on it.
  expect(end.by).toBe('us')
  expect(['canceled', 'hungUpByThem']).toContain(outcome)
  expect(answered.status === 'fulfilled' || outcome === 'canceled').toBe(true)
})

it('a 200 whose ACK is lost comes again until it is acknowledged, and the call lives', async () => {
  const { caller, talk } = scene()
  const peer = await caller()
  const isAck = (message: SipMessage) => message.kind === 'request' && message.method === 'ACK'
  let lost = 0
  peer.wire.fault((way, message) => (way === 'sent' && isAck(message) && lost++ < 2 ? 'lose' : undefined))
  const { call } = await talk({ peer })
  // The third 200 is the first one whose ACK gets through.
  await peer.wire.log.wait('an ACK', ({ way, message, lost }) => way === 'sent' && isAck(message) && !lost)
  const isAnswer = (message: SipMessage) => message.kind === 'response' && message.status === 200
  expect(peer.wire.log.all.filter(({ message }) => isAnswer(message)).length).toBeGreaterThanOrEqual(3)
  await call.heard.sound(performance.timeOrigin + performance.now())
  expect((await call.bye()).status).toBe(200)
})

it('a busy phone that takes one call at a time refuses the second with 486', async () => {
  const { talk, phone, caller, phoneUri } = scene()
  phone.start.secondCall = 'busy'
  await phone.ask('phone.stop', {})
  await phone.register()
  const { call } = await talk()
  const second = await (await caller({ user: '+15550102' })).call(phoneUri)
  const end = await second.ended()
  expect(end).toMatchObject({ by: 'them', how: 'refused', status: 486 })
  expect(end.message && header(end.message, 'User-Agent')).toBe('VoIPBIN-Companion')
  await call.bye()
  phone.start.secondCall = 'ring'
  await phone.ask('phone.stop', {})
  await phone.register()
})
