// The edge that bars us for a flood: only after a burst of attempts, only where it was reached before (contract I.42).
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '../../../common/kit/errors.ts'
import type { Registration } from '../../../common/model/phone.ts'
import { banMs, createFloodWatch } from '../../../renderer/phone/flood-watch.ts'
import type { Link } from '../../../renderer/phone/link.ts'
import { superviseRegistration } from '../../../renderer/phone/registration.ts'
import { keepScopes } from '../../support/open-scopes.ts'

const newScope = keepScopes()
beforeEach(() => void vi.useFakeTimers({ now: 0 }))
afterEach(() => vi.useRealTimers())

describe('a flood', () => {
  it('is many attempts within a minute, not over an hour', () => {
    const flood = createFloodWatch()
    for (let at = 0; at < 20; at++) flood.attempt(at * 180_000)
    expect(flood.isBanned(20 * 180_000)).toBe(false)
    for (let at = 0; at < 20; at++) flood.attempt(4_000_000 + at * 1_000)
    expect(flood.isBanned(4_020_000)).toBe(true)
    expect(flood.isBanned(4_100_000)).toBe(false)
  })

  it('I.42 an edge that was reached and refuses after a burst of attempts is left alone for five minutes', async () => {
    const states: Registration[] = []
    let open = true
    let opened = 0
    const link: Link = {
      onLost: undefined,
      lastReceivedAt: 0,
      refusedChallenge: undefined,
      async open() {
        opened++
        if (!open) throw new AppError('sip.unreachable', { detail: 'refused' })
      },
      close() {},
      register: async () => ({ status: 'accepted', expiresSeconds: 300 }),
      ping: async () => true,
    }
    const supervisor = superviseRegistration(newScope(), link, {
      edges: ['wss://a'],
      expiresSeconds: 300,
      contact: { user: 'u', host: 'h.invalid' },
      set: (state) => void states.push(state),
      onRegistered: () => {},
      random: () => 0.5,
    })
    await vi.advanceTimersByTimeAsync(10)
    expect(states.at(-1)?.status).toBe('registered')
    open = false
    for (let press = 0; press < 20; press++) {
      supervisor.wake()
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(states.at(-1)).toMatchObject({ status: 'waiting', error: { code: 'sip.flooded' } })
    const before = opened
    await vi.advanceTimersByTimeAsync(banMs - 20_000)
    expect(opened).toBe(before)
    open = true
    await vi.advanceTimersByTimeAsync(60_000)
    expect(states.at(-1)?.status).toBe('registered')
  })
})
