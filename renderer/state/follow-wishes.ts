// Does in this window what was wished outside of it, each once: a link fills the field for calling, a key of the whole
// system is an action of the table.
import { AppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Wish } from '../../common/model/wish.ts'
import { frontSession } from '../view/sessions.ts'
import { toRuns } from './action-runs.ts'
import type { Companion } from './companion.tsx'

/** Whoever pressed a key meant what rang then, not what rings when a window has come back. */
const freshMs = 3_000

export function followWishes(scope: Scope, companion: Companion): void {
  const { copy, ui, phone, actions } = companion
  let last = 0
  const fulfil = (wish: Wish) => {
    if (wish.kind === 'action') {
      if (Date.now() - wish.at <= freshMs) toRuns(companion)[wish.action]?.()
      return
    }
    ui.setState({ screen: 'call', dial: wish.target, focus: 'dial', overlay: 'none' })
    if (frontSession(phone.store.getState())) actions.tell(new AppError('app.linkWaits').toData())
  }
  const look = () => {
    const { link, app } = copy.getState()
    const fresh = app.wishes.filter(({ id }) => id > last)
    const newest = fresh.at(-1)
    if (link.status !== 'live' || !newest) return
    last = newest.id
    for (const wish of fresh) fulfil(wish)
    void actions.tryAsk('wish.done', { id: last })
  }
  look()
  scope.add(copy.subscribe(look))
}
