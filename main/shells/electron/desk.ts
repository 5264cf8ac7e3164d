// Everything of the phone outside its window: tray, call window, missed calls, closing, start at login.
import { app, globalShortcut, Notification, powerSaveBlocker } from 'electron'
import type { Log } from '../../../common/kit/log.ts'
import type { Scope } from '../../../common/kit/scope.ts'
import type { Desk } from '../../host.ts'
import { toMissedText } from '../missed-text.ts'
import { openCallNotice } from './call-notice.ts'
import { openCallWindow } from './call-window.ts'
import { closeWindow } from './closing.ts'
import { followGlobalKeys } from './global-keys.ts'
import { keepAwakeInCalls } from './keep-awake.ts'
import { followLinks } from './links.ts'
import { followLogin } from './login.ts'
import { type CompanionTray, openTray } from './tray.ts'
import type { ElectronWindow } from './window.ts'

export interface DeskOptions {
  desk: Desk
  window: ElectronWindow
  /** Started at login: nobody asked for the window. */
  hidden: boolean
  preload: string
  session: Electron.Session
  icon: string
  dataDir: string
  log: Log
  quit(): void
}

export interface ElectronDesk {
  /** The person closed the window. */
  close(): void
}

/** A panel may need a while after the login until its tray is there. */
const trayTries = 30
const trayEveryMs = 500

export function openDesk(scope: Scope, options: DeskOptions): ElectronDesk {
  const { desk, window, log } = options
  const show = () => window.show()
  const tray = openTray(scope, { desk, icon: options.icon, show, quit: options.quit })
  const front = { isInFront: window.isInFront, onFront: window.onFront, showWindow: show }
  openCallWindow(scope, { ...options, ...front })
  openCallNotice(scope, { desk, ...front })
  followLogin(scope, { ...options, app })
  followLinks(scope, { ...options, app })
  followGlobalKeys(scope, { desk, shortcuts: globalShortcut })
  keepAwakeInCalls(scope, { desk, blocker: powerSaveBlocker })
  tellMissed(scope, options)
  if (options.hidden) void stayHidden(scope, tray, window).catch(() => {})
  let closing = false
  return {
    close() {
      if (closing) return
      closing = true
      void closeWindow({ desk, tray, hide: window.hide, quit: options.quit, log })
        .catch((error) => log.error('the window could not be closed', error))
        .then(() => {
          closing = false
        })
    },
  }
}

async function stayHidden(scope: Scope, tray: CompanionTray, window: ElectronWindow): Promise<void> {
  for (let tries = 0; tries < trayTries; tries++) {
    if (await tray.isThere()) return
    await scope.sleep(trayEveryMs)
  }
  // A process that nobody can reach would be worse than a window nobody asked for.
  window.minimize()
}

/** Told by the system while the companion is not in front; without a sound, because the phone has rung. */
function tellMissed(scope: Scope, { desk, window }: DeskOptions): void {
  let last = desk.face().lastMissed?.sessionId
  let shown: Notification | undefined
  scope.add(
    desk.watch(({ lastMissed, missed }) => {
      if (missed === 0) shown?.close()
      if (!lastMissed || lastMissed.sessionId === last) return
      last = lastMissed.sessionId
      if (window.isInFront() || !Notification.isSupported()) return
      shown?.close()
      shown = new Notification({ ...toMissedText(lastMissed, missed), silent: true })
      shown.on('click', () => window.show())
      shown.show()
    }),
  )
}
