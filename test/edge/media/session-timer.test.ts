// Session timers on the real edge: calls that outlive their interval, and one that nobody refreshes.
import { expect, it } from 'vitest'
import { nowMs } from '../peer/facts.ts'
import { header } from '../peer/message.ts'
import { bob, shareScene } from '../support/scene.ts'
import { dial } from '../support/verbs.ts'

const scene = shareScene()
/** Refreshed each 3 s, ended after 4. */
const seconds = 6

it('has the caller refresh, says so in its 200, and outlives the interval twice', async () => {
  const { call, session } = await scene().talk({ sessionTimer: { seconds } })
  const answer = await call.answered()
  expect(header(answer, 'Session-Expires')).toBe('6;refresher=uac')
  expect(header(answer, 'Require')).toContain('timer')
  expect(header(answer, 'Supported')).toContain('timer')
  await call.heard.packet(nowMs() + 2 * seconds * 1000, 20_000)
  expect(await session()).toMatchObject({ status: 'established' })
  await call.heard.sound(nowMs())
})

it('refreshes itself when the caller wants it to, with what was agreed', async () => {
  const { call, session } = await scene().talk({ sessionTimer: { seconds, refresher: 'uas' } })
  for (const nth of [1, 2, 3]) {
    const refresh = await call.received('INVITE', nth)
    // In its own request it is the `uac` (RFC 4028 section 7.4).
    expect(header(refresh, 'Session-Expires')).toBe('6;refresher=uac')
  }
  expect(await session()).toMatchObject({ status: 'established' })
  await call.heard.sound(nowMs())
})

it('ends a call that nobody refreshes, with a reason', async () => {
  const peer = await scene().caller()
  const { until, call } = await scene().talk({ peer, sessionTimer: { seconds } })
  peer.wire.fault((way, message) =>
    way === 'sent' && message.kind === 'request' && message.method === 'INVITE' ? 'lose' : undefined,
  )
  const ended = await until('the end', (session) => (session.status === 'ended' ? session : undefined))
  expect(ended).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('session timer') })
  expect(await call.ended()).toMatchObject({ by: 'them', how: 'bye' })
})

it('asks for a longer interval when the called phone wants one, and keeps to it', async () => {
  const bobsPhone = await scene().extension()
  const dialled = await dial(scene().phone, bob.user)
  const first = await bobsPhone.nextInvitation()
  expect(header(first.request, 'Session-Expires')).toBe('1800')
  first.refuse(422, [['Min-SE', '3600']])
  const second = await bobsPhone.nextInvitation()
  expect(header(second.request, 'Session-Expires')).toBe('3600')
  expect(header(second.request, 'Min-SE')).toBe('3600')
  await second.answer()
  await dialled.until('established', ({ status }) => status === 'established')
})

it('refreshes a dialled call as the called phone answered', async () => {
  const bobsPhone = await scene().extension()
  const dialled = await dial(scene().phone, bob.user)
  const invitation = await bobsPhone.nextInvitation()
  const call = await invitation.answer({ sessionTimer: { seconds, refresher: 'uac' } })
  await call.received('INVITE', 2)
  expect(await dialled.session()).toMatchObject({ status: 'established' })
})
