// Main's copy of the phone: its state, its sounds, and what is left when the window is gone.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { initialPhoneState, type Session } from '../../../common/model/phone.ts'
import { createPhoneMirror } from '../../../main/phone/phone-mirror.ts'
import { createSounds } from '../../../main/phone/sounds.ts'
import { keepScopes } from '../../support/open-scopes.ts'

const newScope = keepScopes()
const now = 1_800_000_000_000
beforeEach(() => vi.useFakeTimers({ now }))
afterEach(() => vi.useRealTimers())

const aSession = (id: string, status: Session['status']) => ({ id, status }) as Session
const edge = (kind: 'start' | 'end', at: number) => ({
  sessionId: 's1',
  where: 'ear' as const,
  edge: kind,
  at,
})

describe('the copy of the phone', () => {
  it('answers a wait when the phone has changed, and when a sound came', async () => {
    const mirror = createPhoneMirror()
    const scope = newScope()
    const ringing = mirror.wait(
      scope,
      ({ sessions }) => sessions.find(({ status }) => status === 'ringing')?.id,
    )
    const sounding = mirror.wait(scope, () => mirror.sounds.isSounding('s1', 'ear') || undefined)
    mirror.take({ ...initialPhoneState, sessions: [aSession('s1', 'ringing')] })
    mirror.takeSound(edge('start', now))
    expect(await ringing).toBe('s1')
    expect(await sounding).toBe(true)
  })
  it('has no live session and no registration left when the window is gone', () => {
    const mirror = createPhoneMirror()
    const registration = { status: 'connecting' as const, attempt: 1 }
    mirror.take({
      ...initialPhoneState,
      registration,
      sessions: [aSession('a', 'ended'), aSession('b', 'established')],
    })
    mirror.lost(now)
    const { sessions, registration: left } = mirror.store.getState()
    expect(left).toEqual({ status: 'offline' })
    expect(sessions).toMatchObject([
      { id: 'a' },
      { id: 'b', status: 'ended', endedAt: now, outcome: 'failed' },
    ])
  })
  it('does not believe a clock of audio frames that fell behind', () => {
    const mirror = createPhoneMirror()
    mirror.takeSound(edge('start', now - 3_000))
    expect(mirror.sounds.stretches('s1', 'ear')).toEqual([{ startedAt: now - 50 }])
  })
})

describe('sounds', () => {
  it('are stretches from a start to an end', () => {
    const sounds = createSounds()
    for (const [kind, at] of [
      ['start', 1],
      ['end', 5],
      ['start', 9],
    ] as const)
      sounds.take(edge(kind, at))
    expect(sounds.stretches('s1', 'ear')).toEqual([{ startedAt: 1, endedAt: 5 }, { startedAt: 9 }])
    expect(sounds.isSounding('s1', 'ear')).toBe(true)
    expect(sounds.isSounding('s1', 'microphone')).toBe(false)
  })
  it('bear with a lost start or end', () => {
    const sounds = createSounds()
    for (const [kind, at] of [
      ['end', 1],
      ['start', 2],
      ['start', 3],
      ['end', 4],
      ['end', 5],
    ] as const)
      sounds.take(edge(kind, at))
    expect(sounds.stretches('s1', 'ear')).toEqual([{ startedAt: 2, endedAt: 4 }])
  })
  it('are kept for the last 20 sessions, 200 stretches each', () => {
    const sounds = createSounds()
    for (let n = 0; n < 25; n++) sounds.take({ ...edge('start', n), sessionId: `s${n}` })
    expect(sounds.stretches('s0', 'ear')).toEqual([])
    for (let n = 0; n < 300; n++) {
      sounds.take({ ...edge('start', n), sessionId: 's24' })
      sounds.take({ ...edge('end', n), sessionId: 's24' })
    }
    expect(sounds.stretches('s24', 'ear').length).toBeLessThanOrEqual(200)
  })
})
