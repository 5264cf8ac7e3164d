// Which of the candidate edges worked is remembered in the profile, so that the next start begins there (contract F.2).
import type { Scope } from '../../common/kit/scope.ts'
import type { PhoneMirror } from './phone-mirror.ts'

interface RememberEdgeParts {
  phone: PhoneMirror['store']
  /** In their usual order; may throw when nobody is signed in. */
  edges(): string[]
  last(): string
  /** Empty: the usual first one works. */
  remember(edge: string): void
}

export function rememberEdge(scope: Scope, { phone, edges, last, remember }: RememberEdgeParts): void {
  scope.add(
    phone.subscribe(({ registration }, before) => {
      if (registration.status !== 'registered' || before.registration.status === 'registered') return
      const { edge } = registration
      const usual = orNone(edges)
      // One address leaves no choice, and one that is no candidate was given by hand.
      if (usual.length < 2 || !usual.includes(edge)) return
      const next = edge === usual[0] ? '' : edge
      if (last() !== next) remember(next)
    }),
  )
}

function orNone(read: () => string[]): string[] {
  try {
    return read()
  } catch {
    return []
  }
}
