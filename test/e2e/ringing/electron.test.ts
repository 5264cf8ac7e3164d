// Ringing in Electron while nobody looks: the small call window, the tray, closing, quitting.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { afterEach, describe, expect, it } from 'vitest'
import { type CompanionWindow, hasElectron, openCompanion } from '../../support/companion-window.ts'
import { isAlive } from '../../support/is-alive.ts'
import { hasBus, openTrayHost, type TrayHost } from '../../support/tray-host.ts'
import { until } from '../../support/until.ts'

const can = hasElectron && hasBus && process.platform === 'linux'
if (!can) console.warn('\n!! No Electron or no dbus-daemon here: ringing outside the window is NOT tested.\n')

describe.skipIf(!can)('the companion in Electron, behind other windows', () => {
  let host: TrayHost | undefined
  let opened: CompanionWindow | undefined
  afterEach(async () => {
    await opened?.close().catch(() => {})
    host?.close()
    host = undefined
    opened = undefined
  })

  const open = async (env: Record<string, string>) => {
    opened = await openCompanion('electron', { env })
    const { app, page } = opened
    if (!app) throw new Error('no Electron')
    await page.getByRole('button', { name: 'Run the quickstart' }).click()
    await page.getByRole('status').getByText('All 12 steps proven').waitFor({ timeout: 80_000 })
    return { ...opened, app }
  }
  const openWithTray = async () => {
    host = await openTrayHost()
    return { ...(await open({ DBUS_SESSION_BUS_ADDRESS: host.address })), host }
  }

  it('rings in a small window above the others, answers from there, and survives the closing of its own', async () => {
    const { app, page, host } = await openWithTray()
    await until('the tray icon', () => host.calls.includes('RegisterStatusNotifierItem'))
    await page.getByRole('button', { name: 'Call', exact: true }).click()
    // The call that was asked for here rings all the same.
    await page.keyboard.press('Control+Shift+B')
    await page.getByRole('status', { name: 'Do not disturb' }).waitFor()
    await ours(app, 'hide')

    await placeTestCall(page)
    const small = await callWindow(app)
    expect(await small.evaluate('document.hasFocus()')).toBe(false)
    await press(small, 'Answer')
    await page.locator('[data-phase="inCall"]').waitFor()
    await until('the small window to be gone', () => !findCallWindow(app))
    expect(await ours(app, 'isVisible')).toBe(true)
    await page.getByRole('button', { name: 'Turn off' }).click()
    await page.getByRole('status', { name: 'Do not disturb' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Hang up' }).click()
    await page.locator('[data-phase="idle"]').waitFor()

    await ours(app, 'close')
    await until('the window to be hidden', async () => !(await ours(app, 'isVisible')))
    expect(await page.locator('[data-status="registration"]').innerText()).toContain('Registered')
    await placeTestCall(page)
    await press(await callWindow(app), 'Decline')
    await until('the small window to be gone', () => !findCallWindow(app))
    await page.locator('[data-phase="idle"]').waitFor()
    expect(await ours(app, 'isVisible')).toBe(false)
  })

  it('quits, and unregisters, when its window is closed where no tray leads back', async () => {
    const { app, page, pid, profileDir } = await open({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' })
    const main = pid()
    // What stood on the strip last, before the page went.
    const strip: string[] = []
    await page.exposeFunction('seen', (text: string) => strip.push(text))
    await page.evaluate(`new MutationObserver(() => seen(document.querySelector('[data-status="registration"]').innerText))
      .observe(document.body, { subtree: true, childList: true, characterData: true })`)
    await ours(app, 'close')
    await until('the process to end', () => !isAlive(main))
    expect(strip.at(-1)).not.toContain('Registered')
    expect(readFileSync(path.join(profileDir, 'logs', 'companion.log'), 'utf8')).not.toContain(
      'goodbye failed',
    )
  })
})

/** Of the companion's own window, which is the first. */
function ours(app: ElectronApplication, what: 'hide' | 'close' | 'isVisible'): Promise<unknown> {
  return app.evaluate(({ BrowserWindow }, name) => {
    const own = BrowserWindow.getAllWindows().find(
      ({ webContents }) => !webContents.getURL().includes('call-window'),
    )
    return own?.[name]()
  }, what)
}

/** The window may be gone before the press is reported; what came of it is what counts. */
const press = (small: Page, name: string) =>
  small
    .getByRole('button', { name })
    .click()
    .catch((error: Error) => {
      if (!error.message.includes('closed')) throw error
    })

/** By script: a pointer does not reach a hidden window. */
const placeTestCall = (page: Page) =>
  page.getByRole('button', { name: 'Place a test call' }).evaluate((button: HTMLElement) => button.click())

const findCallWindow = (app: ElectronApplication) =>
  app.windows().find((page) => page.url().includes('call-window'))
const callWindow = (app: ElectronApplication) => until('the small call window', () => findCallWindow(app))
