// The one window: sandboxed, where it was last time, reloaded after a crash, its page connected by a port.
import { BrowserWindow, ipcMain, nativeTheme, type Session, screen, type WebContents } from 'electron'
import type { Log } from '../../../common/kit/log.ts'
import type { Port } from '../../../common/kit/port.ts'
import { electronOrigin } from '../page-origin.ts'
import { createPagePorts } from '../page-port.ts'
import { createRestarts } from '../restarts.ts'
import { fitToScreens, readWindowPlace, smallestPlace, writeWindowPlace } from '../window-place.ts'
import { isOwnPage } from './permissions.ts'

export interface ElectronWindowOptions {
  title: string
  preload: string
  icon: string
  session: Session
  dataDir: string
  log: Log
  attach(port: Port): () => void
  /** Stays away until somebody shows it. */
  hidden: boolean
  /** It crashed more often than it may come back. */
  onGivenUp(): void
}

export interface ElectronWindow {
  readonly contents: WebContents
  show(): void
  hide(): void
  /** For a start at login without a tray: out of the way, and on the task bar. */
  minimize(): void
  /** Somebody looks at it. */
  isInFront(): boolean
  onFront(listener: () => void): void
  /** The person wants to close it; the answer says whether it may. */
  onClose(mayClose: () => boolean): void
  load(): Promise<void>
}

/** So that the window does not flash before the page has painted. */
const background = { light: '#ffffff', dark: '#111113' }

export function openElectronWindow(options: ElectronWindowOptions): ElectronWindow {
  const screens = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map((display) => display.workArea)
  const { maximized, width, height, x, y } = fitToScreens(readWindowPlace(options.dataDir), screens)
  const window = new BrowserWindow({
    width,
    height,
    ...(x !== undefined && y !== undefined ? { x, y } : {}),
    minWidth: smallestPlace.width,
    minHeight: smallestPlace.height,
    title: options.title,
    icon: options.icon,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    autoHideMenuBar: true,
    webPreferences: {
      preload: options.preload,
      session: options.session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      // A phone must ring and keep its timers while its window is hidden.
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
    },
  })
  // It would show the window.
  if (maximized && !options.hidden) window.maximize()
  if (!options.hidden) window.once('ready-to-show', () => window.show())
  connect(window, options)
  return {
    contents: window.webContents,
    load: () => window.loadURL(`${electronOrigin}/`),
    show() {
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
    hide: () => window.hide(),
    minimize: () => window.minimize(),
    isInFront: () =>
      !window.isDestroyed() && window.isVisible() && !window.isMinimized() && window.isFocused(),
    onFront(listener) {
      for (const name of ['focus', 'blur', 'minimize', 'hide'] as const) window.on(name as 'focus', listener)
    },
    onClose(mayClose) {
      window.on('close', (event) => {
        writeWindowPlace(options.dataDir, { ...window.getNormalBounds(), maximized: window.isMaximized() })
        if (!mayClose()) event.preventDefault()
      })
    },
  }
}

function connect(window: BrowserWindow, options: ElectronWindowOptions): void {
  const { webContents: contents } = window
  const { log } = options
  const ports = createPagePorts(options.attach, (message) => {
    if (!contents.isDestroyed()) contents.send('companion.message', message)
  })
  // Only the top frame of our own page in our own window is heard.
  const isOurs = (event: Electron.IpcMainEvent) =>
    event.sender.id === contents.id &&
    event.senderFrame !== null &&
    event.senderFrame.parent === null &&
    isOwnPage(event.senderFrame.url)
  const onHello = (event: Electron.IpcMainEvent) => {
    if (isOurs(event)) ports.renew()
    // The small window of a ringing call says hello as well; whoever opened it listens.
    else if (event.sender.id === contents.id) log.warn('a message from somewhere else was dropped')
  }
  const onMessage = (event: Electron.IpcMainEvent, message: unknown) => {
    if (isOurs(event)) ports.receive(message)
  }
  ipcMain.on('companion.hello', onHello)
  ipcMain.on('companion.message', onMessage)

  const restarts = createRestarts()
  contents.on('render-process-gone', (_event, { reason }) => {
    ports.drop()
    if (reason === 'clean-exit') return
    if (!restarts.allow()) return options.onGivenUp()
    log.warn('the page crashed and is loaded again', { reason })
    contents.reload()
  })
  contents.on('unresponsive', () => log.warn('the page does not answer'))
  window.once('closed', () => {
    ipcMain.off('companion.hello', onHello)
    ipcMain.off('companion.message', onMessage)
    ports.drop()
  })
}
