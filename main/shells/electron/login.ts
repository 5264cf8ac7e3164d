// Start at login: keeps what the system does in step with the setting. What the person chose in the system wins.
import type { App } from 'electron'
import type { Log } from '../../../common/kit/log.ts'
import type { Scope } from '../../../common/kit/scope.ts'
import type { Desk } from '../../host.ts'
import { readAutostart, toAutostartFile, writeAutostart } from '../autostart.ts'

/** The part of Electron's `app` that is used. */
export type LoginApp = Pick<
  App,
  'getLoginItemSettings' | 'setLoginItemSettings' | 'isPackaged' | 'getAppPath'
>

export interface LoginOptions {
  desk: Pick<Desk, 'face' | 'watch' | 'change'>
  dataDir: string
  log: Log
  app: LoginApp
  platform?: NodeJS.Platform
}

export function followLogin(scope: Scope, options: LoginOptions): void {
  const { desk, log, app, platform = process.platform } = options
  const system = { app, platform, args: ['--hidden', `--profile-dir=${options.dataDir}`] }
  let wanted = desk.face().startAtLogin
  if (wanted && !isOn(system)) {
    wanted = false
    desk.change({ startAtLogin: false })
  }
  const apply = () => {
    try {
      set(wanted, system)
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

interface System {
  app: LoginApp
  platform: NodeJS.Platform
  args: string[]
}

function isOn({ app, platform, args }: System): boolean {
  if (platform === 'linux') return readAutostart(toAutostartFile()) === 'on'
  // Windows finds the entry by its whole command line.
  return app.getLoginItemSettings(platform === 'win32' ? { args: args.map(quote) } : undefined).openAtLogin
}

function set(openAtLogin: boolean, { app, platform, args }: System): void {
  if (platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin, args: platform === 'win32' ? args.map(quote) : args })
    return
  }
  // An AppImage runs from a place that is gone afterwards; from source the program is an argument of Electron.
  const program = process.env.APPIMAGE ?? process.execPath
  const command = [program, ...(app.isPackaged ? [] : [app.getAppPath()]), ...args]
  writeAutostart(toAutostartFile(), openAtLogin ? command : undefined)
}

/** Electron joins the arguments with spaces; a backslash before a quote would escape it. A path of Windows has no quotes. */
function quote(argument: string): string {
  return /\s/.test(argument) ? `"${argument.replace(/\\+$/, '$&$&')}"` : argument
}
