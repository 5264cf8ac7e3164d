// The platform's clock, as far as it can be known.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { createPlatform } from '../../../main/platform/create-platform.ts'
import { createServerClock } from '../../../main/platform/server-clock.ts'

it('is ahead by the largest lead seen lately, because delivery only takes time away', () => {
  const clock = createServerClock()
  expect(clock.aheadMs()).toBe(0)
  clock.saw(undefined, 1_000)
  clock.saw(Number.NaN, 1_000)
  expect(clock.aheadMs()).toBe(0)
  for (const lead of [4_000, 4_900, 3_000]) clock.saw(10_000 + lead, 10_000)
  expect(clock.aheadMs()).toBe(4_900)
  for (let i = 0; i < 50; i++) clock.saw(12_000, 10_000)
  expect(clock.aheadMs()).toBe(2_000)
})

it('is learnt from the Date of an answer, before any event has come', async () => {
  const aheadMs = 3_600_000
  const server = createServer((_, answer) => {
    answer.setHeader('date', new Date(Date.now() + aheadMs).toUTCString())
    answer.setHeader('content-type', 'application/json')
    answer.end('{"result":[]}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const platform = createPlatform({
    apiUrl: `http://127.0.0.1:${port}`,
    credential: { kind: 'accessKey', accessKey: 'vb_test' },
    pins: [],
    trace: () => {},
  })
  await platform.numbers.list()
  // Whole seconds, and the time of delivery.
  expect(platform.clock.aheadMs()).toBeGreaterThan(aheadMs - 10_000)
  expect(platform.clock.aheadMs()).toBeLessThanOrEqual(aheadMs)
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})
