// The small window above all others while a call rings and the companion itself is not in front.
import { BrowserWindow, ipcMain, nativeTheme, type Session, screen } from 'electron'
import type { Scope } from '../../../common/kit/scope.ts'
import { type CallNotice, CallNoticeAct, type DeskFace } from '../../../common/model/ringing.ts'
import { say } from '../../../common/words/say.ts'
import type { Desk } from '../../host.ts'
import { electronOrigin } from '../page-origin.ts'
import { keepCallWindow, type SmallWindow } from './call-window-keeper.ts'

export interface CallWindowOptions {
  desk: Desk
  preload: string
  session: Session
  /** The companion's own window: the person sees the call there. */
  isInFront(): boolean
  onFront(listener: () => void): void
  showWindow(): void
}

const size = { width: 360, height: 172 }
const gap = 16
const page = `${electronOrigin}/call-window.html`

export function openCallWindow(scope: Scope, options: CallWindowOptions): void {
  const { desk } = options
  const kept = keepCallWindow((onGone) => make(options, onGone))
  const follow = ({ ringing }: DeskFace) => kept.show(options.isInFront() ? undefined : ringing)
  const onHello = (event: Electron.IpcMainEvent) => {
    const { ringing, theme, language } = desk.face()
    if (!isOurs(event) || !ringing) return
    const dark = theme === 'system' ? nativeTheme.shouldUseDarkColors : theme === 'dark'
    const notice: CallNotice = { call: ringing, theme: dark ? 'dark' : 'light', language }
    event.sender.send('companion.message', notice)
  }
  const onMessage = (event: Electron.IpcMainEvent, message: unknown) => {
    const found = isOurs(event) ? CallNoticeAct.safeParse(message) : undefined
    if (!found?.success) return
    const { act, sessionId } = found.data
    if (act === 'decline') return void desk.decline(sessionId)
    void desk.answer(sessionId)
    options.showWindow()
  }
  const isOurs = (event: Electron.IpcMainEvent) =>
    kept.isFrom(event.sender.id) && event.senderFrame?.url === page
  ipcMain.on('companion.hello', onHello)
  ipcMain.on('companion.message', onMessage)
  scope.add(() => {
    ipcMain.off('companion.hello', onHello)
    ipcMain.off('companion.message', onMessage)
    kept.show(undefined)
  })
  scope.add(desk.watch(follow))
  options.onFront(() => follow(desk.face()))
}

function make({ preload, session }: CallWindowOptions, onGone: () => void): SmallWindow {
  const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint())
  const window = new BrowserWindow({
    ...size,
    x: workArea.x + workArea.width - size.width - gap,
    y: workArea.y + gap,
    title: say('Incoming call'),
    show: false,
    frame: false,
    resizable: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    skipTaskbar: true,
    alwaysOnTop: true,
    webPreferences: {
      preload,
      session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
    },
  })
  window.setAlwaysOnTop(true, 'screen-saver')
  window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true })
  // Inactive: whoever is typing elsewhere must not answer with the next space.
  window.once('ready-to-show', () => window.showInactive())
  const destroy = () => {
    if (!window.isDestroyed()) window.destroy()
  }
  // By the keys of the window manager, for instance.
  window.once('closed', onGone)
  window.webContents.on('render-process-gone', destroy)
  void window.loadURL(page).catch(() => {})
  return { pageId: window.webContents.id, destroy }
}
