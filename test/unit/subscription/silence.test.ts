// A socket that is open but dead: found by what REST shows and no event tells (contract I.21).
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createScope, type Scope } from '../../../common/kit/scope.ts'
import type { Call, CallStatus } from '../../../common/model/call.ts'
import type { Subscription } from '../../../common/model/subscription.ts'
import { openSilence } from '../../../main/subscription/silence.ts'

let scope: Scope
beforeEach(() => {
  vi.useFakeTimers()
  scope = createScope('test')
})
afterEach(async () => {
  await scope.end()
  vi.useRealTimers()
})

const nobody = { type: '', target: '', targetName: '' }
const aCall = (status: CallStatus, updatedAt?: number): Call => ({
  id: 'c1',
  status,
  direction: 'outgoing',
  source: nobody,
  destination: nobody,
  chainedCallIds: [],
  updatedAt,
})
const open = (openedAt: number): Subscription => ({
  status: 'open',
  openedAt,
  topics: [],
  delivery: 'proven',
  events: 0,
  duplicates: 0,
  unknown: 0,
})

function aWatch(aheadMs = 0) {
  let subscription = open(Date.now())
  const onSilent = vi.fn()
  const silence = openSilence(scope, {
    subscription: () => subscription,
    serverAheadMs: () => aheadMs,
    onSilent,
  })
  const become = (next: Subscription) => {
    subscription = next
  }
  return { silence, onSilent, become }
}
const wait = (ms: number) => vi.advanceTimersByTime(ms)

describe('[I.21] a change that REST shows', () => {
  it('and no event tells within 5 s makes the socket silent', () => {
    const { silence, onSilent } = aWatch()
    wait(10_000)
    silence.saw(aCall('progressing', Date.now()))
    wait(4_999)
    expect(onSilent).not.toHaveBeenCalled()
    wait(1)
    expect(onSilent).toHaveBeenCalledTimes(1)
  })

  it.each(['progressing', 'hangup'] as const)(
    'is told by an event that says %s, before or after',
    (status) => {
      const { silence, onSilent } = aWatch()
      wait(10_000)
      silence.saw(aCall('progressing', Date.now()))
      wait(4_000)
      silence.heard(aCall(status))
      silence.saw(aCall('progressing', Date.now()))
      wait(10_000)
      expect(onSilent).not.toHaveBeenCalled()
    },
  )

  it('is not told by an event about what was before it, nor about another call', () => {
    const { silence, onSilent } = aWatch()
    wait(10_000)
    silence.heard(aCall('ringing'))
    silence.heard({ ...aCall('hangup'), id: 'c2' })
    silence.saw(aCall('progressing', Date.now()))
    wait(5_000)
    expect(onSilent).toHaveBeenCalledTimes(1)
  })

  it('and happened before the socket was open says nothing: there is no replay', () => {
    const { silence, onSilent } = aWatch()
    silence.saw(aCall('hangup', Date.now() - 60_000))
    silence.saw({ ...aCall('hangup', Date.now() + 999), id: 'c2' })
    silence.saw({ ...aCall('hangup'), id: 'c3' })
    wait(10_000)
    expect(onSilent).not.toHaveBeenCalled()
  })

  it('is put at the time of this machine: the clock of the platform may be ahead', () => {
    const { silence, onSilent } = aWatch(60_000)
    silence.saw(aCall('hangup', Date.now() + 30_000))
    wait(10_000)
    expect(onSilent).not.toHaveBeenCalled()
    silence.saw({ ...aCall('hangup', Date.now() + 60_000), id: 'c2' })
    wait(5_000)
    expect(onSilent).toHaveBeenCalledTimes(1)
  })

  it('of a call that we placed over the open socket counts without a time', () => {
    const { silence, onSilent } = aWatch()
    silence.saw(aCall('dialing'), Date.now())
    wait(5_000)
    expect(onSilent).toHaveBeenCalledTimes(1)
  })

  it('is no evidence against a socket that was opened meanwhile, or is not open', () => {
    const { silence, onSilent, become } = aWatch()
    wait(10_000)
    silence.saw(aCall('progressing', Date.now()))
    become(open(Date.now() + 1))
    wait(5_000)
    become({ status: 'closed' })
    silence.saw(aCall('hangup', Date.now()))
    wait(5_000)
    expect(onSilent).not.toHaveBeenCalled()
  })
})
