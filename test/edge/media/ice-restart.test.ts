// The path of the media breaks or the network changes: found anew by an ICE restart, and heard again at both ends.
import { expect, it } from 'vitest'
import { nowMs } from '../peer/facts.ts'
import { heardByUs } from '../support/heard-by-us.ts'
import { shareScene } from '../support/scene.ts'

const scene = shareScene()

const hears = (play: (pcm: Int16Array) => Promise<void>, hertz?: number) => heardByUs(scene(), play, hertz)
/** Addresses of the last description that we sent: an ICE restart gathers new ones, any other re-INVITE repeats them. */
const addresses = async () =>
  scene().phone.page.evaluate(() =>
    globalThis.bare.rows
      .filter(({ direction, body }) => direction === 'out' && body?.includes('a=candidate'))
      .at(-1)
      ?.body?.split(/\r?\n/)
      .filter((line) => line.startsWith('a=candidate'))
      .map((line) => line.split(' ').slice(4, 6).join(':')),
  )

it('restarts ICE when the network has changed, and people hear each other all along', async () => {
  const { call } = await scene().talk()
  await call.heard.sound()
  const before = await addresses()
  expect(before).not.toEqual([])
  await scene().phone.page.evaluate(() => globalThis.dispatchEvent(new Event('online')))
  // The first re-INVITE only tells where we are; the restart follows at the next look at the media.
  await call.received('INVITE')
  await expect.poll(addresses, { timeout: 10_000 }).not.toEqual(before)
  await call.heard.sound(nowMs())
  expect(await hears(call.play)).toBeGreaterThan(1)
})

it('finds the path again when the relay was away for some seconds', async () => {
  const { edge, add } = scene()
  const { call, until, session } = await scene().talk()
  await call.heard.sound()
  process.kill(edge.pids.rtpengine, 'SIGSTOP')
  const go = () => process.kill(edge.pids.rtpengine, 'SIGCONT')
  add(go)
  await until('the path to be lost', ({ media }) => media?.ice === 'disconnected')
  const { packetsReceived } = (await session()).media ?? { packetsReceived: 0 }
  go()
  const backAt = nowMs()
  await until('packets in', ({ media }) => media && media.packetsReceived > packetsReceived + 50)
  await call.heard.sound(backAt)
  // What had queued up in the relay comes first; the path may still be looked for.
  await expect.poll(() => hears(call.play), { timeout: 30_000 }).toBeGreaterThan(1)
})
