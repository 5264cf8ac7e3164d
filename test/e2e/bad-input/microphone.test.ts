// A microphone that is blocked or missing, seen in the window: said where it matters, and the call is answered after all.
import type { Page } from '@playwright/test'
import { afterEach, expect, it } from 'vitest'
import { type CompanionWindow, openCompanion } from '../../support/companion-window.ts'
import { openScreen, stepOf } from '../../support/own-address.ts'

let window: CompanionWindow
afterEach(() => window.close())

const textOf = (id: string) => stepOf(window.page, id).innerText()

it('a blocked microphone fails the answer with the place to allow it; allowed, the same call is answered', async () => {
  window = await openCompanion('chromium')
  const { page } = window
  await allow(page, 'denied')
  await page.getByRole('button', { name: 'Run the quickstart' }).click()
  await stepOf(page, 'answer').and(page.locator('[data-state="failed"]')).waitFor()
  expect(await textOf('answer')).toContain('The microphone is blocked.')
  expect(await textOf('answer')).toContain(
    'Allow the microphone for this program in the settings of the system',
  )
  // The failed run has hung up; nothing rings on.
  await page.locator('.status-item[data-status="call"]').getByText('None').waitFor()

  // A person who answers by hand is told, and the phone keeps ringing until the microphone is allowed.
  await openScreen(page, 'Call')
  await page.getByRole('button', { name: 'Place a test call' }).click()
  await page.getByRole('button', { name: 'Answer' }).click()
  await page.getByRole('region', { name: 'Notices' }).getByText('The microphone is blocked.').waitFor()
  expect(await page.getByRole('button', { name: 'Answer' }).isEnabled()).toBe(true)
  await allow(page, 'granted')
  await page.getByRole('button', { name: 'Answer' }).click()
  await page.getByRole('button', { name: 'Hang up' }).waitFor()
  await page.locator('.status-item[data-status="call"][data-tone="good"]').waitFor()
  await page.getByRole('button', { name: 'Hang up' }).click()
  await page.getByText('You hung up').first().waitFor()
})

it('a machine without a microphone says so in Settings and at the answer', async (context) => {
  window = await openCompanion('chromium', { micFile: 'real' })
  const { page } = window
  if (await hasMicrophone(page)) {
    console.warn('\n!! This machine has a microphone: the test of a missing one is SKIPPED.\n')
    return context.skip()
  }
  await page.getByRole('button', { name: 'Run the quickstart' }).click()
  await stepOf(page, 'answer').and(page.locator('[data-state="failed"]')).waitFor()
  expect(await textOf('answer')).toContain('There is no microphone.')
  expect(await textOf('answer')).toContain('Plug one in or choose another in Settings.')
  // All the rest works: registered, and another call rings.
  await openScreen(page, 'Call')
  await page.getByRole('button', { name: 'Place a test call' }).click()
  await page.getByRole('button', { name: 'Decline' }).click()
  await page.getByText('Declined').first().waitFor()
})

/** As the person does it in the browser's or the system's settings. */
async function allow(page: Page, setting: 'granted' | 'denied'): Promise<void> {
  const client = await page.context().newCDPSession(page)
  const { origin } = new URL(page.url())
  const set = (name: string, how: string) =>
    client.send('Browser.setPermission', { permission: { name }, setting: how as 'granted', origin })
  await set('microphone', setting)
  // The first setting of a client drops what another one has set: the way to practice stays open.
  for (const name of ['loopback-network', 'local-network']) await set(name, 'granted').catch(() => {})
}

const hasMicrophone = (page: Page) =>
  page.evaluate(async () => {
    const devices = await navigator.mediaDevices.enumerateDevices()
    return devices.some(({ kind }) => kind === 'audioinput')
  })
