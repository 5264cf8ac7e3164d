// The supervisor of the registration, with a socket and a registrar that do what the test says.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '../../../common/kit/errors.ts'
import { createScope, type Scope } from '../../../common/kit/scope.ts'
import type { Registration } from '../../../common/model/phone.ts'
import { pingEveryMs, pingMs } from '../../../renderer/phone/held-registration.ts'
import type { Link } from '../../../renderer/phone/link.ts'
import type { RegisterOutcome } from '../../../renderer/phone/register-answer.ts'
import { registerMs } from '../../../renderer/phone/register-once.ts'
import { backOffMs, handshakeMs, superviseRegistration } from '../../../renderer/phone/registration.ts'

const accepted: RegisterOutcome = { status: 'accepted', expiresSeconds: 300 }
const rejected = (code: number, more: object = {}): RegisterOutcome => ({
  status: 'rejected',
  code,
  reason: '',
  ...more,
})

function createFakeLink() {
  const opened: string[] = []
  const link = {
    onLost: undefined as Link['onLost'],
    lastReceivedAt: 0,
    refusedChallenge: undefined as string | undefined,
    opened,
    registers: 0,
    pings: 0,
    closed: 0,
    openEdge: async (_edge: string): Promise<void> => {},
    answer: async (): Promise<RegisterOutcome> => accepted,
    pong: async (): Promise<boolean> => true,
    open: (edge: string) => {
      opened.push(edge)
      return link.openEdge(edge)
    },
    close: () => {
      link.closed += 1
    },
    register: (_seconds: number, deadlineMs: number): Promise<RegisterOutcome> => {
      link.registers += 1
      return Promise.race([
        link.answer(),
        new Promise<RegisterOutcome>((resolve) =>
          setTimeout(() => resolve({ status: 'unanswered' }), deadlineMs),
        ),
      ])
    },
    ping: (deadlineMs: number): Promise<boolean> => {
      link.pings += 1
      return Promise.race([
        link.pong(),
        new Promise<boolean>((resolve) => setTimeout(() => resolve(false), deadlineMs)),
      ])
    },
  }
  return link
}
const never = () => new Promise<never>(() => {})
const refused = () => Promise.reject(new AppError('sip.unreachable', { detail: 'refused' }))

let scope: Scope
const states: Registration[] = []
const first: boolean[] = []
const supervise = (link: Link, edges = ['wss://a', 'wss://b']) =>
  superviseRegistration(scope, link, {
    edges,
    expiresSeconds: 300,
    contact: { user: 'u', host: 'h.invalid' },
    set: (state) => states.push(state),
    onRegistered: (isFirst) => first.push(isFirst),
    random: () => 0.5,
  })
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms)
const now = () => states.at(-1)

beforeEach(() => {
  vi.useFakeTimers()
  scope = createScope('test')
  states.length = 0
  first.length = 0
})
afterEach(async () => {
  await scope.end()
  await settle(0)
  vi.useRealTimers()
})

describe('back-off', () => {
  it('is 0, 1, 2, 4, 8, 16, 30, 30 seconds with a fifth of jitter either way', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 99].map((attempt) => backOffMs(attempt, 0.5))).toEqual([
      0, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000,
    ])
    expect(backOffMs(6, 0)).toBe(24_000)
    expect(backOffMs(6, 1)).toBe(36_000)
  })
})

describe('edges', () => {
  it('are tried in their order, and the one that worked comes first from then on', async () => {
    const link = createFakeLink()
    link.openEdge = (edge) => (edge === 'wss://a' ? refused() : Promise.resolve())
    supervise(link)
    await settle()
    expect(link.opened).toEqual(['wss://a', 'wss://b'])
    expect(states.map((state) => state.status)).toEqual([
      'connecting',
      'connecting',
      'registering',
      'registered',
    ])
    await settle(20_000)
    link.onLost?.('cut')
    await settle()
    expect(link.opened.slice(2)).toEqual(['wss://b'])
    expect(now()).toMatchObject({ status: 'registered', edge: 'wss://b' })
    expect(first).toEqual([true, false])
  })

  it('are never given up, with the reason shown while waiting', async () => {
    const link = createFakeLink()
    link.openEdge = refused
    supervise(link)
    await settle(3_600_000)
    expect(now()).toMatchObject({ status: 'waiting', error: { code: 'sip.unreachable', detail: 'refused' } })
    expect(link.opened.length).toBeGreaterThan(200)
    link.openEdge = async () => {}
    await settle(40_000)
    expect(now()).toMatchObject({ status: 'registered' })
  })

  it('that shake hands but do not register let the next one try', async () => {
    const link = createFakeLink()
    link.answer = () => (link.opened.at(-1) === 'wss://a' ? never() : Promise.resolve(accepted))
    supervise(link)
    await settle(registerMs + 100)
    expect(now()).toMatchObject({ status: 'registered', edge: 'wss://b' })
  })

  it('get a deadline for their handshake', () => {
    expect(handshakeMs).toBeLessThanOrEqual(5000)
  })
})

