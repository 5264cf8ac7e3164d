// The whole companion in Electron: profile, lock, host, app, window; ended together.
import path from 'node:path'
import {
  app,
  dialog,
  powerMonitor,
  protocol,
  type Session,
  safeStorage,
  session as sessions,
  shell,
} from 'electron'
import { AppError } from '../../../common/kit/errors.ts'
import type { Log } from '../../../common/kit/log.ts'
import { createScope, type Scope } from '../../../common/kit/scope.ts'
import { onLanguage, say } from '../../../common/words/say.ts'
import type { App } from '../../app.ts'
import type { Desk, Host } from '../../host.ts'
import { openDataDir } from '../data-dir.ts'
import { openFileLog } from '../file-log.ts'
import { alreadyRunning, openInstanceLock } from '../instance-lock.ts'
import { toExternalUrl } from '../open-external.ts'
import { electronScheme } from '../page-origin.ts'
import { openPracticeProcess } from '../practice-process.ts'
import type { ProgramFiles } from '../root-dir.ts'
import { parseArguments } from './arguments.ts'
import { openDesk } from './desk.ts'
import { setMenu } from './menu.ts'
import { forkPractice } from './practice-child.ts'
import { openSafeStorageSecrets, type SafeStorage } from './safe-storage-secrets.ts'
import { saveByDialog } from './save-file.ts'
import { confineContents, secureSession } from './security.ts'
import { type ElectronWindow, openElectronWindow } from './window.ts'

export interface StartOptions {
  createApp(host: Host): App
  files: ProgramFiles
}

const title = 'VoIPBIN Companion'

const disabledFeatures = [
  // A call's audio element must not answer to the keyboard's media keys.
  'HardwareMediaKeyHandling',
  'MediaSessionService',
  // One page needs no second renderer in waiting and no audio process of its own.
  'SpareRendererForSitePerProcess',
  'AudioServiceOutOfProcess',
]

/** Must be called before Electron is ready: scheme, sandbox and switches are fixed then. */
export async function startElectron(options: StartOptions): Promise<void> {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: electronScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
    },
  ])
  // It would undo `--no-sandbox`, without which Electron does not run as root (containers, CI).
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  // Practice media stay on loopback, also on a machine without any network; elsewhere such a pair just fails.
  app.commandLine.appendSwitch('allow-loopback-in-peer-connection')
  const others = app.commandLine.getSwitchValue('disable-features')
  app.commandLine.appendSwitch(
    'disable-features',
    [...disabledFeatures, ...(others ? [others] : [])].join(','),
  )

  const given = parseArguments(process.argv.slice(1))
  const dataDir = openDataDir(given.profileDir)
  // Before the lock: it is per profile because it lies in this folder.
  app.setPath('userData', path.join(dataDir, 'electron'))
  const log = openFileLog(dataDir)
  const scope = createScope('companion', (error) => log.error('closing failed', error))
  logUncaught(log)

  // A link may come before there is a window.
  let early = given.link
  let come = (link: string | undefined) => {
    early = link ?? early
  }
  app.on('open-url', (event, link) => {
    event.preventDefault()
    come(link)
  })
  const first =
    app.requestSingleInstanceLock() &&
    (await openInstanceLock(scope, dataDir, (link) => come(link), given.link)) === 'first'
  if (!first) {
    console.log(alreadyRunning(dataDir))
    return app.exit(0)
  }
  app.on('second-instance', (_event, argv) => come(parseArguments(argv).link))
  await app.whenReady()
  const { window, desk } = await openCompanion(scope, { ...options, dataDir, log, ...given })
  come = (link) => {
    window.show()
    if (link !== undefined) desk.openLink(link)
  }
  if (early !== undefined) come(early)
  app.on('activate', () => window.show())
}

interface OpenOptions extends StartOptions {
  dataDir: string
  log: Log
  profile: string | undefined
  hidden: boolean
}

async function openCompanion(
  scope: Scope,
  options: OpenOptions,
): Promise<{ window: ElectronWindow; desk: Desk }> {
  const { dataDir, log, files } = options
  // A partition of its own: what is stored and allowed here is so nowhere else.
  const session = sessions.fromPartition('persist:companion')
  const host = await createHost(options, session)
  const companion = options.createApp(host)
  const openExternal = (url: string) => void host.openExternal(url).catch(() => {})
  let window: ElectronWindow | undefined
  secureSession(session, {
    pageDir: files.pageDir,
    log,
    openExternal,
    ownContents: () => window?.contents,
    headset: () => companion.store.getState().settings.headset,
  })
  confineContents({ log, openExternal })
  setMenu()
  scope.add(onLanguage(setMenu))
  const { quit, isClosing } = quitInOrder(scope, companion, log)
  const icon = path.join(files.root, 'build', 'icon.png')
  const { preload } = files
  window = openElectronWindow({
    title,
    preload,
    icon,
    session,
    dataDir,
    log,
    hidden: options.hidden,
    attach: (port) => companion.attach(port),
    onGivenUp: () => {
      dialog.showErrorBox(title, say('The window crashed several times within a minute. Please start again.'))
      quit()
    },
  })
  const desk = openDesk(scope, { ...options, desk: companion.desk, window, preload, icon, session, quit })
  window.onClose(() => {
    if (isClosing()) return quit()
    desk.close()
    return false
  })
  powerMonitor.on('resume', () => companion.wake())
  await window.load()
  log.info('window open', { electron: process.versions.electron, chrome: process.versions.chrome })
  return { window, desk: companion.desk }
}

async function createHost(options: OpenOptions, session: Session): Promise<Host> {
  const { dataDir, log } = options
  const secrets = await openSafeStorageSecrets(safeStorage as SafeStorage, dataDir, log)
  const entry = path.join(options.files.root, 'dist', 'main', 'practice-entry.js')
  return {
    shell: { name: 'electron', version: process.versions.electron ?? '', secrets: secrets.kept },
    dataDir,
    profile: options.profile,
    secrets,
    log,
    languages: app.getPreferredSystemLanguages(),
    openExternal: async (address) => {
      const url = toExternalUrl(address)
      if (!url) throw new AppError('app.inputInvalid', { detail: 'only https addresses are opened' })
      await shell.openExternal(url)
    },
    saveFile: saveByDialog,
    openPractice: (owner, { dialect }) => openPracticeProcess(owner, forkPractice(entry, dialect), log),
    resolveProxy: (url) => session.resolveProxy(url),
  }
}

/**
 *   running → closing → closed
 * The first wish to quit starts the goodbyes to the platform while the phone still lives in its window; when they are
 * done (at most 5 s) everything goes. `quit` returns whether it may go now.
 */
function quitInOrder(scope: Scope, companion: App, log: Log) {
  let state: 'running' | 'closing' | 'closed' = 'running'
  const quit = () => {
    if (state === 'running') {
      state = 'closing'
      void companion
        .close()
        .catch((error) => log.error('closing failed', error))
        .then(() => scope.end())
        .then(() => {
          state = 'closed'
          app.quit()
        })
    }
    return state === 'closed'
  }
  app.on('before-quit', (event) => {
    if (!quit()) event.preventDefault()
  })
  app.on('window-all-closed', () => quit())
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => quit())
  return { quit, isClosing: () => state !== 'running' }
}

/** Electron would show a dialog with a stack trace; the log is where it helps. */
function logUncaught(log: Log): void {
  process.on('uncaughtException', (error) => log.error('uncaught', error))
  process.on('unhandledRejection', (reason) => log.error('unhandled', reason))
}
