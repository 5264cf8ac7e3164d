// The open subscription as people see it: counts and proofs; a burst of events becomes one change of the state.
import type { Scope } from '../../common/kit/scope.ts'
import type { OpenSubscription } from '../../common/model/subscription.ts'

export interface OpenState {
  /** Changes it; `now` shows it at once, otherwise within a quarter of a second. */
  update(changes: Partial<OpenSubscription>, how?: 'now'): void
  current(): OpenSubscription
  /** Last sign of life: from here on events may be missing when the socket turns out to be dead. */
  lastSeenAt(): number
}

const restMs = 250

export function createOpenState(
  scope: Scope,
  first: OpenSubscription,
  show: (open: OpenSubscription) => void,
): OpenState {
  let open = first
  let isWaiting = false
  return {
    update(changes, how) {
      open = { ...open, ...changes }
      if (how === 'now') show(open)
      else if (!isWaiting) {
        isWaiting = true
        scope.after(restMs, () => {
          isWaiting = false
          show(open)
        })
      }
    },
    current: () => open,
    lastSeenAt: () => Math.max(open.openedAt, open.lastPingAt ?? 0, open.lastEventAt ?? 0),
  }
}
