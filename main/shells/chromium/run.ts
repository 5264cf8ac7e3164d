// The whole companion in the system's Chromium: profile, lock, host, app, window; ended together.
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { AppError } from '../../../common/kit/errors.ts'
import type { Log, LogLevel } from '../../../common/kit/log.ts'
import { createScope, type Scope } from '../../../common/kit/scope.ts'
import type { App } from '../../app.ts'
import type { Host } from '../../host.ts'
import { openDataDir } from '../data-dir.ts'
import { openFileLog } from '../file-log.ts'
import { alreadyRunning, openInstanceLock } from '../instance-lock.ts'
import { findProgramFiles, type ProgramFiles } from '../root-dir.ts'
import { type FoundChromium, findChromium, tryChromium } from './find-chromium.ts'
import { openKeyringSecrets } from './keyring-secrets.ts'
import { openKnownVersions } from './known-versions.ts'
import { openNotices } from './notices.ts'
import { saveToDownloads } from './save-file.ts'
import { openInSystemBrowser } from './system-browser.ts'
import { openChromiumWindow } from './window.ts'

export interface RunChromiumOptions {
  headless: boolean
  profileDir?: string | undefined
  /** Name of the profile to start with. */
  profile?: string | undefined
  /** A link that asks to call somebody. */
  link?: string | undefined
  /** A WAV file instead of the microphone, over and over; `file.wav%noloop` plays it once. */
  micFile?: string | undefined
  browserPath?: string | undefined
  remoteDebuggingPort?: number | undefined
  extraFlags?: readonly string[] | undefined
  /** Also hands each log line here. */
  echo?: ((line: string, level: LogLevel) => void) | undefined
}

export interface RunningChromium {
  app: App
  /** The browser's own words: `Chrome 156.0.8078.79`. */
  browser: string
  /** Resolves when everything has ended: the window was closed, or `close` was called. */
  readonly closed: Promise<void>
  close(): Promise<void>
  /** Process id of the browser now; it changes when the browser had to be started again. */
  browserPid(): number
}

/** What a test puts in place of the real thing. */
export interface Parts {
  createApp?: (host: Host) => App | Promise<App>
  files?: ProgramFiles
}

/** Another companion runs with this profile and has been asked to show its window. */
export class AlreadyRunning extends Error {
  constructor(dataDir: string) {
    super(alreadyRunning(dataDir))
    this.name = 'AlreadyRunning'
  }
}

export async function runChromium(options: RunChromiumOptions, parts: Parts = {}): Promise<RunningChromium> {
  const { createApp = loadApp, files = findProgramFiles() } = parts
  const dataDir = openDataDir(options.profileDir)
  const log = openFileLog(dataDir, options.echo ? { echo: options.echo } : {})
  const scope = createScope('companion', (error) => log.error('closing failed', error))
  try {
    // A link may come before there is a window.
    let early = options.link
    let come = (link: string | undefined) => {
      early = link ?? early
    }
    const lock = await openInstanceLock(scope, dataDir, (link) => come(link), options.link)
    if (lock === 'second') throw new AlreadyRunning(dataDir)
    const browser = toBrowser(options, dataDir)
    // The browser takes longer than all of ours: it is started first, and the app is loaded meanwhile.
    let madeApp: (app: App) => void = () => {}
    const window = openChromiumWindow(scope, {
      ...options,
      browserPath: browser.path,
      userDataDir: toUserDataDir(dataDir, browser),
      pageDir: files.pageDir,
      dataDir,
      log,
      app: new Promise<App>((resolve) => {
        madeApp = resolve
      }),
    })
    const app = await createApp(
      await createHost(scope, {
        dataDir,
        log,
        files,
        browser,
        profile: options.profile,
        headless: options.headless,
      }),
    )
    madeApp(app)
    come = (link) => {
      window.focus()
      if (link !== undefined) app.desk.openLink(link)
    }
    openNotices(scope, { desk: app.desk, evaluate: window.evaluate, focus: window.focus })
    if (early !== undefined) app.desk.openLink(early)
    // Goodbyes to the platform first, while the phone in the window can still send its own.
    const close = once(async () => {
      await app.close()
      await scope.end()
    })
    const closed = window.closed.then(close, close)
    await window.opened
    return { app, browser: browser.version, closed, close, browserPid: window.pid }
  } catch (error) {
    await scope.end()
    throw error
  }
}

const loadApp = async (host: Host): Promise<App> => (await import('../../app.ts')).createApp(host)

function toBrowser({ browserPath }: RunChromiumOptions, dataDir: string): FoundChromium {
  const versions = openKnownVersions(dataDir)
  const found = browserPath ? tryChromium(browserPath, versions) : findChromium(process.env, versions)
  if (!found) throw new AppError('app.browserMissing', { detail: browserPath ?? 'see CHROMIUM_PATH' })
  return found
}

function toUserDataDir(dataDir: string, browser: FoundChromium): string {
  if (!browser.snap) return path.join(dataDir, 'chromium')
  // The name of the profile's folder is enough: one profile a person is the rule.
  const dir = path.join(homedir(), 'snap', 'chromium', 'common', path.basename(dataDir))
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  return dir
}

interface HostParts {
  dataDir: string
  log: Log
  files: ProgramFiles
  browser: FoundChromium
  profile: string | undefined
  headless: boolean
}

async function createHost(scope: Scope, parts: HostParts): Promise<Host> {
  const { dataDir, log, files } = parts
  const secrets = await openKeyringSecrets(dataDir, log)
  return {
    shell: { name: 'chromium', version: parts.browser.version, secrets: secrets.kept },
    dataDir,
    profile: parts.profile,
    secrets,
    log,
    ...(parts.headless ? {} : { languages: [new Intl.DateTimeFormat().resolvedOptions().locale] }),
    openExternal: openInSystemBrowser,
    saveFile: (name, text) => saveToDownloads(name, text),
    async openPractice(owner, { dialect }) {
      const { openPracticeProcess, spawnPractice } = await import('../practice-process.ts')
      if (scope.ended) throw new AppError('app.stopped')
      return openPracticeProcess(owner, spawnPractice(files.practice, dialect), log)
    },
  }
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= run()
    return running
  }
}
