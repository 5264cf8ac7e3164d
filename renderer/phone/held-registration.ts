// One registration on one socket: refreshed in time, asked for signs of life, and given up with a reason.
import { AppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Link } from './link.ts'
import { type Failure, registerMs, registerOnce, toFailure } from './register-once.ts'

export interface HeldRegistration {
  /** Resolves when it is over, with the reason. */
  readonly lost: Promise<Failure>
  lose(failure: Failure): void
  /** OPTIONS at once; silence means a dead socket, or an edge that knows no OPTIONS: then REGISTER decides. */
  probe(): void
  /** REGISTER at once, with little patience: the socket is doubtful. */
  renew(): void
}

export interface HoldOptions {
  /** What to ask for, and what the registrar gave the last time. */
  expiresSeconds: number
  givenSeconds: number
  onRenewed(expiresSeconds: number): void
}

export const pingEveryMs = 15_000
export const pingMs = 4000
/** What a REGISTER may take on a socket that may have died in a sleep; then a new one is faster. */
export const wakingMs = 2000

export function holdRegistration(scope: Scope, link: Link, options: HoldOptions): HeldRegistration {
  const life = scope.child('registered')
  let lose: HeldRegistration['lose'] = () => {}
  const lost = new Promise<Failure>((resolve) => {
    lose = (failure) => {
      resolve(failure)
      link.onLost = undefined
      void life.end()
    }
  })
  life.add(() => lose({ error: new AppError('app.stopped') }))
  link.onLost = (why) => lose({ error: new AppError('sip.unreachable', { detail: why }) })

  // RFC 3261 section 10.2: no new REGISTER before the last one was answered or given up.
  let renewing = false
  const renew = async (deadlineMs = registerMs) => {
    if (renewing || life.ended) return
    renewing = true
    const outcome = await registerOnce(link, options.expiresSeconds, () => life.ended, deadlineMs)
    renewing = false
    if (life.ended) return
    if (outcome.status !== 'accepted') return lose(toFailure(outcome, link.refusedChallenge))
    options.onRenewed(outcome.expiresSeconds)
    renewLater(outcome.expiresSeconds)
  }
  // Refresh at 85 % (contract F.1) or two seconds before the end, as registrars count whole seconds; never in a tight loop.
  let cancelRenewal = () => {}
  const renewLater = (seconds: number) => {
    cancelRenewal()
    cancelRenewal = life.after(
      Math.max(1000, Math.min(seconds * 850, (seconds - 2) * 1000)),
      () => void renew(),
    )
  }
  let answersOptions = false
  const check = async () => {
    const asked = Date.now()
    const answered = await link.ping(pingMs)
    answersOptions ||= answered
    if (answered || life.ended || link.lastReceivedAt >= asked) return
    if (answersOptions) return lose({ error: new AppError('sip.unreachable', { detail: 'no sign of life' }) })
    // It may ignore OPTIONS; REGISTER it must answer.
    void renew()
  }
  life.every(pingEveryMs, () => {
    if (Date.now() - link.lastReceivedAt >= pingEveryMs / 2) void check()
  })
  renewLater(options.givenSeconds)
  return {
    lost,
    lose: (failure) => lose(failure),
    probe: () => void check(),
    renew: () => void renew(wakingMs),
  }
}
