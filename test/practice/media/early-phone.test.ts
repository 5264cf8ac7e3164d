// A phone whose media begins before its answer has come to the line, and that says each thing once.
import { expect, it } from 'vitest'
import { createMediaLeg, type MediaLeg } from '../../../practice/media/media-leg.ts'
import { warmUp } from '../../../practice/media/warm-up.ts'
import { afterTest, until } from '../../support/practice/open-line.ts'
import { createPhoneMedia, type PhoneMedia } from '../../support/practice/phone-media.ts'

const noFaults = { loss: { toPhone: 0, fromPhone: 0 }, mute: { toPhone: false, fromPhone: false } }

function aLegAndAPhone(): { leg: MediaLeg; phone: PhoneMedia } {
  const leg = createMediaLeg(noFaults)
  afterTest(() => leg.close())
  const phone = createPhoneMedia()
  afterTest(() => phone.close())
  return { leg, phone }
}

/** RFC 6347 section 4.2.1: the first ClientHello has an empty cookie. */
function isFirstClientHello(data: Buffer): boolean {
  if (data[0] !== 22 || data[13] !== 1) return false
  const sessionIdAt = 13 + 12 + 2 + 32
  return data[sessionIdAt + 1 + (data[sessionIdAt] ?? 0)] === 0
}

it('an offer says that it is ICE-lite once, above the media, where Chromium looks for it', async () => {
  const { leg } = aLegAndAPhone()
  const sdp = await leg.offer()
  const [head = '', ...media] = sdp.split(/^m=/m)
  expect(head).toMatch(/^a=ice-lite\r\n/m)
  expect(media).toHaveLength(1)
  expect(media.join('')).not.toContain('ice-lite')
  expect(leg.current()).toBe(sdp)
})

it('a phone that nominates no pair is heard on the first that works', async () => {
  const { leg, phone } = aLegAndAPhone()
  const offer = await leg.offer()
  const answer = await phone.answer(offer)
  const [connection] = phone.peer.iceTransports.map((transport) => transport.connection)
  if (!connection) throw new Error('the phone has no ICE')
  const build: (given: object) => unknown = Reflect.get(connection, 'buildRequest')
  Reflect.set(connection, 'buildRequest', (given: object) =>
    build.call(connection, { ...given, nominate: false }),
  )
  await leg.accept(answer)
  await phone.connected()
  await until('sound arrives', () => phone.packets() > 0)
})

it('a ClientHello that comes before the answer is not lost', async () => {
  const { leg, phone } = aLegAndAPhone()
  const answer = await phone.answer(await leg.offer())
  const [connection] = phone.peer.iceTransports.map((transport) => transport.connection)
  if (!connection) throw new Error('the phone has no ICE')
  const send = connection.send
  let hellos = 0
  connection.send = async (data) => {
    if (!isFirstClientHello(data) || ++hellos === 1) await send.call(connection, data)
  }
  await until('the phone says hello', () => hellos > 0)
  await leg.accept(answer)
  await phone.connected()
  await until('sound arrives', () => phone.packets() > 0)
})

it('warms up with a call to itself, and again', async () => {
  await warmUp()
  await warmUp()
})
