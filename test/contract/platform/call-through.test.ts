// A call from an own number to a typed one, through the platform, on practice in both dialects (contract C.2, D).
import { describe, expect, it } from 'vitest'
import { aCompanion, dialects, until } from '../../support/on-practice.ts'

const to = '+4930123456'

describe.each(dialects)('a call through a %s platform', (dialect) => {
  const begin = async (verified: boolean) => {
    const companion = await aCompanion(dialect)
    const { practice, ready, ask, state, phone } = companion
    if (verified) await practice.pull({ pull: 'identity', status: 'verified' })
    await ready()
    await ask['call.placeThrough']({ from: practice.number, to })
    const leg = await practice.line.nextLeg()
    leg.ring()
    const sessionId = await phone.ring(leg.invite.from)
    await until(() => phone.asked.includes('phone.answer') || state().links[sessionId]?.status === 'linked')
    leg.answer()
    await phone.changeSession(sessionId, { status: 'established', answeredAt: Date.now() })
    await until(() => Object.keys(state().bridged).length === 1)
    const far = () => Object.values(state().bridged)[0]
    return { ...companion, leg, far, from: practice.number }
  }

  it('answers its own leg and tells how far the other one has come', async () => {
    const { far, from, phone } = await begin(true)
    await until(() => phone.asked.includes('phone.answer'))
    await until(() => far()?.far === 'up')
    expect(far()).toMatchObject({ from, to })
  })

  it('tells when the number could not be called', async () => {
    const { far } = await begin(false)
    await until(() => far()?.far === 'over')
    expect(far()).toMatchObject({ reason: 'failed' })
  })
})

it('nobody who is not signed in can place one', async () => {
  const { ask } = await aCompanion('deployed')
  await expect(ask['call.placeThrough']({ from: '+15550100001', to })).rejects.toMatchObject({
    code: 'account.signedOut',
  })
})
