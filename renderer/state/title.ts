// Keeps the document's title: a call that rings is seen on the task bar.
import type { Scope } from '../../common/kit/scope.ts'
import type { Phone } from '../phone/phone.ts'
import { toTitle } from '../view/title-view.ts'

export function followTitle(scope: Scope, store: Phone['store']): void {
  const show = () => {
    const title = toTitle(store.getState())
    if (document.title !== title) document.title = title
  }
  show()
  scope.add(store.subscribe(show))
}
