// What edges, networks and machines do to a registered phone; it must be back at the registrar by itself each time.
import { describe, expect, it } from 'vitest'
import { keepEdges } from '../fixture/keep-edges.ts'
import { backOn, behindRelay } from './behind-relay.ts'
import { ada, askFromOutside, users } from './facts.ts'

const here = keepEdges()
const { edge: start, phone: open } = here

describe('an edge that goes away', () => {
  it('and starts again without its bindings has ours back', async () => {
    const edge = await start({ users })
    const phone = await open(edge, ada)
    const { contact, provenAt: before } = await phone.register()
    await edge.restart()
    await phone.untilRegistration('registered', ({ provenAt }) => provenAt > before)
    expect((await edge.contacts('2000')).map(({ user }) => user)).toEqual([contact.user])
    expect(await askFromOutside(edge)).toBe(200)
  })

  it('in a crash is tried again until it is there', async () => {
    const edge = await start({ users })
    const phone = await open(edge, ada)
    await phone.register()
    await edge.crash()
    // The second wait is a real one: the first try comes at once, and finds nobody.
    await phone.untilRegistration('waiting', ({ attempt }) => attempt >= 2)
    await edge.recover()
    await phone.untilRegistration('registered')
    expect(await edge.contacts('2000')).toHaveLength(1)
    expect(await askFromOutside(edge)).toBe(200)
  })

  it('refuses WebSockets for a while, and is tried again', async () => {
    const edge = await start({ users, switches: { refuseSockets: true } })
    const phone = await open(edge, ada)
    await phone.ask('phone.start', phone.start)
    const { error } = await phone.untilRegistration('waiting')
    expect(error.code).toBe('sip.unreachable')
    await edge.set({ refuseSockets: undefined })
    await phone.untilRegistration('registered')
    expect(await edge.contacts('2000')).toHaveLength(1)
  })
})

describe('a network that fails', () => {
  it('a socket that ends without a close frame is replaced at once', async () => {
    const { edge, relay, phone } = await behindRelay(here)
    const since = Date.now()
    relay.cut()
    await backOn(edge, phone, relay, since)
  })

  it('a socket that swallows everything is replaced at once when the machine says that the network has changed', async () => {
    const { edge, relay, phone } = await behindRelay(here)
    const since = Date.now()
    relay.silence()
    await phone.ask('phone.wake', {})
    await backOn(edge, phone, relay, since)
  })

  it('a network that is gone for a while is tried until it is back', async () => {
    const { edge, relay, phone } = await behindRelay(here)
    const since = Date.now()
    relay.setNetwork('down')
    relay.cut()
    await phone.untilRegistration('waiting', ({ attempt }) => attempt >= 2)
    relay.setNetwork('up')
    await backOn(edge, phone, relay, since)
  })

  it('after a change of address, the binding names the new one', async () => {
    const { edge, relay, phone } = await behindRelay(here)
    const since = Date.now()
    relay.comeFrom('127.0.0.2')
    relay.cut()
    await backOn(edge, phone, relay, since)
    expect(relay.sockets()[0]).toMatch(/^127\.0\.0\.2:/)
  })
})

describe('a machine that sleeps', () => {
  it('longer than its binding, and is registered again when it wakes', async () => {
    const edge = await start({ users, maxExpires: 4 })
    const phone = await open(edge, ada)
    await phone.register()
    await phone.freeze()
    const { at } = await edge.log.next('contact-expired')
    expect(await edge.contacts('2000')).toEqual([])
    phone.thaw()
    await edge.log.next('register', { user: '2000' }, at)
    expect(await askFromOutside(edge)).toBe(200)
  })

  it('while the edge restarts, and is registered again when it wakes', async () => {
    const edge = await start({ users })
    const phone = await open(edge, ada)
    await phone.register()
    await phone.freeze()
    await edge.restart()
    const since = Date.now()
    phone.thaw()
    await edge.log.next('register', { user: '2000' }, since)
    expect(await askFromOutside(edge)).toBe(200)
  })
})
