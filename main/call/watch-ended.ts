// Notices a call of ours that the platform ends at once, looks at the phone and the balance, and tells (contract I.17).
import type { AppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Platform } from '../platform/platform.ts'
import type { Calls } from './calls.ts'
import { withoutBalance } from './place.ts'
import { type Circumstances, isEndedAtOnce, whyEndedAtOnce } from './why-silent.ts'

export interface EndedParts {
  calls: Calls
  platform: Pick<Platform, 'balance'>
  about(): Pick<Circumstances, 'registration' | 'extension'>
  /** Somebody else tells it: the quickstart, of its own call. */
  isTold(): boolean
  tell(error: AppError): void
}

export function watchEnded(scope: Scope, parts: EndedParts): void {
  const { calls } = parts
  const told = new Set<string>()
  const look = () => {
    for (const request of calls.book.requests().slice(-3)) {
      if (told.has(request.id)) continue
      const legs = request.callIds.flatMap((id) => calls.book.get(id) ?? [])
      if (legs.length < request.callIds.length) continue
      const circumstances = { legs, placedAt: request.placedAt, now: Date.now(), ...parts.about() }
      if (!isEndedAtOnce(circumstances)) continue
      told.add(request.id)
      if (parts.isTold()) continue
      const error = whyEndedAtOnce(circumstances)
      void withoutBalance(parts.platform, error.detail).then((broke) => {
        if (!scope.ended) parts.tell(broke ?? error)
      })
    }
  }
  scope.add(calls.onCall(look))
  scope.add(calls.onPlaced(look))
}
