// One event socket that stays open: back-off, refused topics, gaps and proofs, on a clock of the test's own.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '../../../common/kit/errors.ts'
import { createScope, type Scope } from '../../../common/kit/scope.ts'
import type { Subscription } from '../../../common/model/subscription.ts'
import type { PlatformEvent } from '../../../main/platform/platform.ts'
import { toBackOffMs } from '../../../main/subscription/back-off.ts'
import { createSubscription } from '../../../main/subscription/create-subscription.ts'
import { createFakePlatform } from '../../support/fake-platform.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

const lost = { kind: 'lost', error: new AppError('events.lost').toData() } as const
const topicRefused = { kind: 'refused', error: new AppError('events.refused').toData() } as const
const event: PlatformEvent = { kind: 'other', type: 'recording_started', id: 'r1' }

let scope: Scope
beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  scope = createScope('test')
})
afterEach(async () => {
  await scope.end()
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

function aHouse(topics: string[][] = [['a', 'b'], ['c']]) {
  const platform = createFakePlatform()
  const states: Subscription[] = []
  const subscription = createSubscription({
    scope,
    log: createQuietLog().log,
    set: (state) => void states.push(state),
    platform: () => platform,
    topics: () => topics,
    random: () => 0.5,
  })
  /** The newest socket. */
  const socket = () => {
    const newest = platform.sockets.at(-1)
    if (!newest) throw new Error('no socket was opened')
    return newest
  }
  return { subscription, platform, states, socket, state: () => states.at(-1) }
}

/** Opens and lets the platform accept the topics. */
async function anOpenHouse() {
  const house = aHouse()
  const done = house.subscription.open()
  house.socket().open()
  house.socket().listener.onPing()
  await done
  return house
}

describe('opening', () => {
  it('sends each list of topics as a message of its own and is open when the ping behind it is answered', async () => {
    const { subscription, socket, state } = aHouse()
    let isDone = false
    const done = subscription.open().then(() => (isDone = true))
    expect(state()).toEqual({ status: 'connecting', attempt: 1 })
    socket().open()
    expect(socket().subscribed).toEqual([['a', 'b'], ['c']])
    expect(state()).toMatchObject({ status: 'open', delivery: 'unproven', topics: ['a', 'b', 'c'] })
    await vi.advanceTimersByTimeAsync(0)
    expect(isDone).toBe(false)
    socket().listener.onPing()
    await done
  })

  it('counts a second without a refusal as accepted where pings are not answered', async () => {
    const { subscription, socket } = aHouse()
    const done = subscription.open()
    socket().open()
    await vi.advanceTimersByTimeAsync(1_000)
    await done
  })

  it('again while open changes nothing', async () => {
    const { subscription, platform } = await anOpenHouse()
    await subscription.open()
    expect(platform.sockets).toHaveLength(1)
  })

  it('without a topic for the role is refused', async () => {
    const { subscription, platform, state } = aHouse([])
    await expect(subscription.open()).rejects.toMatchObject({ code: 'events.refused' })
    expect(state()?.status).toBe('refused')
    expect(platform.sockets).toEqual([])
  })

  it('is refused without another try when the credential is not taken', async () => {
    const { subscription, platform, socket, state } = aHouse()
    const done = subscription.open()
    socket().drop({ kind: 'refused', error: new AppError('account.expired', { status: 401 }).toData() })
    await expect(done).rejects.toMatchObject({ code: 'account.expired' })
    // Said as what it is: neither the topics nor the network.
    expect(state()).toMatchObject({ status: 'refused', error: { code: 'events.signedOut' } })
    await vi.advanceTimersByTimeAsync(120_000)
    expect(platform.sockets).toHaveLength(1)
  })

  it('does not hammer a server whose certificate is not trusted', async () => {
    const { subscription, platform, socket, state } = aHouse()
    const done = subscription.open()
    socket().drop({ kind: 'lost', error: new AppError('network.untrusted').toData() })
    await expect(done).rejects.toMatchObject({ code: 'network.untrusted' })
    expect(state()?.status).toBe('refused')
    await vi.advanceTimersByTimeAsync(120_000)
    expect(platform.sockets).toHaveLength(1)
  })
})

describe('a renewed sign-in', () => {
  it('opens the socket anew and tells the time between as a gap', async () => {
    const { subscription, platform, socket, state } = await anOpenHouse()
    const gaps: number[][] = []
    subscription.onGap((...times) => gaps.push(times))
    const before = socket()
    await vi.advanceTimersByTimeAsync(3_000)
    subscription.renew()
    await vi.advanceTimersByTimeAsync(0)
    expect(before.closed).toBe(true)
    expect(platform.sockets).toHaveLength(2)
    socket().open()
    socket().listener.onPing()
    expect(state()?.status).toBe('open')
    expect(gaps).toEqual([[1_000_000, 1_003_000]])
  })

  it('ends a refusal of the old one, and the gap begins where that one had stopped', async () => {
    const { subscription, socket, state } = await anOpenHouse()
    const gaps: number[][] = []
    subscription.onGap((...times) => gaps.push(times))
    socket().drop(lost)
    await vi.advanceTimersByTimeAsync(1_000)
    socket().drop({ kind: 'refused', error: new AppError('account.expired', { status: 401 }).toData() })
    expect(state()).toMatchObject({ status: 'refused', error: { code: 'events.signedOut' } })
    await vi.advanceTimersByTimeAsync(60_000)
    subscription.renew()
    expect(state()?.status).toBe('connecting')
    socket().open()
    socket().listener.onPing()
    expect(gaps).toEqual([[1_000_000, 1_061_000]])
  })

  it('opens nothing that was closed, and nothing whose topics were refused', async () => {
    const closed = aHouse()
    closed.subscription.renew()
    expect(closed.platform.sockets).toEqual([])
    const refused = aHouse([])
    await expect(refused.subscription.open()).rejects.toThrow()
    refused.subscription.renew()
    expect(refused.platform.sockets).toEqual([])
  })
})

describe('losing the socket', () => {
  it('tells the first caller and goes on by itself, 1 s to 30 s apart', async () => {
    const { subscription, platform, socket, state } = aHouse()
    const done = subscription.open()
    socket().drop(lost)
    await expect(done).rejects.toMatchObject({ code: 'events.lost' })
    const waits: number[] = []
    for (let i = 0; i < 7; i++) {
      const now = state()
      if (now?.status !== 'waiting') throw new Error(`it is ${now?.status}`)
      waits.push(now.retryAt - Date.now())
      await vi.advanceTimersByTimeAsync(now.retryAt - Date.now())
      socket().drop(lost)
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
    expect(platform.sockets).toHaveLength(8)
  })

  it('starts from 1 s again after a socket that lived', async () => {
    const { socket, state } = await anOpenHouse()
    await vi.advanceTimersByTimeAsync(5_000)
    socket().drop(lost)
    expect(state()).toMatchObject({ status: 'waiting', retryAt: Date.now() + 1_000 })
  })

  it('reports the gap from the last sign of life to the accepted subscription, once', async () => {
    const { subscription, socket } = await anOpenHouse()
    const gaps: Array<[number, number]> = []
    subscription.onGap((from, to) => void gaps.push([from, to]))
    await vi.advanceTimersByTimeAsync(10_000)
    socket().listener.onPing()
    const seen = Date.now()
    await vi.advanceTimersByTimeAsync(3_000)
    socket().drop(lost)
    await vi.advanceTimersByTimeAsync(1_000)
    socket().drop(lost)
    await vi.advanceTimersByTimeAsync(2_000)
    socket().open()
    socket().listener.onPing()
    socket().listener.onPing()
    expect(gaps).toEqual([[seen, Date.now()]])
    expect(socket().subscribed).toEqual([['a', 'b'], ['c']])
  })

  it('reports it from the last sign of life also when a socket in between was lost before its topics were taken', async () => {
    const { subscription, socket } = await anOpenHouse()
    const gaps: Array<[number, number]> = []
    subscription.onGap((from, to) => gaps.push([from, to]))
    const lastSeenAt = Date.now()
    await vi.advanceTimersByTimeAsync(6_000)
    socket().drop(lost)
    await vi.advanceTimersByTimeAsync(2_000)
    socket().open()
    socket().drop(lost)
    await vi.advanceTimersByTimeAsync(5_000)
    socket().open()
    socket().listener.onPing()
    expect(gaps).toEqual([[lastSeenAt, Date.now()]])
  })
  it('has no gap at the first opening', async () => {
    const { subscription, socket } = aHouse()
    const gaps: unknown[] = []
    subscription.onGap((...gap) => void gaps.push(gap))
    void subscription.open()
    socket().open()
    socket().listener.onPing()
    expect(gaps).toEqual([])
  })

  it('by sleep is not waited for: waking reconnects at once', async () => {
    const { subscription, platform, socket } = await anOpenHouse()
    subscription.wake()
    await vi.advanceTimersByTimeAsync(0)
    expect(platform.sockets).toHaveLength(2)
    expect(platform.sockets[0]?.closed).toBe(true)
    socket().drop(lost)
    subscription.wake()
    expect(platform.sockets).toHaveLength(3)
  })

  it('ends with close', async () => {
    const { subscription, platform, socket, state } = await anOpenHouse()
    socket().drop(lost)
    subscription.close()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(platform.sockets).toHaveLength(1)
    expect(state()).toEqual({ status: 'closed' })
  })
})

describe('a refused topic', () => {
  it('is found by sending one a message, left out, and the rest goes on', async () => {
    const { subscription, socket, state } = aHouse()
    const done = subscription.open()
    socket().open()
    socket().drop(topicRefused)
    await vi.advanceTimersByTimeAsync(1_000)
    socket().open()
    await vi.advanceTimersByTimeAsync(1_200)
    expect(socket().subscribed).toEqual([['a'], ['b']])
    socket().drop(topicRefused)
    await vi.advanceTimersByTimeAsync(1_000)
    socket().open()
    expect(socket().subscribed).toEqual([['a'], ['c']])
    socket().listener.onPing()
    await done
    expect(state()).toMatchObject({ status: 'open', topics: ['a', 'c'], refused: ['b'] })
  })

  it('that is the very first one is hopeless: refused, named and not tried again', async () => {
    const { subscription, platform, socket, state } = aHouse()
    const done = subscription.open()
    socket().open()
    socket().drop(topicRefused)
    const failed = expect(done).rejects.toMatchObject({ code: 'events.refused', detail: 'a' })
    await vi.advanceTimersByTimeAsync(1_000)
    socket().open()
    socket().drop(topicRefused)
    await failed
    expect(state()).toMatchObject({ status: 'refused', error: { code: 'events.refused', detail: 'a' } })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(platform.sockets).toHaveLength(2)
  })

  it('that looks like a loss, because somebody in between answers pings, is found all the same', async () => {
    const { subscription, socket, state } = aHouse([['a']])
    subscription.open().catch(() => {})
    for (let turn = 0; turn < 3; turn++) {
      socket().open()
      socket().listener.onPing()
      socket().drop(lost)
      await vi.advanceTimersByTimeAsync(4_000)
    }
    expect(state()?.status).toBe('connecting')
    for (let turn = 0; turn < 3; turn++) {
      socket().open()
      socket().drop(lost)
      await vi.advanceTimersByTimeAsync(30_000)
    }
    expect(state()).toMatchObject({ status: 'refused', error: { code: 'events.refused', detail: 'a' } })
  })

  it('that was only a network fault in disguise costs nothing', async () => {
    const { subscription, socket, state } = aHouse()
    const done = subscription.open()
    socket().open()
    socket().drop(topicRefused)
    await vi.advanceTimersByTimeAsync(1_000)
    socket().open()
    await vi.advanceTimersByTimeAsync(2 * 1_200 + 1_000)
    await done
    expect(state()).toMatchObject({ status: 'open', topics: ['a', 'b', 'c'] })
  })
})

describe('while open', () => {
  it('hands events to every listener, also when one of them fails', async () => {
    const { subscription, socket } = await anOpenHouse()
    const heard: PlatformEvent[] = []
    subscription.onEvent(() => {
      throw new Error('mine')
    })
    const stop = subscription.onEvent((each) => void heard.push(each))
    socket().emit(event)
    stop()
    socket().emit(event)
    expect(heard).toEqual([event])
  })

  it('counts a burst of events and shows it as one change', async () => {
    const { socket, states, state } = await anOpenHouse()
    await vi.advanceTimersByTimeAsync(250)
    const before = states.length
    for (let i = 0; i < 1_000; i++) socket().emit(event)
    socket().listener.onDuplicate()
    socket().listener.onUnknown('not JSON')
    await vi.advanceTimersByTimeAsync(250)
    expect(states.length - before).toBe(1)
    expect(state()).toMatchObject({ events: 1_000, duplicates: 1, unknown: 1, lastEventAt: Date.now() - 250 })
  })

  it('[I.21] silent, it opens the socket anew and stays silent until a proof, which counts at once', async () => {
    const { subscription, socket, state } = await anOpenHouse()
    const silentSince = Date.now()
    subscription.markSilent()
    expect(state()).toMatchObject({ status: 'connecting' })
    await vi.advanceTimersByTimeAsync(1_000)
    socket().open()
    expect(state()).toMatchObject({ status: 'open', delivery: 'silent', silentSince })
    const opened = socket()
    subscription.markSilent()
    expect(socket()).toBe(opened)
    expect(state()).toMatchObject({ delivery: 'silent', silentSince })
    subscription.proveDelivery()
    expect(state()).toMatchObject({ delivery: 'proven', provenAt: Date.now(), silentSince: undefined })
  })

  it('starts unproven after a reconnect', async () => {
    const { subscription, socket, state } = await anOpenHouse()
    subscription.proveDelivery()
    expect(state()).toMatchObject({ delivery: 'proven', provenAt: Date.now() })
    socket().drop(lost)
    await vi.advanceTimersByTimeAsync(1_000)
    socket().open()
    expect(state()).toMatchObject({ delivery: 'unproven' })
  })
})

describe('the back-off', () => {
  it('stays between 1 s and 30 s whatever the chance', () => {
    for (let attempt = 1; attempt < 40; attempt++) {
      for (const chance of [0, 0.5, 0.999]) {
        expect(toBackOffMs(attempt, chance)).toBeGreaterThanOrEqual(1_000)
        expect(toBackOffMs(attempt, chance)).toBeLessThanOrEqual(30_000)
      }
    }
    expect(toBackOffMs(3, 0)).not.toBe(toBackOffMs(3, 0.9))
  })
})
