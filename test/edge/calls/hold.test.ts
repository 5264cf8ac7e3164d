// Hold by us and by them on the real edge, judged by what each end hears.
import { expect, it } from 'vitest'
import { nowMs } from '../peer/facts.ts'
import { heardByUs } from '../support/heard-by-us.ts'
import { shareScene } from '../support/scene.ts'
import { setHeld, setMuted } from '../support/verbs.ts'

const scene = shareScene()

const hears = (play: (pcm: Int16Array) => Promise<void>, hertz?: number) => heardByUs(scene(), play, hertz)

it('held by us nobody hears the other, and both do again afterwards', async () => {
  const { call, sessionId, until } = await scene().talk()
  await call.heard.sound()
  await setHeld(scene().phone, sessionId, true)
  expect(await until('held', ({ held }) => held)).toEqual({ byUs: true, byThem: false })
  expect((await call.received('INVITE')).body).toContain('a=sendonly')
  await call.heard.quiet(1000, nowMs())
  expect(await hears(call.play)).toBe(0)
  const resumedAt = nowMs()
  await setHeld(scene().phone, sessionId, false)
  // On a busy machine the path may have been looked for in between.
  const offers = () => call.facts.all.flatMap((fact) => (fact.kind === 'request' ? [fact.message.body] : []))
  expect(offers().at(-1)).toContain('a=sendrecv')
  await call.heard.sound(resumedAt)
  expect(await hears(call.play)).toBeGreaterThan(1)
  expect(await until('resumed', ({ held }) => held)).toEqual({ byUs: false, byThem: false })
})

it('the packets go on while we hold: an edge cuts a leg that sends nothing', async () => {
  const { call, sessionId } = await scene().talk()
  await call.heard.sound()
  await setHeld(scene().phone, sessionId, true)
  await call.heard.packet(nowMs())
})

it('muted without a hold: they get packets of digital silence, and nothing is negotiated', async () => {
  const { call, sessionId } = await scene().talk()
  await call.heard.sound()
  await setMuted(scene().phone, sessionId, true)
  await call.heard.quiet(500, nowMs())
  const mutedAt = nowMs()
  await call.heard.quiet(1000, mutedAt)
  // Not the room turned down: nothing at all.
  expect(call.heard.level(mutedAt)).toBeLessThan(5)
  expect(call.facts.all.filter(({ kind }) => kind === 'request')).toEqual([])
  // And we still hear them.
  expect(await hears(call.play)).toBeGreaterThan(1)
  const unmutedAt = nowMs()
  await setMuted(scene().phone, sessionId, false)
  await call.heard.sound(unmutedAt)
})

it('muted before the hold is muted after it', async () => {
  const { call, sessionId } = await scene().talk()
  await call.heard.sound()
  await setMuted(scene().phone, sessionId, true)
  await setHeld(scene().phone, sessionId, true)
  await setHeld(scene().phone, sessionId, false)
  await call.heard.quiet(1000, nowMs())
  const unmutedAt = nowMs()
  await setMuted(scene().phone, sessionId, false)
  await call.heard.sound(unmutedAt)
})

it.each([
  ['sendonly', { direction: 'sendonly' as const }, 'recvonly'],
  ['inactive', { direction: 'inactive' as const }, 'inactive'],
  ['the address 0.0.0.0', { connection: '0.0.0.0' }, 'recvonly'],
])(
  'held by them with %s: told, answered right, and heard again when they resume',
  async (_how, change, answer) => {
    const { call, until } = await scene().talk()
    await call.heard.sound()
    const held = await call.reinvite(change)
    expect(held.status).toBe(200)
    expect(held.body).toContain(`a=${answer}`)
    expect(await until('held by them', ({ held }) => held.byThem && held)).toEqual({
      byUs: false,
      byThem: true,
    })
    const resumedAt = nowMs()
    expect((await call.reinvite({ direction: 'sendrecv' })).body).toContain('a=sendrecv')
    await until('resumed', ({ held }) => !held.byThem)
    await call.heard.sound(resumedAt)
    expect(await hears(call.play)).toBeGreaterThan(1)
  },
)

it('music while they hold is heard', async () => {
  const { call, until } = await scene().talk()
  await call.reinvite({ direction: 'sendonly' })
  await until('held by them', ({ held }) => held.byThem)
  expect(await hears(call.play, 500)).toBeGreaterThan(1)
})

it('held by both ends, and each lets go for itself', async () => {
  const { call, sessionId, until } = await scene().talk()
  await call.heard.sound()
  await call.reinvite({ direction: 'sendonly' })
  await until('held by them', ({ held }) => held.byThem)
  await setHeld(scene().phone, sessionId, true)
  expect((await call.received('INVITE')).body).toContain('a=inactive')
  expect(await until('held by both', ({ held }) => held.byUs && held)).toEqual({ byUs: true, byThem: true })
  // They let go, and are still held by us.
  expect((await call.reinvite({ direction: 'sendrecv' })).body).toContain('a=sendonly')
  expect(await until('held by us', ({ held }) => !held.byThem && held)).toEqual({ byUs: true, byThem: false })
  expect(await hears(call.play)).toBe(0)
  const resumedAt = nowMs()
  await setHeld(scene().phone, sessionId, false)
  await call.heard.sound(resumedAt)
  expect(await hears(call.play)).toBeGreaterThan(1)
})

it('a hold that they refuse leaves the call as it was, and says so', async () => {
  const { call, sessionId, session } = await scene().talk()
  await call.heard.sound()
  call.manners.reinvite = 488
  const refusedAt = nowMs()
  await expect(setHeld(scene().phone, sessionId, true)).rejects.toThrow(/did not accept/)
  expect(await session()).toMatchObject({ status: 'established', held: { byUs: false, byThem: false } })
  await call.heard.sound(refusedAt)
  expect(await hears(call.play)).toBeGreaterThan(1)
})

it('both ends hold in the same moment: in the end both do', async () => {
  const { call, sessionId, until } = await scene().talk()
  await call.heard.sound()
  const ours = setHeld(scene().phone, sessionId, true)
  const theirs = await call.reinvite({ direction: 'sendonly' })
  if (theirs.status === 491) await call.reinvite({ direction: 'sendonly' })
  await ours
  await until('held by us', ({ held }) => held.byUs)
  const heldAt = nowMs()
  expect(await hears(call.play)).toBe(0)
  expect(call.heard.level(heldAt)).toBeLessThan(50)
})

it('a re-INVITE without an offer gets ours, which keeps the call as it is', async () => {
  const { call, until } = await scene().talk()
  await call.heard.sound()
  const changedAt = nowMs()
  const response = await call.reinvite({ sdp: 'none' })
  expect(response.body).toContain('a=sendrecv')
  await call.heard.sound(changedAt)
  expect(await hears(call.play)).toBeGreaterThan(1)
  expect(await until('established', ({ status }) => status === 'established')).toBe(true)
})

it('another codec in the middle of a call is followed', async () => {
  const { call } = await scene().talk({ codecs: ['PCMU', 'PCMA'] })
  await call.heard.sound()
  const changedAt = nowMs()
  expect((await call.reinvite({ codecs: ['PCMA'] })).status).toBe(200)
  expect(call.media.codec).toBe('PCMA')
  await call.heard.sound(changedAt)
  expect(await hears(call.play)).toBeGreaterThan(1)
})
