// A machine that sleeps in a call: all processes of the browser stand still while the edge and the caller go on.
import { expect, it } from 'vitest'
import { nowMs } from '../peer/facts.ts'
import { heardByUs } from '../support/heard-by-us.ts'
import { refreshed } from '../support/refreshed.ts'
import { shareScene } from '../support/scene.ts'
import { tonePcm } from '../support/tone.ts'

const scene = shareScene()

/** In a call whose people hear each other. */
const asleep = async () => {
  const talk = await scene().talk()
  await talk.call.heard.sound()
  await scene().phone.freeze()
  return talk
}
const hears = (play: (pcm: Int16Array) => Promise<void>, hertz?: number) => heardByUs(scene(), play, hertz)

it('for some seconds: both hear each other again when it wakes', async () => {
  const { call, session } = await asleep()
  const sleptAt = nowMs()
  // The caller speaks on for four seconds, to nobody.
  await call.play(tonePcm(500, 4))
  expect(call.heard.packets.at(-1)?.at).toBeLessThan(sleptAt + 2_000)
  const wokeAt = nowMs()
  scene().phone.thaw()
  await call.heard.sound(wokeAt)
  expect((await session()).status).toBe('established')
  // What was said meanwhile may still be played for a moment.
  await expect.poll(() => hears(call.play), { timeout: 30_000 }).toBeGreaterThan(1)
})

it('while the caller hangs up: the phone learns it when it wakes', async () => {
  const { call, until } = await asleep()
  call.bye().catch(() => {})
  await call.ended()
  scene().phone.thaw()
  expect(await until('the end', ({ outcome }) => outcome)).toBe('hungUpByThem')
})

it('while the edge restarts: registered again, and the call goes on', async () => {
  const { call, session, until } = await asleep()
  const since = Date.now()
  await scene().edge.restart()
  scene().phone.thaw()
  await scene().edge.log.next('register', { user: '2000', status: 200 }, since)
  expect((await refreshed(scene().edge, call)).body).toContain('a=sendrecv')
  await call.heard.sound(nowMs())
  expect((await session()).status).toBe('established')
  expect((await call.bye()).status).toBe(200)
  expect(await until('the end', ({ outcome }) => outcome)).toBe('hungUpByThem')
})
