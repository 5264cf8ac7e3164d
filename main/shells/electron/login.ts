// Start at login: keeps what the system does in step with the setting. What the person chose in the system wins.
import { app } from 'electron'
import type { Log } from '../../../common/kit/log.ts'
import type { Scope } from '../../../common/kit/scope.ts'
import type { Desk } from '../../host.ts'
import { readAutostart, toAutostartFile, writeAutostart } from '../autostart.ts'

export function followLogin(scope: Scope, options: { desk: Desk; dataDir: string; log: Log }): void {
  const { desk, log } = options
  const args = ['--hidden', `--profile-dir=${options.dataDir}`]
  let wanted = desk.face().startAtLogin
  if (wanted && !isOn()) {
    wanted = false
    desk.change({ startAtLogin: false })
  }
  const apply = () => {
    try {
      set(wanted, args)
    } catch (error) {
      log.warn('start at login could not be changed', error)
    }
  }
  // Written anew at each start: the program may have moved.
  if (wanted) apply()
  scope.add(
    desk.watch(({ startAtLogin }) => {
      if (startAtLogin === wanted) return
      wanted = startAtLogin
      apply()
    }),
  )
}

function isOn(): boolean {
  if (process.platform === 'linux') return readAutostart(toAutostartFile()) === 'on'
  return app.getLoginItemSettings().openAtLogin
}

function set(openAtLogin: boolean, args: string[]): void {
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin, args })
    return
  }
  // An AppImage runs from a place that is gone afterwards; from source the program is an argument of Electron.
  const program = process.env.APPIMAGE ?? process.execPath
  const command = [program, ...(app.isPackaged ? [] : [app.getAppPath()]), ...args]
  writeAutostart(toAutostartFile(), openAtLogin ? command : undefined)
}
