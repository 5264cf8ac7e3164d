// Reaching people and habits in the window: a link fills the field and dials nobody, the palette, the keys, whom one called
// before, a call from an own number, the network gone and back, and the window where it was.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { afterEach, expect, it } from 'vitest'
import { openRelay, type Relay } from '../../edge/fixture/relay.ts'
import {
  type CompanionWindow,
  openCompanion,
  type ShellName,
  shellsHere,
} from '../../support/companion-window.ts'
import { fillSignIn, openScreen, runOnly, useOwnAddress } from '../../support/own-address.ts'
import { type PracticeProcess, startPracticeProcess } from '../../support/practice.ts'
import { until } from '../../support/until.ts'

const start = path.resolve(import.meta.dirname, '../../../dist/main/start.js')
const place = { x: 40, y: 50, width: 900, height: 700 }

let profileDir = ''
let practice: PracticeProcess
let window: CompanionWindow
let relays: Relay[] = []
afterEach(async () => {
  await window.close()
  await practice.end()
  for (const relay of relays) await relay.close()
  relays = []
  rmSync(profileDir, { recursive: true, force: true, maxRetries: 5 })
})

async function behindRelay(url: string): Promise<string> {
  const address = new URL(url)
  const relay = await openRelay(Number(address.port))
  relays.push(relay)
  address.port = String(relay.port)
  return address.href.replace(/\/$/, '')
}

const open = async (shell: ShellName): Promise<Page> => {
  profileDir = mkdtempSync(path.join(tmpdir(), 'companion-reaching-'))
  practice = await startPracticeProcess()
  await practice.strings.pull({ pull: 'identity', status: 'verified' })
  const { address } = practice
  const [apiUrl, edgeUrl] = [await behindRelay(address.apiUrl), await behindRelay(address.edgeUrl)]
  window = await openCompanion(shell, { profileDir })
  const { page } = window
  await useOwnAddress(page, { ...address, apiUrl, edgeUrl })
  await openScreen(page, 'Settings')
  await fillSignIn(page, address)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
  await openScreen(page, 'Quickstart')
  await runOnly(page, 'extension', 'Provision an extension')
  await runOnly(page, 'subscribe', 'Subscribe to events')
  await runOnly(page, 'register', 'Register the phone')
  return page
}

/** As the system starts it with a link while it runs. */
async function startWith(shell: ShellName, link: string): Promise<void> {
  const args = [start, '--shell', shell, '--profile-dir', profileDir, link]
  const child = spawn(process.execPath, args, { stdio: 'ignore' })
  const [code] = await once(child, 'exit')
  expect(code).toBe(0)
}

const field = (page: Page) => page.getByRole('textbox', { name: 'Whom to call' })
const registered = (page: Page) =>
  until('the phone to be registered', async () =>
    (await page.locator('[data-status="registration"]').innerText()).includes('Registered'),
  )

it.each(shellsHere)('in %s', async (shell) => {
  const page = await open(shell)

  await openScreen(page, 'Settings')
  await startWith(shell, 'sip:ada:secret@pbx.example;transport=tcp?Subject=x')
  await until('the link in the field', async () => (await field(page).inputValue()) === 'ada@pbx.example')
  await until('the field to have the keyboard', () =>
    field(page).evaluate((element) => element === document.activeElement),
  )
  await startWith(shell, 'tel:%0d%0aVia')
  await page.getByText('The link names nobody who can be called.').waitFor()
  await page.locator('[data-phase="idle"]').waitFor()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('do not dist')
  await page.keyboard.press('Enter')
  await page.getByRole('status', { name: 'Do not disturb' }).waitFor()
  await page.keyboard.press('Control+Shift+B')
  await page.getByRole('status', { name: 'Do not disturb' }).waitFor({ state: 'detached' })
  await page.keyboard.press('Control+/')
  await page.getByRole('dialog', { name: 'Keys' }).getByText('Mute or unmute').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  await field(page).fill('4711')
  await field(page).press('Enter')
  await page.getByText('Last call').waitFor()
  await page.getByRole('button', { name: 'Call 4711 again' }).waitFor()
  await until('whom one called before', async () => {
    await field(page).fill('')
    await field(page).press('ArrowUp')
    return (await field(page).inputValue()) === '4711'
  })
  await field(page).fill('')
  await page.keyboard.press('Control+Shift+R')
  await page.locator('[data-phase="calling"]').waitFor()
  await page.locator('[data-phase="idle"]').waitFor()

  await field(page).fill('+49 30 1234567')
  await page.keyboard.press('Control+Shift+O')
  await page.getByText('Then it calls +49 30 1234567, who sees +1 555 010 0001.').waitFor()
  await page.getByRole('button', { name: 'Call through the platform' }).click()
  await page.getByText('Joined through the platform; they see +15550100001').waitFor({ timeout: 20_000 })
  await page.getByRole('heading', { name: '+49 30 1234567' }).waitFor()
  await page.keyboard.press('Control+Shift+H')
  await page.locator('[data-phase="idle"]').waitFor()

  await tryGlobalKeys(window)

  for (const relay of relays) {
    relay.setNetwork('down')
    relay.cut()
  }
  await until('the loss to be seen', async () => {
    const text = await page.locator('[data-status="registration"]').innerText()
    return !text.includes('Registered')
  })
  for (const relay of relays) relay.setNetwork('up')
  await registered(page)

  await move(window)
  expect(window.console.filter((line) => line.startsWith('pageerror'))).toEqual([])
  await window.close()
  window = await openCompanion(shell, { profileDir })
  await until('the window where it was', async () => {
    const now = await whereIs(window)
    return JSON.stringify(now) === JSON.stringify(place)
  })
})

/** Held by the system only while they are wanted; not offered where no system gives them. */
async function tryGlobalKeys({ app, page }: CompanionWindow): Promise<void> {
  await openScreen(page, 'Settings')
  const wish = page.getByRole('switch', { name: 'Keys that work everywhere' })
  if (!app) return void (await until('the switch to be off for good', () => wish.isDisabled()))
  const isHeld = () =>
    app.evaluate(({ globalShortcut }) => globalShortcut.isRegistered('CommandOrControl+Alt+Shift+M'))
  expect(await isHeld()).toBe(false)
  await wish.click()
  await until('the key to be held', isHeld)
  await wish.click()
  await until('the key to be given back', async () => !(await isHeld()))
  await openScreen(page, 'Call')
}

async function move({ app, page }: CompanionWindow): Promise<void> {
  if (app)
    return void (await app.evaluate(
      ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to),
      place,
    ))
  const { x: left, y: top, width, height } = place
  const cdp = await page.context().newCDPSession(page)
  const { windowId } = await cdp.send('Browser.getWindowForTarget')
  await cdp.send('Browser.setWindowBounds', { windowId, bounds: { left, top, width, height } })
}

async function whereIs({ app, page }: CompanionWindow): Promise<unknown> {
  if (app) {
    return app.evaluate(({ BrowserWindow }) => {
      const { x, y, width, height } = BrowserWindow.getAllWindows()[0]?.getBounds() ?? {}
      return { x, y, width, height }
    })
  }
  const cdp = await page.context().newCDPSession(page)
  const { bounds } = await cdp.send('Browser.getWindowForTarget')
  return { x: bounds.left, y: bounds.top, width: bounds.width, height: bounds.height }
}
