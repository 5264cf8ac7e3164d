// Does something when no call is up: now, or as soon as the last one has ended. Asked twice meanwhile, it is done once.
import type { Scope } from '../../common/kit/scope.ts'
import type { PhoneMirror } from './phone-mirror.ts'

export function createWhenIdle(
  scope: Scope,
  phone: PhoneMirror['store'],
  run: () => Promise<void>,
): () => Promise<void> {
  let waiting: (() => void) | undefined
  const isIdle = () => phone.getState().sessions.every((session) => session.status === 'ended')

  return async () => {
    if (isIdle()) return run()
    if (waiting) return
    const stop = phone.subscribe(() => {
      if (!isIdle()) return
      waiting?.()
      waiting = undefined
      void run().catch(() => {})
    })
    const forget = scope.add(stop)
    waiting = () => {
      stop()
      forget()
    }
  }
}
