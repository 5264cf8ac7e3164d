// What the phone notices and repairs only after a while; side by side, because all of them mostly wait.
import { describe, expect } from 'vitest'
import { itOnEdge as it } from '../fixture/keep-edges.ts'
import { backOn, behindRelay, noticedMs } from './behind-relay.ts'
import { ada, askFromOutside, registers, users } from './facts.ts'

describe('the phone, with patience', () => {
  it.concurrent('an edge that stands still with its sockets open has the phone back when it answers again', async ({
    here,
  }) => {
    const edge = await here.edge({ users, maxExpires: 5 })
    const phone = await here.phone(edge, ada)
    await phone.register()
    edge.freeze()
    // The refresh is not answered, and the binding has ended by our own reckoning.
    await phone.untilRegistration('waiting')
    edge.thaw()
    await phone.untilRegistration('registered')
    expect(await askFromOutside(edge)).toBe(200)
  })

  it.concurrent('a socket that swallows everything is noticed by itself, long before the binding ends', async ({
    here,
  }) => {
    const { edge, relay, phone } = await behindRelay(here)
    const since = Date.now()
    relay.silence()
    await backOn(edge, phone, relay, since, noticedMs)
  })

  it.concurrent('a machine whose socket dies while it sleeps is registered again when it wakes', async ({
    here,
  }) => {
    const { edge, relay, phone } = await behindRelay(here, { maxExpires: 6 })
    await phone.freeze()
    relay.silence()
    await edge.log.next('contact-expired')
    const since = Date.now()
    phone.thaw()
    await backOn(edge, phone, relay, since)
  })

  it.concurrent('a registration that is shorter than asked for is refreshed before it ends, again and again', async ({
    here,
  }) => {
    const edge = await here.edge({ users, maxExpires: 20 })
    const phone = await here.phone(edge, ada)
    const first = await phone.register()
    expect((first.expiresAt - first.provenAt) / 1000).toBe(20)
    let last = await edge.log.next('register', { user: '2000' })
    for (let i = 0; i < 2; i++) last = await edge.log.next('register', { user: '2000' }, last.at, 40_000)
    expect(edge.log.find('contact-expired')).toEqual([])
    const [binding, ...more] = await edge.contacts('2000')
    expect(more).toEqual([])
    expect(String(binding?.cseq)).toBe(last.cseq)
    // One Call-ID for all of them (RFC 3261 section 10.2).
    expect(new Set(registers(edge).map(({ call }) => call)).size).toBe(1)
  })

  it.concurrent('a registrar that does not answer is tried again on a fresh socket', async ({ here }) => {
    const edge = await here.edge({ users, switches: { drop: 'REGISTER' } })
    const phone = await here.phone(edge, ada)
    await phone.ask('phone.start', phone.start)
    const first = await edge.log.next('request', { method: 'REGISTER' })
    await phone.untilRegistration('waiting')
    await edge.set({ drop: undefined })
    await phone.untilRegistration('registered')
    const [binding] = await edge.contacts('2000')
    expect(binding?.socket).not.toBe(first.from)
  })
})
