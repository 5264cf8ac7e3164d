// An edge that would have us speak unencrypted: refused in every message that can carry a description.
import { expect, it } from 'vitest'
import { nowMs } from '../peer/facts.ts'
import { bob, shareScene } from '../support/scene.ts'
import { dial } from '../support/verbs.ts'

const scene = shareScene()

/** From here on descriptions reach the phone as its caller wrote them: RTP/AVP without a fingerprint. */
const withoutEncryption = async () => {
  await scene().edge.set({ plainMedia: true })
  scene().add(() => scene().edge.set({ plainMedia: undefined }))
}

it('an INVITE with plain RTP is refused with 488, and does not ring', async () => {
  await withoutEncryption()
  const peer = await scene().caller()
  const call = await peer.call(scene().phoneUri)
  expect(await call.ended()).toMatchObject({ how: 'refused', status: 488 })
  const refused = await scene().phone.until('the refused call', ({ sessions }) =>
    sessions.find(({ sipCallId }) => sipCallId === call.callId),
  )
  expect(refused).toMatchObject({ status: 'ended', error: { code: 'media.offerRefused', status: 488 } })
})

it('a re-INVITE with plain RTP is refused with 488, and the call goes on encrypted', async () => {
  const { call, session } = await scene().talk()
  await call.heard.sound()
  await withoutEncryption()
  const refused = await call.reinvite()
  expect(refused.status).toBe(488)
  await call.heard.sound(nowMs())
  expect(await session()).toMatchObject({ status: 'established' })
})

it('an answer with plain RTP in the 200 ends the call with BYE, and nothing is sent', async () => {
  await withoutEncryption()
  const bobsPhone = await scene().extension()
  const dialled = await dial(scene().phone, bob.user)
  const invitation = await bobsPhone.nextInvitation()
  const answered = invitation.answer().catch(() => {})
  const ended = await dialled.until('the end', (session) =>
    session.status === 'ended' ? session : undefined,
  )
  expect(ended).toMatchObject({ outcome: 'failed', error: { code: 'media.answerRefused' } })
  await answered
  expect(await invitation.call.ended()).toMatchObject({ by: 'them', how: 'bye' })
  expect(invitation.call.heard.packets).toEqual([])
})

it('early media with plain RTP in a 183 ends the call with CANCEL', async () => {
  await withoutEncryption()
  const bobsPhone = await scene().extension()
  const dialled = await dial(scene().phone, bob.user)
  const invitation = await bobsPhone.nextInvitation()
  invitation.early()
  await invitation.canceled()
  expect(await dialled.session()).toMatchObject({
    status: 'ended',
    outcome: 'failed',
    error: { code: 'media.answerRefused' },
  })
})

it('an answer with plain RTP in the ACK of a late offer ends the call with BYE', async () => {
  await withoutEncryption()
  const { call, answer, until } = await scene().ring({ sdp: 'none' })
  await answer()
  expect(await call.ended()).toMatchObject({ by: 'them', how: 'bye' })
  expect(
    await until('the end', (session) => (session.status === 'ended' ? session : undefined)),
  ).toMatchObject({
    error: { code: 'media.answerRefused' },
  })
  expect(call.heard.packets).toEqual([])
})
