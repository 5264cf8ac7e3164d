// Two calls at once on the real edge: who hears whom, judged by both callers and by the ear.
import { expect, it } from 'vitest'
import type { PeerCall } from '../peer/call.ts'
import { nowMs } from '../peer/facts.ts'
import { bob, type RingingCall, shareScene } from '../support/scene.ts'
import { tonePcm } from '../support/tone.ts'
import { toneSeconds } from '../support/tone-seconds.ts'
import { dial, setHeld, swapTo } from '../support/verbs.ts'

const scene = shareScene()
const tones = { first: 500, second: 900 }

/** Both callers speak for two seconds; for how long each is heard by our person. */
const heardByUs = async (first: PeerCall, second: PeerCall) => {
  const ear = await scene().ear()
  await Promise.all([first.play(tonePcm(tones.first, 2)), second.play(tonePcm(tones.second, 2))])
  const pcm = await ear.stop()
  return { first: toneSeconds(pcm, tones.first), second: toneSeconds(pcm, tones.second) }
}
/** The one hears our person, and is heard; the other one neither. */
const expectTalking = async (to: 'first' | 'second', first: RingingCall, second: RingingCall) => {
  const [front, waiting] = to === 'first' ? [first, second] : [second, first]
  const since = nowMs()
  await front.call.heard.sound(since)
  const heard = await heardByUs(first.call, second.call)
  expect(heard[to]).toBeGreaterThan(1)
  expect(heard[to === 'first' ? 'second' : 'first']).toBe(0)
  expect(waiting.call.heard.level(since)).toBeLessThan(50)
}
const twoCalls = async () => {
  const first = await scene().talk({ from: { user: '+15550111' } })
  await first.call.heard.sound()
  const second = await scene().talk({ from: { user: '+15550222' } })
  await first.until('the first one on hold', ({ held }) => held.byUs)
  return { first, second }
}

it('a second call rings beside the first, and answering it puts the first one on hold', async () => {
  const { first, second } = await twoCalls()
  expect((await first.call.received('INVITE')).body).toContain('a=sendonly')
  await expectTalking('second', first, second)
})

it('swaps back and forth, and the one who waits never hears a word', async () => {
  const { first, second } = await twoCalls()
  await swapTo(scene().phone, first.sessionId)
  await expectTalking('first', first, second)
  await swapTo(scene().phone, second.sessionId)
  await expectTalking('second', first, second)
})

it('after a swap the end of the one in front brings the other one back', async () => {
  const { first, second } = await twoCalls()
  await swapTo(scene().phone, first.sessionId)
  const endedAt = nowMs()
  await first.hangUp()
  await second.until('off hold', ({ held }) => !held.byUs)
  await second.call.heard.sound(endedAt)
})

it('without a swap the first one stays on hold until it is taken back', async () => {
  const { first, second } = await twoCalls()
  await second.call.bye()
  await second.until('the end', ({ outcome }) => outcome)
  expect((await first.session()).held.byUs).toBe(true)
  const takenAt = nowMs()
  await setHeld(scene().phone, first.sessionId, false)
  await first.call.heard.sound(takenAt)
})

it('a second call that is declined leaves the first one as it is', async () => {
  const first = await scene().talk()
  await first.call.heard.sound()
  const second = await scene().ring()
  await second.decline()
  expect((await second.call.ended()).status).toBe(603)
  await first.call.heard.sound(nowMs())
  expect((await first.session()).held.byUs).toBe(false)
})

it('dialling out holds the call there is', async () => {
  const first = await scene().talk()
  await first.call.heard.sound()
  const bobsPhone = await scene().extension()
  const dialled = await dial(scene().phone, bob.user)
  await first.until('on hold', ({ held }) => held.byUs)
  const call = await (await bobsPhone.nextInvitation()).answer()
  await call.heard.sound()
  await first.call.heard.quiet(500, nowMs())
  await dialled.hangUp()
  await call.ended()
})
