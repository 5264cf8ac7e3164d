// A phone whose way to the edge is a relay, and how to see that it has found a new one.
import { expect } from 'vitest'
import type { Edge, EdgeOptions } from '../fixture/edge.ts'
import type { EdgePhone } from '../fixture/edge-phone.ts'
import type { EdgeTest } from '../fixture/keep-edges.ts'
import { openRelay, type Relay } from '../fixture/relay.ts'
import { ada, askFromOutside, users } from './facts.ts'

/** An edge and a phone that is registered there through a relay. */
export async function behindRelay(test: EdgeTest, options: EdgeOptions = {}) {
  const edge = await test.edge({ users, ...options })
  const relay = await openRelay(edge.ports.wss)
  test.add(() => relay.close())
  const phone = await test.phone(edge, { ...ada, edges: [`wss://${edge.host}:${relay.port}`] })
  await phone.register()
  return { edge, relay, phone }
}

/** Sooner than the phone asks for a sign of life by itself (every 30 s): it must have been told. */
const toldMs = 25_000
/** Later than that and its deadlines. */
export const noticedMs = 60_000

/** Registered again on the relay's living socket, and to be reached there from outside. */
export async function backOn(edge: Edge, phone: EdgePhone, relay: Relay, since: number, ms = toldMs) {
  const { from } = await edge.log.next('register', { user: '2000' }, since, ms)
  expect(relay.sockets()).toEqual([from])
  expect((await edge.contacts('2000')).map(({ socket }) => socket)).toContain(from)
  await phone.untilRegistration('registered', ({ provenAt }) => provenAt > since)
  expect(await askFromOutside(edge)).toBe(200)
}