describe('a refusal', () => {
  it.each([
    [403, 'sip.rejected'],
    [404, 'sip.unknownDomain'],
    [401, 'sip.rejected'],
    [407, 'sip.rejected'],
  ] as const)('with %i ends as %s and is not retried', async (code, expected) => {
    const link = createFakeLink()
    link.answer = async () => rejected(code)
    const supervisor = supervise(link)
    await settle(600_000)
    expect(now()).toMatchObject({ status: 'refused', error: { code: expected, status: code } })
    // The digest is tried twice, because a nonce may expire under way.
    expect(link.registers).toBe(code === 401 || code === 407 ? 2 : 1)
    supervisor.wake()
    await settle(60_000)
    expect(link.opened).toEqual(['wss://a'])
  })

  it('of the digest once is forgiven', async () => {
    const link = createFakeLink()
    link.answer = async () => (link.registers === 1 ? rejected(401) : accepted)
    supervise(link)
    await settle()
    expect(now()?.status).toBe('registered')
  })

  it('with 503 is retried, not before the time it asks for', async () => {
    const link = createFakeLink()
    link.answer = async () => (link.registers === 1 ? rejected(503, { retryAfterSeconds: 20 }) : accepted)
    supervise(link, ['wss://a'])
    await settle(19_000)
    expect(now()).toMatchObject({ status: 'waiting', error: { code: 'sip.failed', status: 503 } })
    await settle(2000)
    expect(now()?.status).toBe('registered')
  })

  it('with 503 and a time is no reason to wait while another edge may be asked', async () => {
    const link = createFakeLink()
    link.answer = async () =>
      link.opened.at(-1) === 'wss://a' ? rejected(503, { retryAfterSeconds: 20 }) : accepted
    supervise(link)
    await settle()
    expect(link.opened).toEqual(['wss://a', 'wss://b'])
    expect(now()).toMatchObject({ status: 'registered', edge: 'wss://b' })
  })
})

describe('while registered', () => {
  it('refreshes at 85 % of what the registrar gave', async () => {
    const link = createFakeLink()
    link.answer = async () => ({ status: 'accepted', expiresSeconds: 100 })
    supervise(link)
    await settle(84_900)
    expect(link.registers).toBe(1)
    await settle(200)
    expect(link.registers).toBe(2)
    expect(now()).toMatchObject({ status: 'registered', provenAt: Date.now() - 100 })
  })

  it('notices a dead socket without being told: silence on OPTIONS, where they were answered before', async () => {
    const link = createFakeLink()
    supervise(link)
    await settle(pingEveryMs + 100)
    expect(link.pings).toBe(1)
    link.pong = never
    await settle(pingEveryMs + pingMs)
    expect(link.opened.length).toBe(2)
    expect(now()?.status).toBe('registered')
  })

  it('asks with REGISTER on silence where OPTIONS were never answered', async () => {
    const link = createFakeLink()
    link.pong = never
    supervise(link)
    await settle()
    link.answer = never
    await settle(pingEveryMs + pingMs + 100)
    expect(link.registers).toBe(2)
    expect(link.opened.length).toBe(1)
    await settle(registerMs)
    expect(link.opened.length).toBe(2)
  })

  it('is renewed before its end also when it is short, and never in a loop', async () => {
    for (const [expiresSeconds, refreshedAfterMs] of [
      [3, 1000],
      [5, 3000],
      [1, 1000],
    ] as const) {
      const link = createFakeLink()
      link.answer = async () => ({ status: 'accepted', expiresSeconds })
      supervise(link)
      await settle(refreshedAfterMs - 50)
      expect(link.registers).toBe(1)
      await settle(100)
      expect(link.registers).toBe(2)
      await scope.end()
      scope = createScope('test')
    }
  })

  it('does not mind an edge that ignores OPTIONS as long as REGISTER is answered', async () => {
    const link = createFakeLink()
    link.pong = never
    supervise(link)
    await settle()
    await settle(200_000)
    expect(link.opened.length).toBe(1)
    expect(now()?.status).toBe('registered')
  })

  it('sends no OPTIONS while other messages prove the socket', async () => {
    const link = createFakeLink()
    supervise(link)
    const chatter = setInterval(() => {
      link.lastReceivedAt = Date.now()
    }, 1000)
    await settle(100_000)
    clearInterval(chatter)
    expect(link.pings).toBe(0)
  })

  it('reconnects at once when the machine wakes up', async () => {
    const link = createFakeLink()
    const supervisor = supervise(link)
    await settle(50)
    supervisor.wake()
    await settle()
    expect(link.opened.length).toBe(2)
    expect(now()?.status).toBe('registered')
  })

  it('does not hammer an edge that drops it again and again', async () => {
    const link = createFakeLink()
    supervise(link)
    for (let i = 0; i < 600; i++) {
      await settle(100)
      link.onLost?.('dropped')
    }
    expect(link.opened.length).toBeLessThan(10)
  })
})

describe('while waiting', () => {
  it('tries at once when woken', async () => {
    const link = createFakeLink()
    link.openEdge = refused
    const supervisor = supervise(link, ['wss://a'])
    await settle(70_000)
    const before = link.opened.length
    link.openEdge = async () => {}
    supervisor.wake()
    await settle()
    expect(link.opened.length).toBe(before + 1)
    expect(now()?.status).toBe('registered')
  })

  it('is over when the scope ends, and nothing is tried any more', async () => {
    const link = createFakeLink()
    link.openEdge = refused
    supervise(link, ['wss://a'])
    await settle(5000)
    await scope.end()
    const before = link.opened.length
    await settle(100_000)
    expect(link.opened.length).toBe(before)
    expect(vi.getTimerCount()).toBe(0)
  })
})
