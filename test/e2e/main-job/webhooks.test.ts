// Webhooks in the real window: the receiver is started, the customer's address set to it, and a call arrives both ways.
import { afterEach, expect, it } from 'vitest'
import { type CompanionWindow, openCompanion } from '../../support/companion-window.ts'
import { openScreen } from '../../support/own-address.ts'

let window: CompanionWindow
afterEach(() => window.close())

it('a call of the quickstart arrives as webhooks, each compared with the event stream; then the address is put back', async () => {
  window = await openCompanion('chromium')
  const { page } = window
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  await openScreen(page, 'Settings')
  await press('Sign in')
  await press('Start the receiver')
  await page.getByText(/^http:\/\/127\.0\.0\.1:\d+\/voipbin\/events$/).waitFor()
  await press('Show the webhook')
  await page.getByText('none: nothing is delivered').waitFor()
  await press('Use the receiver’s address')
  await press('Change …')
  await press('Change it for the whole customer')
  await page.getByRole('button', { name: 'Put it back' }).waitFor()

  await openScreen(page, 'Quickstart')
  await press('Run the quickstart')
  await page.getByRole('status').getByText('All 12 steps proven').waitFor({ timeout: 80_000 })

  await openScreen(page, 'Trace')
  await press('Webhooks')
  await page.getByLabel('Search the trace').fill('call_hangup')
  const row = page.getByRole('option').first()
  await row.waitFor()
  expect(await row.innerText()).toMatch(/Hook\s+call_hangup\s+200 · /)

  await openScreen(page, 'Settings')
  await page.getByText(/the event stream, median of \d+ events that came both ways/).waitFor()
  if (process.env.SHOTS) {
    await page.getByRole('heading', { name: 'Events & webhooks' }).scrollIntoViewIfNeeded()
    await page.screenshot({ path: `${process.env.SHOTS}/webhooks.png` })
  }
  await press('Put it back')
  await page.getByText('none: nothing is delivered').waitFor()
  expect(window.console.filter((line) => line.startsWith('pageerror'))).toEqual([])
})
