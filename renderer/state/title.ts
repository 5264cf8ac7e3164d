// Keeps the document's title: a call that rings, and how many were missed, is seen on the task bar.
import type { Scope } from '../../common/kit/scope.ts'
import { countUnseen } from '../../common/model/ringing.ts'
import { onLanguage } from '../../common/words/say.ts'
import { toOnAir } from '../view/on-air-view.ts'
import { toTitle } from '../view/title-view.ts'
import type { Companion } from './companion.tsx'

export function followTitle(scope: Scope, { phone, copy }: Pick<Companion, 'phone' | 'copy'>): void {
  const show = () => {
    const { app } = copy.getState()
    const state = phone.store.getState()
    const who = toOnAir(app, state)?.who
    const voice = who === 'voice' || who === 'voiceAndYou'
    const title = toTitle(state, countUnseen(app.ringing), app, voice)
    if (document.title !== title) document.title = title
  }
  show()
  scope.add(phone.store.subscribe(show))
  scope.add(onLanguage(show))
  scope.add(copy.subscribe(show))
}
