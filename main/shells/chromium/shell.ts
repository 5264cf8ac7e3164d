// One browser with one window: opened together, ended together, its end reported with the reason.
import type { Log } from '../../../common/kit/log.ts'
import type { Port } from '../../../common/kit/port.ts'
import type { Scope } from '../../../common/kit/scope.ts'
import { chromiumOrigin } from '../page-origin.ts'
import { openBrowserProcess } from './browser-process.ts'
import type { Cdp } from './cdp-pipe.ts'
import { type FlagOptions, toFlags } from './flags.ts'
import { bringToScreen, keepPlace } from './keep-place.ts'
import { openPage, type PageEnd } from './page.ts'

export interface ChromiumShellOptions extends Omit<FlagOptions, 'appUrl'> {
  browserPath: string
  pageDir: string
  dataDir: string
  log: Log
  /** How long the browser may take to answer at all. */
  startMs?: number | undefined
  /** May come after the browser: the page is loaded when it is there. */
  app: Promise<{ attach(port: Port): () => void }>
}

/** `browser`: the whole browser died or was killed. */
export type ShellEnd = PageEnd | 'browser'

export interface ChromiumShell {
  readonly pid: number
  readonly version: string
  readonly ended: Promise<ShellEnd>
  focus(): Promise<void>
  evaluate(expression: string): Promise<unknown>
}

/** Rejects with what the browser complained about when it does not come up. */
export async function openChromiumShell(
  parent: Scope,
  options: ChromiumShellOptions,
): Promise<ChromiumShell> {
  const scope = parent.child('chromium')
  const flags = toFlags({ ...options, appUrl: `${chromiumOrigin}/` })
  const browser = openBrowserProcess(scope, options.browserPath, flags)
  const died = browser.exited.then((exit) => {
    throw new Error(`The browser ended (${exit.signal ?? exit.code}). ${exit.lastWords}`.trim())
  })
  died.catch(() => {})
  const silent = new Promise<never>((_, reject) => {
    const why = 'The browser runs but does not answer; a policy of this machine may forbid remote debugging.'
    // Counted from when the app is there: a key store that asks a person for a password holds up everything.
    void options.app.then(() => scope.after(options.startMs ?? 30_000, () => reject(new Error(why))))
  })
  silent.catch(() => {})
  try {
    const page = await Promise.race([
      openPage(scope, browser.cdp, { ...options, origin: chromiumOrigin }),
      died,
      silent,
    ])
    const { product } = await Promise.race([browser.cdp.send('Browser.getVersion'), died])
    if (!options.headless) {
      await bringToScreen(browser.cdp, page, options.place).catch(() => {})
      keepPlace(scope, browser.cdp, page, options.dataDir)
    }
    const ended = Promise.race<ShellEnd>([page.ended, browser.exited.then(() => 'browser' as const)])
    void ended.then(() => scope.end())
    return {
      pid: browser.pid,
      version: String(product).replace('/', ' '),
      ended,
      focus: () => focus(browser.cdp, page),
      evaluate: page.evaluate,
    }
  } catch (error) {
    await scope.end()
    // A browser that left says why; that its pipe has ended says nothing.
    if (isPipeEnd(error)) await died
    throw error
  }
}

const isPipeEnd = (error: unknown) =>
  error instanceof Error && /the browser is gone|left at once/.test(error.message)

async function focus(cdp: Cdp, page: { targetId: string; bringToFront(): Promise<void> }): Promise<void> {
  const { windowId, bounds } = await cdp.send('Browser.getWindowForTarget', { targetId: page.targetId })
  if ((bounds as { windowState?: string }).windowState === 'minimized') {
    await cdp.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'normal' } })
  }
  await page.bringToFront()
}
