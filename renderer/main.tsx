// Entry of the window: finds the way to main and opens the phone; what is seen is loaded beside it and follows.
import './strict-zod.ts'
import { createScope } from '../common/kit/scope.ts'
import { createPhone } from './phone/create-phone.ts'
import { findPort } from './port.ts'
import { followDrafts } from './state/drafts.ts'
import { followRecent } from './state/follow-recent.ts'
import { followRinging } from './state/follow-ringing.ts'
import { followWishes } from './state/follow-wishes.ts'
import { keepAwakeInCalls } from './state/keep-awake.ts'
import { followLanguage } from './state/language.ts'
import { openCompanion } from './state/open-companion.ts'
import { followTitle } from './state/title.ts'

const element = document.getElementById('root')
if (!element) throw new Error('index.html has no #root')
const drawing = import('./draw.tsx')
const port = findPort()

if (port) {
  const scope = createScope('window', (error) => console.error(error))
  const companion = openCompanion(scope, port, createPhone)
  followTitle(scope, companion)
  followRinging(scope, companion)
  followWishes(scope, companion)
  keepAwakeInCalls(scope, companion)
  followRecent(scope, companion)
  followDrafts(scope, companion)
  addEventListener('pagehide', () => void scope.end())
  const known = followLanguage(scope, companion.copy)
  void Promise.all([drawing, known]).then(([{ drawApp }]) => drawApp(element, companion))
} else {
  void drawing.then(({ drawNoMain }) => drawNoMain(element))
}
