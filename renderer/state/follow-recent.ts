// Keeps the people of the calls that were at hand, for the field and the palette: read again when a call has ended.
import type { Scope } from '../../common/kit/scope.ts'
import type { Companion } from './companion.tsx'

/** The history grows with each line of a call; whom it was with stands from its beginning. */
const restMs = 1_000

export function followRecent(scope: Scope, { copy, actions }: Pick<Companion, 'copy' | 'actions'>): void {
  let seen: unknown
  let cancel: (() => void) | undefined
  const look = () => {
    const { link, app } = copy.getState()
    const now = `${app.history.revision} ${app.profiles.now} ${app.account.status}`
    if (link.status !== 'live' || now === seen || cancel) return
    seen = now
    cancel = scope.after(restMs, () => {
      cancel = undefined
      void actions.history.recent()
      look()
    })
  }
  scope.add(copy.subscribe(look))
  look()
}
