// What somebody on the way could ask of the phone in a call and does not get: a digest, or a secret in its trace.
import { expect, it } from 'vitest'
import type { SwitchSettings } from '../fixture/switches.ts'
import { nowMs } from '../peer/facts.ts'
import { ada, bob, shareScene } from '../support/scene.ts'
import { dial, setHeld } from '../support/verbs.ts'

const scene = shareScene()
const stranger = 'stranger.example.test'

/** Until the end of the test. */
const misbehave = async (settings: SwitchSettings) => {
  const asBefore = Object.fromEntries(Object.keys(settings).map((name) => [name, undefined]))
  await scene().edge.set(settings)
  scene().add(() => scene().edge.set(asBefore))
}
/** Of each request of this method in a call: did it carry credentials? The log may come a moment after the answer. */
const proofs = (method: string, call: string) =>
  scene()
    .edge.log.find('request', { method, call })
    .map(({ proof }) => proof)
const ended = <S extends { status: string }>(session: S) => (session.status === 'ended' ? session : undefined)

it('a realm that is not ours gets no digest on INVITE, and the call fails', async () => {
  await misbehave({ realm: stranger })
  const dialled = await dial(scene().phone, bob.user)
  const end = await dialled.until('the end', ended)
  expect(end).toMatchObject({ sipStatus: 407, error: { code: 'call.notAllowed' } })
  await expect.poll(() => proofs('INVITE', end.sipCallId)).toEqual(['no'])
  const rows = await scene().phone.rows()
  expect(rows.some(({ title }) => title.includes(stranger))).toBe(true)
})

it('a realm that is not ours gets no digest on a re-INVITE, and the call goes on', async () => {
  const { call, sessionId, session } = await scene().talk()
  await call.heard.sound()
  await misbehave({ realm: stranger, challengeInCall: 'INVITE' })
  await expect(setHeld(scene().phone, sessionId, true)).rejects.toThrow(/did not accept/)
  await scene().edge.log.next('challenge', { method: 'INVITE', call: call.callId })
  expect(proofs('INVITE', call.callId)).not.toContain('yes')
  expect(await session()).toMatchObject({ status: 'established', held: { byUs: false } })
  await call.heard.sound(nowMs())
})

it('our own realm is answered on a re-INVITE once, and not again and again', async () => {
  const { call, sessionId } = await scene().talk()
  await call.heard.sound()
  await misbehave({ challengeInCall: 'INVITE' })
  await expect(setHeld(scene().phone, sessionId, true)).rejects.toThrow(/did not accept/)
  const challenges = () => scene().edge.log.find('challenge', { method: 'INVITE', call: call.callId })
  await expect
    .poll(() => challenges().map(({ credentials }) => Number(credentials) > 0))
    .toEqual([false, true])
})

it('not even our own realm gets a digest on BYE, and the call has ended all the same', async () => {
  const { call, hangUp, until } = await scene().talk()
  await call.heard.sound()
  await misbehave({ challengeInCall: 'BYE' })
  await hangUp()
  expect(await until('the end', ({ outcome }) => outcome)).toBe('hungUpByUs')
  await scene().edge.log.next('challenge', { method: 'BYE', call: call.callId })
  // As long as another call takes, no second BYE has come.
  const next = await scene().talk()
  await next.call.heard.sound()
  expect(proofs('BYE', call.callId)).toEqual(['no'])
})

it('an INVITE that proved itself leaves neither password nor digest in the trace', async () => {
  const bobsPhone = await scene().extension()
  const dialled = await dial(scene().phone, bob.user)
  await (await bobsPhone.nextInvitation()).answer()
  const { sipCallId } = await dialled.until('established', (session) =>
    session.status === 'established' ? session : undefined,
  )
  await expect.poll(() => proofs('INVITE', sipCallId)).toContain('yes')
  const rows = (await scene().phone.rows()).filter(({ body }) => body?.includes(sipCallId))
  const trace = rows.map(({ title, body }) => `${title}\n${body ?? ''}`).join('\n')
  expect(trace).toMatch(/^SIP\/2\.0 407 /m)
  expect(trace).toMatch(/^Proxy-Authorization: /m)
  expect(trace).not.toContain(ada.password)
  expect(trace).not.toMatch(/response="?[0-9a-f]{32}/)
  expect(trace).not.toMatch(/c?nonce="[^"]{8,}"/)
})

it('an INVITE for somebody else that comes over our connection is refused with 404, and nothing rings', async () => {
  const { edge, phone } = scene()
  const [binding] = await edge.contacts(ada.user)
  const peer = await scene().caller()
  const call = await peer.call(`${binding?.contact}`.replace(/^sip:[^@]*/, 'sip:mallory'))
  expect(await call.ended()).toMatchObject({ how: 'refused', status: 404 })
  // The edge had brought it to the phone, which refused it.
  await edge.log.next('reply', { call: call.callId, status: 404 })
  expect((await phone.state()).sessions.some(({ sipCallId }) => sipCallId === call.callId)).toBe(false)
})

it('a MESSAGE is refused with 405, in a call and outside of one: nobody would see it', async () => {
  const { call } = await scene().talk()
  const text = { headers: [['Content-Type', 'text/plain']] as const, body: 'Hello' }
  expect((await call.request('MESSAGE', text)).status).toBe(405)
  const peer = await scene().caller()
  const refused = await peer.request('MESSAGE', scene().phoneUri, text)
  expect(refused.status).toBe(405)
  expect(refused.headers.find(([name]) => name === 'Allow')?.[1]).toContain('INVITE')
  await call.heard.sound(nowMs())
})
