// Keeps the phone registered: connects, registers, refreshes, notices dead sockets and never gives up by itself.
import { AppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Registration } from '../../common/model/phone.ts'
import type { RegisterOutcome, Registrar } from './register.ts'

/** The socket below the user agent, as the supervisor sees it. */
export interface Link extends Registrar {
  open(edge: string, deadlineMs: number): Promise<void>
  close(): void
  /** Called when the socket closes without our doing. */
  onLost: ((why: string) => void) | undefined
  /** Epoch ms of the last message that came in. */
  readonly lastReceivedAt: number
  /** Why the last challenge was left unanswered, if it was. */
  readonly refusedChallenge: string | undefined
}

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
export const registerMs = 6000
export const pingEveryMs = 30_000
export const pingMs = 5000
const steadyMs = 10_000
const backOffSeconds = [0, 1, 2, 4, 8, 16, 30]

/** 0, 1, 2, 4, 8, 16, 30, 30, … s, a fifth more or less so that a restarted edge is not hit by all at once. */
export function backOffMs(attempt: number, random: number): number {
  const seconds = backOffSeconds[Math.min(attempt, backOffSeconds.length - 1)] ?? 30
  return Math.round(seconds * 1000 * (0.8 + 0.4 * random))
}

/** What is never retried: 403, 404 and a password that was wrong twice (contract I.14). */
export function toRegisterError(outcome: RegisterOutcome, refusedChallenge?: string): AppError {
  if (outcome.status !== 'rejected') return new AppError('sip.timeout')
  const detail = refusedChallenge ?? `${outcome.code} ${outcome.reason}`.trim()
  const more = { detail, status: outcome.code }
  if (outcome.code === 404 || outcome.code === 604) return new AppError('sip.unknownDomain', more)
  if ([401, 403, 407].includes(outcome.code)) return new AppError('sip.rejected', more)
  if (outcome.code === 408) return new AppError('sip.timeout', more)
  return new AppError('sip.failed', more)
}

type Failure = { error: AppError; waitMs?: number; woken?: boolean }

/** Runs until the scope ends or the registrar refuses. The drawing of its states is in common/model/phone.ts. */
export function superviseRegistration(scope: Scope, link: Link, options: SupervisorOptions): Supervisor {
  const random = options.random ?? Math.random
  let poke = () => {}
  let suspect = () => {}
  let edges = [...options.edges]
  let everRegistered = false
  let registered = false
  let attempt = 0

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

  /** The first edge that shakes hands goes to the front of the list for the rest of the session (contract F.2). */
  const connect = async (): Promise<string> => {
    let last = new AppError('sip.unreachable', { detail: 'no edge address' })
    for (const edge of [...edges]) {
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
    throw last
  }

  const register = async (): Promise<RegisterOutcome> => {
    const outcome = await link.register(options.expiresSeconds, registerMs)
    const challenged = outcome.status === 'rejected' && (outcome.code === 401 || outcome.code === 407)
    // A nonce may expire under way: only the second refusal of the digest is the password's fault.
    if (!challenged || link.refusedChallenge || scope.ended) return outcome
    return link.register(options.expiresSeconds, registerMs)
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

  /** Stays while the registration lives; resolves with the reason why it ended. */
  const hold = async (edge: string, tookMs: number, expiresSeconds: number): Promise<Failure> => {
    const life = scope.child('registered')
    const lost = new Promise<Failure>((resolve) => {
      const lose = (error: AppError, waitMs?: number) =>
        resolve(waitMs === undefined ? { error } : { error, waitMs })
      life.add(() => lose(new AppError('app.stopped')))
      link.onLost = (why) => lose(new AppError('sip.unreachable', { detail: why }))
      poke = () => resolve({ error: new AppError('sip.unreachable', { detail: 'woken up' }), woken: true })

      const renew = async () => {
        const outcome = await register()
        if (life.ended) return
        if (outcome.status !== 'accepted') return lose(toRegisterError(outcome, link.refusedChallenge))
        setRegistered(edge, tookMs, outcome.expiresSeconds)
        refreshLater(outcome.expiresSeconds)
      }
      // Refresh at 85 % (contract F.1), but never in a tight loop.
      let cancelRefresh = () => {}
      const refreshLater = (seconds: number) => {
        cancelRefresh()
        cancelRefresh = life.after(Math.max(1000, seconds * 850), () => void renew())
      }
      const check = async () => {
        const asked = Date.now()
        const alive = (await link.ping(pingMs)) || link.lastReceivedAt >= asked
        // An edge may ignore OPTIONS; it must answer REGISTER. Only silence on both is a dead socket.
        if (!alive && !life.ended) void renew()
      }
      life.every(pingEveryMs, () => {
        if (Date.now() - link.lastReceivedAt >= pingEveryMs / 2) void check()
      })
      suspect = () => void check()
      refreshLater(expiresSeconds)
    })
    const failure = await lost
    link.onLost = undefined
    poke = suspect = () => {}
    await life.end()
    return failure
  }

  /** One connection from its first packet to its end. */
  const live = async (): Promise<Failure> => {
    const startedAt = Date.now()
    const edge = await connect()
    if (scope.ended) return { error: new AppError('app.stopped') }
    let lostWhile: string | undefined
    link.onLost = (why) => {
      lostWhile = why
    }
    options.set({ status: 'registering', attempt, edge })
    const outcome = await register()
    if (outcome.status !== 'accepted' || lostWhile !== undefined) {
      if (lostWhile !== undefined) return { error: new AppError('sip.unreachable', { detail: lostWhile }) }
      // This edge shakes hands but does not register: let another one have the next try.
      edges = [...edges.slice(1), ...edges.slice(0, 1)]
      const error = toRegisterError(outcome, link.refusedChallenge)
      const waitMs = outcome.status === 'rejected' ? (outcome.retryAfterSeconds ?? 0) * 1000 : 0
      return waitMs > 0 ? { error, waitMs } : { error }
    }
    registered = true
    const tookMs = Date.now() - startedAt
    setRegistered(edge, tookMs, outcome.expiresSeconds)
    options.onRegistered(!everRegistered)
    everRegistered = true
    const since = Date.now()
    const failure = await hold(edge, tookMs, outcome.expiresSeconds)
    registered = false
    // An edge that drops us again and again must not be hammered: back-off starts over only after a while of peace.
    if (Date.now() - since >= steadyMs || failure.woken) attempt = 0
    return failure
  }

  const run = async () => {
    while (!scope.ended) {
      const failure: Failure = await live().catch((error: unknown) => ({
        error: error instanceof AppError ? error : new AppError('sip.failed', { cause: error }),
      }))
      if (scope.ended) return
      link.close()
      if (failure.error.retry === 'never') {
        options.set({ status: 'refused', error: failure.error.toData() })
        return
      }
      const waitMs = Math.max(failure.waitMs ?? 0, backOffMs(attempt, random()))
      attempt += 1
      if (waitMs === 0) continue
      const error = failure.error.toData()
      options.set({ status: 'waiting', attempt, retryAt: Date.now() + waitMs, error })
      await pause(waitMs)
    }
  }
  void run()

  return {
    wake: () => poke(),
    probe: () => suspect(),
    get registered() {
      return registered
    },
  }
}
