// Keeps the phone registered: connects, registers, refreshes, notices dead sockets and never gives up by itself.
import { AppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Registration } from '../../common/model/phone.ts'
import { banMs, createFloodWatch } from './flood-watch.ts'
import { holdRegistration } from './held-registration.ts'
import type { Link } from './link.ts'
import { type Failure, registerOnce, toFailure } from './register-once.ts'
import { watchSleep } from './sleep-watch.ts'

export interface SupervisorOptions {
  edges: readonly string[]
  expiresSeconds: number
  contact: { user: string; host: string }
  set(registration: Registration): void
  /** The binding is on a socket, after a first or a renewed connection. */
  onRegistered(first: boolean): void
  random?: () => number
}

export interface Supervisor {
  /** Do not trust the socket: reconnect now, or try at once when waiting. */
  wake(): void
  /** Ask for a sign of life soon. */
  probe(): void
  readonly registered: boolean
}

export const handshakeMs = 4000
const steadyMs = 10_000
const backOffSeconds = [0, 1, 2, 4, 8, 16, 30]

function toFailed(thrown: unknown): Failure {
  const error = thrown instanceof AppError ? thrown : new AppError('sip.failed', { cause: thrown })
  return error.code === 'sip.flooded' ? { error, waitMs: banMs } : { error }
}

/** 0, 1, 2, 4, 8, 16, 30, 30, … s, a fifth more or less so that a restarted edge is not hit by all at once. */
export function backOffMs(attempt: number, random: number): number {
  const seconds = backOffSeconds[Math.min(attempt, backOffSeconds.length - 1)] ?? 30
  return Math.round(seconds * 1000 * (0.8 + 0.4 * random))
}

/** Runs until the scope ends or the registrar refuses. The drawing of its states is in common/model/phone.ts. */
export function superviseRegistration(scope: Scope, link: Link, options: SupervisorOptions): Supervisor {
  const random = options.random ?? Math.random
  let poke = () => {}
  let suspect = () => {}
  let renew = () => {}
  let edges = [...options.edges]
  let everRegistered = false
  let registered = false
  let attempt = 0
  /** Somebody knows that things have changed: the next try is due at once, also when this one fails first. */
  let eager = false
  const flood = createFloodWatch()
  const wake = () => {
    eager = true
    poke()
  }

  /** Resolves after `ms`, at once on wake, also when the scope ends. */
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const done = () => {
        cancel()
        forget()
        poke = () => {}
        resolve()
      }
      const cancel = scope.after(ms, done)
      const forget = scope.add(done)
      poke = done
    })

  /** RFC 3261 section 21.5.4: a server that says when to come back is left alone until then, others are not. */
  const notBefore = new Map<string, number>()
  let tried = ''
  const barredMs = () => Math.max(0, Math.min(...edges.map((edge) => notBefore.get(edge) ?? 0)) - Date.now())

  /** The first edge that shakes hands goes to the front of the list for the rest of the session (contract F.2). */
  const connect = async (): Promise<string> => {
    let last = new AppError('sip.unreachable', { detail: 'no edge address' })
    const open = edges.filter((edge) => (notBefore.get(edge) ?? 0) <= Date.now())
    for (const edge of open.length > 0 ? open : [...edges]) {
      tried = edge
      flood.attempt(Date.now())
      options.set({ status: 'connecting', attempt, edge })
      try {
        await link.open(edge, handshakeMs)
        edges = [edge, ...edges.filter((other) => other !== edge)]
        return edge
      } catch (error) {
        last = error instanceof AppError ? error : new AppError('sip.unreachable', { cause: error })
      }
      if (scope.ended) break
    }
    // Contract I.42: it was reached before, and after many attempts at once it no longer is.
    if (everRegistered && last.code === 'sip.unreachable' && flood.isBanned(Date.now()))
      throw new AppError('sip.flooded', { detail: last.detail })
    throw last
  }

  const setRegistered = (edge: string, tookMs: number, expiresSeconds: number) => {
    const provenAt = Date.now()
    options.set({
      status: 'registered',
      edge,
      provenAt,
      expiresAt: provenAt + expiresSeconds * 1000,
      tookMs,
      contact: options.contact,
    })
  }

  /** The socket closes, or is no longer trusted, while an answer is awaited: that cannot come any more. */
  const untilLost = () =>
    new Promise<Failure>((resolve) => {
      const lose = (detail: string) => resolve({ error: new AppError('sip.unreachable', { detail }) })
      link.onLost = lose
      poke = () => lose('woken up')
    })

  /** One connection from its first packet to its end. */
  const live = async (): Promise<Failure> => {
    const startedAt = Date.now()
    const edge = await connect()
    if (scope.ended) return { error: new AppError('app.stopped') }
    options.set({ status: 'registering', attempt, edge })
    const outcome = await Promise.race([
      untilLost(),
      registerOnce(link, options.expiresSeconds, () => scope.ended),
    ])
    if ('error' in outcome) return outcome
    if (outcome.status !== 'accepted') {
      // This edge shakes hands but does not register: let another one have the next try.
      edges = [...edges.slice(1), ...edges.slice(0, 1)]
      return toFailure(outcome, link.refusedChallenge)
    }
    registered = true
    const tookMs = Date.now() - startedAt
    setRegistered(edge, tookMs, outcome.expiresSeconds)
    options.onRegistered(!everRegistered)
    everRegistered = true
    const held = holdRegistration(scope, link, {
      expiresSeconds: options.expiresSeconds,
      givenSeconds: outcome.expiresSeconds,
      onRenewed: (seconds) => setRegistered(edge, tookMs, seconds),
    })
    suspect = held.probe
    renew = held.renew
    poke = () => held.lose({ error: new AppError('sip.unreachable', { detail: 'woken up' }) })
    const failure = await held.lost
    registered = false
    poke = suspect = renew = () => {}
    // An edge that drops us again and again must not be hammered: back-off starts over only after a while of peace.
    if (Date.now() - (startedAt + tookMs) >= steadyMs) attempt = 0
    return failure
  }

  const run = async () => {
    while (!scope.ended) {
      eager = false
      const failure: Failure = await live().catch(toFailed)
      if (scope.ended) return
      link.close()
      if (failure.error.retry === 'never') {
        options.set({ status: 'refused', error: failure.error.toData() })
        return
      }
      if (eager) attempt = 0
      if (failure.waitMs !== undefined) notBefore.set(tried, Date.now() + failure.waitMs)
      const waitMs = eager ? 0 : Math.max(barredMs(), backOffMs(attempt, random()))
      attempt += 1
      if (waitMs === 0) continue
      const error = failure.error.toData()
      options.set({ status: 'waiting', attempt, retryAt: Date.now() + waitMs, error })
      await pause(waitMs)
    }
  }
  void run()
  // Asleep, the binding ran on at the registrar and the socket perhaps not: REGISTER proves both, waiting is over.
  watchSleep(scope, () => (registered ? renew() : wake()))

  return {
    wake,
    probe: () => suspect(),
    get registered() {
      return registered
    },
  }
}
