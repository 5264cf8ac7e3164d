// How long a registration lasts on the real edge: the registrar's word counts, and the phone keeps up with it.
import { describe, expect, it } from 'vitest'
import { keepEdges } from '../fixture/keep-edges.ts'
import { ada, askFromOutside, users } from './facts.ts'

const { edge: start, phone: open } = keepEdges()

describe('the time of a registration', () => {
  it('a nonce that has run out by the time of the refresh costs one more request, and no registration', async () => {
    const edge = await start({ users, maxExpires: 4, nonceSeconds: 1 })
    const phone = await open(edge, ada)
    await phone.register()
    const stale = await edge.log.next('challenge', { given: 'stale' })
    await edge.log.next('register', { user: '2000' }, stale.at)
    expect((await phone.state()).registration.status).toBe('registered')
  })

  it('423 is answered with the time that the registrar wants', async () => {
    const edge = await start({ users, minExpires: 600 })
    const phone = await open(edge, ada)
    const { provenAt, expiresAt } = await phone.register()
    expect((expiresAt - provenAt) / 1000).toBe(600)
    const [binding] = await edge.contacts('2000')
    expect(binding?.expires).toBeGreaterThan(580)
  })
})

describe('a registrar that does not do its work', () => {
  it('503 with Retry-After is obeyed to the second, and registers afterwards', async () => {
    const edge = await start({ users, switches: { retryAfter: 3 } })
    const phone = await open(edge, ada)
    await phone.ask('phone.start', phone.start)
    const { error } = await phone.untilRegistration('waiting')
    expect(error).toMatchObject({ code: 'sip.failed', status: 503 })
    const refused = await edge.log.next('answer', { status: 503 })
    await edge.set({ retryAfter: undefined })
    const again = await edge.log.next('request', { method: 'REGISTER' }, refused.at)
    expect(again.at - refused.at).toBeGreaterThanOrEqual(3000)
    await phone.untilRegistration('registered')
    expect(await edge.contacts('2000')).toHaveLength(1)
  })

  it('a 200 that names no Contact is not taken for a registration, and it is tried again', async () => {
    const edge = await start({ users, switches: { omitContact: true } })
    const phone = await open(edge, ada)
    await phone.ask('phone.start', phone.start)
    const { error } = await phone.untilRegistration('waiting')
    expect(error).toMatchObject({ code: 'sip.failed', status: 200 })
    await edge.set({ omitContact: undefined })
    await phone.untilRegistration('registered')
    expect(await edge.contacts('2000')).toHaveLength(1)
    expect(await askFromOutside(edge)).toBe(200)
  })
})
