// The notification of the system for a call that rings: with Answer and Decline where it has buttons, else a press on it
// shows the window. Beside the small call window, which some desktops put behind others, or nowhere.
import { Notification } from 'electron'
import type { Scope } from '../../../common/kit/scope.ts'
import type { Desk } from '../../host.ts'
import { toNotice } from './notice-shape.ts'

export interface CallNoticeOptions {
  desk: Desk
  /** The companion's own window: the person sees the call there. */
  isInFront(): boolean
  onFront(listener: () => void): void
  showWindow(): void
}

export function openCallNotice(scope: Scope, options: CallNoticeOptions): void {
  const { desk, showWindow } = options
  let open: { shown: Notification; sessionId: string } | undefined
  const close = () => {
    open?.shown.close()
    open = undefined
  }
  const follow = () => {
    const { ringing } = desk.face()
    if (!ringing || options.isInFront()) return close()
    if (open?.sessionId === ringing.sessionId || !Notification.isSupported()) return
    close()
    const { acts, ...shape } = toNotice(ringing, process.platform)
    const shown = new Notification(shape)
    const { sessionId } = ringing
    open = { shown, sessionId }
    const answer = () => {
      void desk.answer(sessionId)
      showWindow()
    }
    shown.on('click', showWindow)
    shown.on('action', (details, index) => {
      // Older versions tell it in the second place only.
      const act = acts[details.actionIndex ?? index]
      if (act === 'answer') answer()
      else if (act === 'decline') void desk.decline(sessionId)
    })
    shown.show()
  }
  scope.add(desk.watch(follow))
  scope.add(close)
  options.onFront(follow)
}
