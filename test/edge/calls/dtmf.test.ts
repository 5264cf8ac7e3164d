// Keys into a call over the real edge: RTP events where they are agreed on, INFO where not.
import { expect, it } from 'vitest'
import { nowMs } from '../peer/facts.ts'
import { shareScene } from '../support/scene.ts'
import { sendDtmf, setHeld } from '../support/verbs.ts'

const scene = shareScene()

it('every key arrives once and in order as an RTP event (RFC 4733)', async () => {
  const { call, sessionId } = await scene().talk()
  await call.heard.sound()
  await sendDtmf(scene().phone, sessionId, '0123456789*#ABCD')
  await call.heard.digit('D')
  expect(call.heard.digits).toBe('0123456789*#ABCD')
})

it('keys pressed faster than they play all arrive', async () => {
  const { call, sessionId } = await scene().talk()
  await call.heard.sound()
  await Promise.all([...'12345'].map((key) => sendDtmf(scene().phone, sessionId, key)))
  await call.heard.digit('5')
  expect(call.heard.digits).toBe('12345')
})

it('the voice goes on after the keys', async () => {
  const { call, sessionId } = await scene().talk()
  await call.heard.sound()
  await sendDtmf(scene().phone, sessionId, '42')
  await call.heard.digit('2')
  await call.heard.sound(nowMs())
})

it('keys still work after hold and resume', async () => {
  const { call, sessionId } = await scene().talk()
  await call.heard.sound()
  await setHeld(scene().phone, sessionId, true)
  await setHeld(scene().phone, sessionId, false)
  await sendDtmf(scene().phone, sessionId, '7')
  await call.heard.digit('7')
  expect(call.heard.digits).toBe('7')
})

it('a far end without RTP events gets INFO, one for each key', async () => {
  const offer = (port: number) =>
    `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${port} RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n`
  const { call, sessionId } = await scene().talk({ body: offer(9) })
  await sendDtmf(scene().phone, sessionId, '5#')
  expect((await call.received('INFO')).body).toMatch(/Signal=5\r\n/)
  expect((await call.received('INFO', 2)).body).toMatch(/Signal=#\r\n/)
})

it('keys by INFO from them are answered and change nothing', async () => {
  const { call, session } = await scene().talk()
  expect((await call.info('Signal=1\r\nDuration=100\r\n')).status).toBe(200)
  expect((await session()).status).toBe('established')
})
