// Tries of one webhook are one event; both ways are compared; memory stays bounded.
import { describe, expect, it } from 'vitest'
import type { Call } from '../../../common/model/call.ts'
import type { PlatformEvent } from '../../../main/platform/platform.ts'
import { createDeliveries } from '../../../main/webhook/deliveries.ts'

const nobody = { type: '', target: '', targetName: '' }
const ringing: Call = {
  id: 'c1',
  status: 'ringing',
  direction: 'outgoing',
  source: nobody,
  destination: nobody,
  chainedCallIds: [],
  updatedAt: 1_000,
}
const event = (more: Partial<Call> = {}, type = ''): PlatformEvent => ({
  kind: 'call',
  type,
  call: { ...ringing, ...more },
})

describe('deliveries', () => {
  it('are tries of one event when id, status and time are the same, whatever the type is called', () => {
    const deliveries = createDeliveries(() => 0)
    expect(deliveries.overWebhook(event({}, 'call_ringing')).tries).toBe(1)
    expect(deliveries.overWebhook(event({}, '')).tries).toBe(2)
    expect(deliveries.overWebhook(event({ status: 'progressing' })).tries).toBe(1)
    expect(deliveries.overWebhook(event({ updatedAt: 2_000 })).tries).toBe(1)
    expect(deliveries.overWebhook(event()).tries).toBe(3)
  })

  it('say how much later than the socket they came, and the median of all', () => {
    let at = 100
    const deliveries = createDeliveries(() => at)
    deliveries.overSocket(event())
    at = 140
    expect(deliveries.overWebhook(event()).behindSocketMs).toBe(40)
    // The other way round: it counts, with its sign.
    deliveries.overWebhook(event({ id: 'c2' }))
    expect(deliveries.onlyHere()).toBe(1)
    at = 150
    deliveries.overSocket(event({ id: 'c2' }))
    expect(deliveries.onlyHere()).toBe(0)
    expect(deliveries.behindSocket()).toEqual({ count: 2, medianMs: 40 })
  })

  it('of an event that no socket told are counted as such, once', () => {
    const deliveries = createDeliveries(() => 0)
    deliveries.overWebhook(event())
    deliveries.overWebhook(event())
    expect(deliveries.onlyHere()).toBe(1)
  })

  it('are forgotten after a minute', () => {
    let at = 0
    const deliveries = createDeliveries(() => at)
    deliveries.overWebhook(event())
    at = 60_001
    expect(deliveries.overWebhook(event()).tries).toBe(1)
  })
})
