// One registration on one socket: refreshed in time, asked for signs of life, and given up with a reason.
import { AppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Link } from './link.ts'
import { type Failure, registerOnce, toFailure } from './register-once.ts'

export interface HeldRegistration {
  /** Resolves when it is over, with the reason. */
  readonly lost: Promise<Failure>
  lose(failure: Failure): void
  /** OPTIONS at once; if that is not answered, REGISTER; if that is not answered either, the socket is dead. */
  probe(): void
  /** REGISTER at once. */
  renew(): void
}

export interface HoldOptions {
  /** What to ask for, and what the registrar gave the last time. */
  expiresSeconds: number
  givenSeconds: number
  onRenewed(expiresSeconds: number): void
}

export const pingEveryMs = 30_000
export const pingMs = 5000

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
  const renew = async () => {
    if (renewing || life.ended) return
    renewing = true
    const outcome = await registerOnce(link, options.expiresSeconds, () => life.ended)
    renewing = false
    if (life.ended) return
    if (outcome.status !== 'accepted') return lose(toFailure(outcome, link.refusedChallenge))
    options.onRenewed(outcome.expiresSeconds)
    renewLater(outcome.expiresSeconds)
  }
  // Refresh at 85 % (contract F.1), but never in a tight loop.
  let cancelRenewal = () => {}
  const renewLater = (seconds: number) => {
    cancelRenewal()
    cancelRenewal = life.after(Math.max(1000, seconds * 850), () => void renew())
  }
  const check = async () => {
    const asked = Date.now()
    const alive = (await link.ping(pingMs)) || link.lastReceivedAt >= asked
    // An edge may ignore OPTIONS; it must answer REGISTER. Only silence on both is a dead socket.
    if (!alive) void renew()
  }
  life.every(pingEveryMs, () => {
    if (Date.now() - link.lastReceivedAt >= pingEveryMs / 2) void check()
  })
  renewLater(options.givenSeconds)
  return { lost, lose: (failure) => lose(failure), probe: () => void check(), renew: () => void renew() }
}
