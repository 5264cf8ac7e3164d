// How long a registration lasts on the real edge: the registrar's word counts, and the phone keeps up with it.
import { describe, expect, it } from 'vitest'
import { keepEdges } from '../fixture/keep-edges.ts'
import { ada, askFromOutside, registers, users } from './facts.ts'

const { edge: start, phone: open } = keepEdges()

describe('the time of a registration', () => {
  it('a shorter one than asked for is refreshed before it ends, again and again', async () => {
    const edge = await start({ users, maxExpires: 10 })
    const phone = await open(edge, ada)
    const first = await phone.register()
    expect((first.expiresAt - first.provenAt) / 1000).toBe(10)
    let last = await edge.log.next('register', { user: '2000' })
    for (let i = 0; i < 2; i++) last = await edge.log.next('register', { user: '2000' }, last.at)
    expect(edge.log.find('contact-expired')).toEqual([])
    const [binding, ...more] = await edge.contacts('2000')
    expect(more).toEqual([])
    expect(String(binding?.cseq)).toBe(last.cseq)
    // One Call-ID for all of them (RFC 3261 section 10.2).
    expect(new Set(registers(edge).map(({ call }) => call)).size).toBe(1)
  })

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

  it('silence to REGISTER ends in another try on a fresh socket', async () => {
    const edge = await start({ users, switches: { drop: 'REGISTER' } })
    const phone = await open(edge, ada)
    await phone.ask('phone.start', phone.start)
    const first = await edge.log.next('request', { method: 'REGISTER' })
    await phone.untilRegistration('waiting')
    await edge.set({ drop: undefined })
    await phone.untilRegistration('registered')
    const [binding] = await edge.contacts('2000')
    expect(binding?.socket).not.toBe(first.from)
  })
})
