// Nobody answers, here or there: given up by ourselves. The limits are shorter than a person's, or the tests would wait.
import { expect, it } from 'vitest'
import { nowMs } from '../peer/facts.ts'
import { bob, shareScene } from '../support/scene.ts'
import { dial } from '../support/verbs.ts'

const ringMs = 2_000
const scene = shareScene({ phone: { patience: { ringMs, dialMs: 2_000 } } })
const ended = <S extends { status: string }>(session: S) => (session.status === 'ended' ? session : undefined)

it('a call to us that nobody takes is refused as not answered, and the next one rings', async () => {
  const { call, until } = await scene().ring()
  const invitedAt = nowMs()
  const end = await call.ended()
  expect(end).toMatchObject({ by: 'them', how: 'refused', status: 480 })
  expect(end.at - invitedAt).toBeGreaterThan(ringMs / 2)
  expect(await until('the end', ended)).toMatchObject({ outcome: 'notAnswered' })
  const next = await scene().talk()
  await next.call.heard.sound()
})

it('a call of ours that nobody takes is given up: the other phone stops ringing', async () => {
  const bobsPhone = await scene().extension()
  const dialled = await dial(scene().phone, bob.user)
  const invitation = await bobsPhone.nextInvitation()
  invitation.ring()
  await invitation.canceled()
  expect(await dialled.until('the end', ended)).toMatchObject({
    outcome: 'notAnswered',
    reason: 'nobody answered in time',
  })
})
