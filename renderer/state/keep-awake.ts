// Where the window is a browser's, the screen stays on in a call as long as the window is seen: a browser has no other way to
// keep a machine from falling asleep. The desktop program asks the system itself.
import type { Scope } from '../../common/kit/scope.ts'
import { isLive, isRinging } from '../view/sessions.ts'
import type { Companion } from './companion.tsx'

type Lock = Pick<WakeLockSentinel, 'release' | 'released'>

interface Screen {
  wakeLock?: { request(type: 'screen'): Promise<Lock> } | undefined
}

export function keepAwakeInCalls(
  scope: Scope,
  { copy, phone }: Pick<Companion, 'copy' | 'phone'>,
  screen: Screen = navigator,
): void {
  let held: Lock | undefined
  let asking = false
  const isWanted = () =>
    copy.getState().app.shell.name === 'chromium' &&
    phone.store.getState().sessions.some((session) => isLive(session) && !isRinging(session))
  const look = async () => {
    if (!isWanted()) {
      await held?.release()
      held = undefined
      return
    }
    // It lets go by itself when the window is hidden, and is refused while it is.
    if (asking || (held && !held.released) || document.visibilityState !== 'visible') return
    asking = true
    held = await screen.wakeLock?.request('screen').catch(() => undefined)
    asking = false
    if (!isWanted()) await look()
  }
  const follow = () => void look().catch(() => {})
  scope.add(phone.store.subscribe(follow))
  document.addEventListener('visibilitychange', follow)
  scope.add(() => document.removeEventListener('visibilitychange', follow))
  scope.add(() => void held?.release().catch(() => {}))
}
