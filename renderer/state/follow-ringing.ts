// What follows from ringing in this window: do not disturb reaches the phone, an answered call comes to the front, and
// missed calls are seen when somebody is there.
import type { Scope } from '../../common/kit/scope.ts'
import type { PhoneState } from '../../common/model/phone.ts'
import { countUnseen } from '../../common/model/ringing.ts'
import type { Phone } from '../phone/phone.ts'
import { isQuickstartCall } from '../view/quickstart-view.ts'
import { isRinging } from '../view/sessions.ts'
import type { Companion } from './companion.tsx'

type Parts = Pick<Companion, 'copy' | 'ui' | 'actions'> & { phone: Pick<Phone, 'store' | 'setDoNotDisturb'> }

/** What only a person does: a window that lies open shows that nobody has looked. */
const signs = ['pointerdown', 'pointermove', 'keydown', 'focus'] as const

export function followRinging(scope: Scope, { copy, ui, phone, actions }: Parts): void {
  const refuse = () => phone.setDoNotDisturb(copy.getState().app.ringing.refuses)
  refuse()
  scope.add(copy.subscribe(refuse))

  // Also when it was answered outside the window.
  const show = (now: PhoneState, before: PhoneState) => {
    const answered = now.sessions.find(
      ({ id, status }) =>
        ['answering', 'established'].includes(status) &&
        before.sessions.some((one) => one.id === id && isRinging(one)),
    )
    if (answered && !isQuickstartCall(copy.getState().app, answered.id)) ui.setState({ screen: 'call' })
  }
  scope.add(phone.store.subscribe(show))

  let asked = 0
  const look = () => {
    const unseen = countUnseen(copy.getState().app.ringing)
    if (unseen === 0) asked = 0
    if (unseen === asked || ui.getState().screen !== 'call' || !document.hasFocus()) return
    asked = unseen
    void actions.tryAsk('ringing.seen', {})
  }
  for (const sign of signs) {
    addEventListener(sign, look)
    scope.add(() => removeEventListener(sign, look))
  }
}
