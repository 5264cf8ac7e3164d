// Notices that the machine slept or the page was stopped: its timer comes much later than it was due.
import type { Scope } from '../../common/kit/scope.ts'

/** Short, because on some systems a timer goes on after the sleep with what was left of it before. */
const tickMs = 5000
const lateMs = 15_000

/** The wall clock runs on while timers stand still. A clock that was set is taken for a sleep too; that costs one request. */
export function watchSleep(scope: Scope, onAwake: (sleptMs: number) => void): void {
  let last = Date.now()
  scope.every(tickMs, () => {
    const now = Date.now()
    const late = now - last - tickMs
    last = now
    // A clock that was set back says nothing about how long it was.
    if (Math.abs(late) > lateMs) onAwake(late)
  })
}
