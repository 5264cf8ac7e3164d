// The network comes back, the machine wakes up: who waits tries at once, who is well is left alone.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { watchNetwork } from '../../../main/network-watch.ts'
import { keepScopes } from '../../support/open-scopes.ts'

const newScope = keepScopes()
beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function setUp() {
  const world = { registration: 'registered', subscription: 'open', answers: true, addresses: '192.0.2.1' }
  const did: string[] = []
  let pings = 0
  watchNetwork(newScope('network'), {
    state: () => ({ subscription: { status: world.subscription } }) as never,
    phone: () => ({ registration: { status: world.registration } }) as never,
    ping: async () => {
      pings++
      if (!world.answers) throw new Error('no route')
      return true
    },
    retry: () => void did.push('retry'),
    probe: () => void did.push('probe'),
    wake: () => void did.push('wake'),
    addresses: () => world.addresses,
  })
  return { world, did, pings: () => pings, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) }
}

it('asks nobody anything while all is well', async () => {
  const { did, pings, pass } = setUp()
  await pass(60_000)
  expect([did, pings()]).toEqual([[], 0])
})

it.each(['registration', 'subscription'] as const)(
  'tries again as soon as the platform answers after it did not, when the %s waits',
  async (lost) => {
    const { world, did, pass } = setUp()
    world[lost] = 'waiting'
    world.answers = false
    await pass(30_000)
    expect(did).toEqual([])
    world.answers = true
    await pass(3_000)
    expect(did).toEqual(['retry'])
  },
)

it('leaves an edge that is down to its own patience while the platform answers', async () => {
  const { world, did, pings, pass } = setUp()
  world.registration = 'waiting'
  await pass(60_000)
  expect(did).toEqual([])
  expect(pings()).toBeLessThan(8)
})

it('tries again when another address is there, and only asks for a sign of life when nothing was lost', async () => {
  const { world, did, pass } = setUp()
  world.addresses = '198.51.100.7'
  await pass(1_000)
  expect(did).toEqual(['probe'])
  world.registration = 'waiting'
  world.addresses = ''
  await pass(1_000)
  world.addresses = '203.0.113.9'
  await pass(1_000)
  expect(did).toEqual(['probe', 'retry'])
})

it('trusts nothing after a sleep', async () => {
  const { did, pass } = setUp()
  await pass(2_000)
  vi.setSystemTime(Date.now() + 600_000)
  await pass(1_000)
  expect(did).toEqual(['wake'])
  await pass(10_000)
  expect(did).toEqual(['wake'])
})
