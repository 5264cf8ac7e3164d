// The end of a token, foreseen: a word a day ahead, and one at its time (contract I.6).
import { AppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'

const warnMs = 24 * 3600_000
/** setTimeout cannot wait longer. */
const longestTimerMs = 2 ** 31 - 1

export function watchExpiry(
  scope: Scope,
  expiresAt: number | undefined,
  now: () => number,
  tell: { soon(error: AppError): void; over(error: AppError): void },
): void {
  if (expiresAt === undefined) return
  const at = (time: number, run: () => void) => {
    const wait = Math.max(0, time - now())
    scope.after(Math.min(wait, longestTimerMs), () => (wait > longestTimerMs ? at(time, run) : run()))
  }
  const detail = new Date(expiresAt).toISOString()
  at(expiresAt - warnMs, () => tell.soon(new AppError('account.expiring', { detail })))
  at(expiresAt, () => tell.over(new AppError('account.expired', { detail })))
}
