// Which of the candidate edges worked is remembered in the profile, so that the next start begins there (contract F.2).
import type { Scope } from '../../common/kit/scope.ts'
import type { SettingsFeature } from '../settings/settings.ts'
import type { PhoneMirror } from './phone-mirror.ts'

interface RememberEdgeParts {
  phone: PhoneMirror['store']
  /** In their usual order; may throw when nobody is signed in. */
  edges(): string[]
  settings: Pick<SettingsFeature, 'current' | 'change'>
}

export function rememberEdge(scope: Scope, { phone, edges, settings }: RememberEdgeParts): void {
  scope.add(
    phone.subscribe(({ registration }, before) => {
      if (registration.status !== 'registered' || before.registration.status === 'registered') return
      const { edge } = registration
      const usual = orNone(edges)
      // One address leaves no choice, and one that is no candidate was given by hand.
      if (usual.length < 2 || !usual.includes(edge)) return
      const lastEdge = edge === usual[0] ? '' : edge
      if (settings.current().lastEdge !== lastEdge) void settings.change({ lastEdge })
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
