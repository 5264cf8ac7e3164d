// Waiting for something to become true, with a lifetime and a deadline instead of a poll.
import { AppError } from './errors.ts'
import type { Scope } from './scope.ts'

type Watch = (listener: () => void) => () => void

/** Resolves with the first defined value that `find` returns; asks now and after each change. Rejects when the scope ends. */
export function waitFor<T>(scope: Scope, watch: Watch, find: () => T | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    let stop = () => {}
    let over = false
    const settle = (run: () => void) => {
      if (over) return
      over = true
      stop()
      scope.signal.removeEventListener('abort', onEnd)
      run()
    }
    const onEnd = () => settle(() => reject(new AppError('app.stopped', { detail: scope.name })))
    let looking = false
    const look = () => {
      // `find` may itself report progress, which is a change too.
      if (over || looking) return
      looking = true
      try {
        const found = find()
        if (found !== undefined) settle(() => resolve(found))
      } catch (error) {
        settle(() => reject(error))
      } finally {
        looking = false
      }
    }
    if (scope.ended) return onEnd()
    scope.signal.addEventListener('abort', onEnd, { once: true })
    stop = watch(look)
    look()
    if (over) stop()
  })
}

/** Real time, for whoever may be given another one by a test. */
export const sleepReally = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** `work`, but no longer than `ms`: then the error that `late` makes. The work itself must end with `scope`. */
export async function within<T>(
  scope: Scope,
  ms: number,
  work: Promise<T>,
  late: () => AppError,
): Promise<T> {
  let cancel = () => {}
  const alarm = new Promise<never>((_, reject) => {
    cancel = scope.after(ms, () => reject(late()))
  })
  try {
    return await Promise.race([work, alarm])
  } finally {
    cancel()
  }
}
