// Renegotiation by the other side, and a first offer that comes late: judged by what each end hears.
import { expect, it } from 'vitest'
import { nowMs } from '../peer/facts.ts'
import { parseSdp } from '../peer/sdp.ts'
import { heardByUs } from '../support/heard-by-us.ts'
import { shareScene } from '../support/scene.ts'

const scene = shareScene()

const hears = (play: (pcm: Int16Array) => Promise<void>, hertz?: number) => heardByUs(scene(), play, hertz)

it('offers audio itself when the INVITE has no description, and both hear each other', async () => {
  const { call } = await scene().talk({ sdp: 'none' })
  await call.heard.sound()
  expect(await hears(call.play)).toBeGreaterThan(1)
})

it('changes the codec in the middle of a call', async () => {
  const { call, until } = await scene().talk({ codecs: ['PCMU'] })
  await call.heard.sound()
  expect((await call.reinvite({ codecs: ['PCMA'] })).status).toBe(200)
  await call.heard.sound(nowMs())
  await until('the codec', ({ media }) => media?.codec === 'PCMA')
  expect(call.heard.packets.at(-1)?.payloadType).toBe(8)
  expect(await hears(call.play)).toBeGreaterThan(1)
})

it('answers a re-INVITE without a description with an offer of its own', async () => {
  const { call } = await scene().talk()
  await call.heard.sound()
  const response = await call.reinvite({ sdp: 'none' })
  expect(parseSdp(response.body)?.direction).toBe('sendrecv')
  await call.heard.sound(nowMs())
  expect(await hears(call.play)).toBeGreaterThan(1)
})

it('refuses video and a second audio line, and the first goes on', async () => {
  const { call } = await scene().talk()
  await call.heard.sound()
  const more = [
    'm=audio 40000 RTP/AVP 0',
    'a=sendrecv',
    'm=video 40002 RTP/AVP 96',
    'a=rtpmap:96 VP8/90000',
    '',
  ]
  const response = await call.reinvite({ body: `${call.media.offer()}${more.join('\r\n')}` })
  expect(response.status).toBe(200)
  const ports = [...response.body.matchAll(/^m=(\S+) (\d+)/gm)].map(([, kind, port]) => [kind, port !== '0'])
  expect(ports).toEqual([
    ['audio', true],
    ['audio', false],
    ['video', false],
  ])
  await call.heard.sound(nowMs())
  expect(await hears(call.play)).toBeGreaterThan(1)
})

it('goes on when both ask at once: one gives way and tries again', async () => {
  const { call, sessionId, until } = await scene().talk()
  await call.heard.sound()
  const [theirs] = await Promise.all([
    call.reinvite(),
    scene().phone.page.evaluate((id) => globalThis.bare.phone.setHeld(id, true), sessionId),
  ])
  expect([200, 491, 500]).toContain(theirs.status)
  await until('held', ({ held }) => held.byUs)
  await call.heard.quiet(500, nowMs())
})
