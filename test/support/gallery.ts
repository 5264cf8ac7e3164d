// The built gallery in a real browser: every state in one page, under the product's content security policy.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import {
  type Browser,
  type BrowserContextOptions,
  type CDPSession,
  chromium,
  type Page,
} from '@playwright/test'
import { findChromium } from '../../main/shells/chromium/find-chromium.ts'
import type { GalleryHandle, GalleryTheme } from '../../renderer/gallery/handle.ts'
import { startPageServer } from './page-server.ts'

export const chromiumPath = findChromium()?.path ?? ''
/** Another build than the program's own, for those who work on the screens meanwhile. */
const built = process.env.GALLERY_DIST ?? path.resolve(import.meta.dirname, '../../dist/renderer')
const themes: readonly GalleryTheme[] = ['light', 'dark']

export interface Gallery {
  page: Page
  cdp: CDPSession
  ids: readonly string[]
  /** What the page complained about: errors, and what its policy refused. */
  complaints: string[]
  show(id: string, theme?: GalleryTheme): Promise<void>
  /** Runs a script in the page: the policy holds for what the page asks for, not for a debugger. */
  run(source: string): Promise<void>
}

export interface GalleryBrowser {
  open(options?: BrowserContextOptions): Promise<Gallery>
  close(): Promise<void>
}

export async function startGallery(): Promise<GalleryBrowser> {
  const server = await startPageServer(built)
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args,
    // As people see it.
    ignoreDefaultArgs: ['--hide-scrollbars'],
  })
  return {
    open: (options = {}) => openPage(browser, `${server.url}/gallery.html`, options),
    close: async () => {
      await browser.close()
      await server.close()
    },
  }
}

async function openPage(browser: Browser, url: string, options: BrowserContextOptions): Promise<Gallery> {
  const context = await browser.newContext({ timezoneId: 'UTC', locale: 'en-GB', ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  await page.goto(url)
  await page.waitForFunction(() => (globalThis as WithHandle).galleryHandle !== undefined)
  const ids = await page.evaluate(() => (globalThis as WithHandle).galleryHandle?.ids ?? [])
  const cdp = await context.newCDPSession(page)
  return {
    page,
    cdp,
    ids,
    complaints,
    show: (id, theme = 'light') =>
      page.evaluate(([a, b]) => (globalThis as WithHandle).galleryHandle?.show(a, b), [id, theme] as const),
    run: async (source) => {
      const { exceptionDetails } = await cdp.send('Runtime.evaluate', { expression: source })
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    },
  }
}

type WithHandle = { galleryHandle?: GalleryHandle }

/** Every state in both themes. */
export async function eachState(
  gallery: Gallery,
  look: (id: string, theme: GalleryTheme) => Promise<void>,
  only: readonly GalleryTheme[] = themes,
): Promise<void> {
  for (const theme of only) {
    for (const id of gallery.ids) {
      await gallery.show(id, theme)
      await look(id, theme)
    }
  }
}

/** The checker of the axe project, to be run in the page. */
export const readAxe = () =>
  readFile(path.resolve(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8')
