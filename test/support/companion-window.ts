// The real companion in a real window of either shell, with a file as its microphone, driven by Playwright.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { _electron, type Browser, chromium, type ElectronApplication, type Page } from '@playwright/test'
import { runChromium } from '../../main/shells/chromium/run.ts'
import { findElectron } from '../../main/shells/electron/launch.ts'
import { until } from './until.ts'

export type ShellName = 'chromium' | 'electron'

const top = path.resolve(import.meta.dirname, '../..')
const microphone = path.join(top, 'main/cli/microphone.wav')

export interface CompanionWindow {
  page: Page
  /** Everything the page wrote to its console, and its uncaught errors. */
  console: string[]
  profileDir: string
  /** Of the browser, or of Electron: it changes when the browser is started again. */
  pid(): number
  /** In Electron: its own process, for what is not on the page. */
  app: ElectronApplication | undefined
  close(): Promise<void>
}

export interface WindowOptions {
  profileDir?: string
  flags?: readonly string[]
  /** A file instead of the microphone; `real` = whatever this machine has. */
  micFile?: string | 'real'
  /** Beside the environment of the test; Electron only. */
  env?: Record<string, string>
}

export const hasElectron = findElectron(top) !== undefined
/** Those that can be tested on this machine. */
export const shellsHere: ShellName[] = hasElectron ? ['chromium', 'electron'] : ['chromium']

/** Opens the window and waits for its first heading. A profile made here is removed at the end. */
export async function openCompanion(shell: ShellName, options: WindowOptions = {}): Promise<CompanionWindow> {
  const profileDir = options.profileDir ?? mkdtempSync(path.join(tmpdir(), 'companion-window-'))
  const opened = await (shell === 'chromium' ? openInChromium : openInElectron)(profileDir, options)
  const lines: string[] = []
  opened.page.on('console', (message) => lines.push(`${message.type()}: ${message.text()}`))
  opened.page.on('pageerror', (error) => lines.push(`pageerror: ${error.message}`))
  await opened.page.getByRole('heading').first().waitFor()
  return {
    page: opened.page,
    console: lines,
    profileDir,
    pid: opened.pid,
    app: opened.app,
    async close() {
      await opened.close()
      if (!options.profileDir) rmSync(profileDir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

interface Opened {
  page: Page
  app?: ElectronApplication
  pid(): number
  close(): Promise<void>
}

async function openInChromium(profileDir: string, options: WindowOptions): Promise<Opened> {
  const running = await runChromium({
    headless: !process.env.DISPLAY,
    profileDir,
    micFile: options.micFile === 'real' ? undefined : (options.micFile ?? microphone),
    remoteDebuggingPort: 0,
    extraFlags: options.flags,
  })
  const { browser, page } = await attachToChromium(profileDir)
  return {
    page,
    pid: running.browserPid,
    async close() {
      await browser.close()
      await running.close()
    },
  }
}

/** The window of the browser that runs with this profile now; waits for it to come up. */
export async function attachToChromium(profileDir: string): Promise<{ browser: Browser; page: Page }> {
  const file = path.join(profileDir, 'chromium', 'DevToolsActivePort')
  return until('the window', async () => {
    const port = readPort(file)
    const browser = port && (await chromium.connectOverCDP(`http://127.0.0.1:${port}`).catch(() => undefined))
    if (!browser) return undefined
    const pages = browser.contexts()[0]?.pages() ?? []
    const page = pages.find((candidate) => candidate.url().startsWith('https://app.'))
    if (page) return { browser, page }
    await browser.close()
    return undefined
  })
}

function readPort(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n')[0] : undefined
}

function micFlags({ micFile = microphone }: WindowOptions): string[] {
  if (micFile === 'real') return []
  return ['--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${micFile}`]
}

async function openInElectron(profileDir: string, options: WindowOptions): Promise<Opened> {
  const electron = findElectron(top)
  if (!electron) throw new Error('there is no Electron runtime here')
  const app = await _electron.launch({
    executablePath: electron.path,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...micFlags(options),
      ...(options.flags ?? []),
      top,
      `--profile-dir=${profileDir}`,
    ],
    env: { ...process.env, ...options.env } as Record<string, string>,
  })
  return { app, page: await app.firstWindow(), pid: () => app.process().pid ?? 0, close: () => app.close() }
}
