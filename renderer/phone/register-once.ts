// One REGISTER on a connection, and what its outcome means for that connection.
import { AppError } from '../../common/kit/errors.ts'
import type { Link } from './link.ts'
import { notKept, type RegisterOutcome } from './register-answer.ts'

export const registerMs = 6000

/** What is never retried: 403, 404 and a password that was wrong twice (contract I.14). */
export function toRegisterError(outcome: RegisterOutcome, refusedChallenge?: string): AppError {
  if (outcome.status !== 'rejected') return new AppError('sip.timeout')
  const detail = refusedChallenge ?? `${outcome.code} ${outcome.reason}`.trim()
  const more = { detail, status: outcome.code }
  if (outcome.code === 404 || outcome.code === 604) return new AppError('sip.unknownDomain', more)
  // RFC 3261 section 21.4.1 to 21.6: everything else may be over the next time.
  if ([401, 403, 407].includes(outcome.code)) return new AppError('sip.rejected', more)
  // Others are bound: the fourth device took this one's place (contract I.15).
  if (outcome.reason.includes(notKept)) return new AppError('sip.evicted', more)
  if (outcome.code === 408) return new AppError('sip.timeout', more)
  return new AppError('sip.failed', more)
}

/** Why a connection ended, and what that means for the next one. */
export interface Failure {
  error: AppError
  /** Not before this time has passed (Retry-After). */
  waitMs?: number
}

export function toFailure(outcome: RegisterOutcome, refusedChallenge?: string): Failure {
  const error = toRegisterError(outcome, refusedChallenge)
  const seconds = outcome.status === 'rejected' ? outcome.retryAfterSeconds : undefined
  return seconds === undefined ? { error } : { error, waitMs: seconds * 1000 }
}

/** REGISTER; the digest is tried twice, because a nonce may run out under way: only a second refusal is the password's fault. */
export async function registerOnce(
  link: Link,
  expiresSeconds: number,
  ended: () => boolean,
  deadlineMs = registerMs,
): Promise<RegisterOutcome> {
  const outcome = await link.register(expiresSeconds, deadlineMs)
  const challenged = outcome.status === 'rejected' && (outcome.code === 401 || outcome.code === 407)
  if (!challenged || link.refusedChallenge || ended()) return outcome
  return link.register(expiresSeconds, deadlineMs)
}
