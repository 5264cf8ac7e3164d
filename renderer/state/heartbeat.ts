// Notices that main is gone: no shell tells the page so. Asks for a sign of life while somebody looks.
import { AppError, type ErrorData } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'

export interface HeartbeatParts {
  /** Main answers at once, or it is not there. */
  ping(): Promise<unknown>
  isLive(): boolean
  lost(error: ErrorData): void
  page?: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>
}

/** Together at most 9 s from main's end to the word about it. */
export const beatMs = 5_000
export const answerMs = 4_000
/** A timer this late means that the machine slept, which says nothing about main. */
const sleptMs = 2_000

export function openHeartbeat(scope: Scope, parts: HeartbeatParts): void {
  const page = parts.page ?? globalThis.document
  let waiting = false

  const beat = () => {
    if (waiting || !parts.isLive() || page?.visibilityState === 'hidden') return
    waiting = true
    const askedAt = Date.now()
    const late = scope.after(answerMs, () => {
      waiting = false
      if (Date.now() - askedAt < answerMs + sleptMs && parts.isLive()) parts.lost(toMainGone())
    })
    const answered = () => {
      waiting = false
      late()
    }
    // A failure is an answer too, except that nobody took the question: then the alarm stays.
    parts.ping().then(answered, (thrown) => {
      if (!(thrown instanceof AppError) || thrown.code !== 'app.mainGone') answered()
    })
  }
  scope.every(beatMs, beat)
  page?.addEventListener('visibilitychange', beat)
  scope.add(() => page?.removeEventListener('visibilitychange', beat))
}

export const toMainGone = (): ErrorData => new AppError('app.mainGone').toData()
