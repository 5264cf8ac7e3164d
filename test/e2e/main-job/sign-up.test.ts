// Somebody without an account, in the real window: makes one on practice, which shows what its e-mail would say.
import type { Page } from '@playwright/test'
import { afterEach, expect, it } from 'vitest'
import { type CompanionWindow, openCompanion } from '../../support/companion-window.ts'
import { openScreen } from '../../support/own-address.ts'

let window: CompanionWindow
afterEach(() => window.close())

async function startSigningUp(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'No account yet? Create one' }).click()
  await page.getByLabel('E-mail address').fill('ada@example.com')
  await page.getByLabel('Name of you or your company').fill('Ada')
  await page.getByRole('checkbox', { name: 'I accept the terms of service' }).check()
  await page.getByRole('button', { name: 'Create the account' }).click()
}

it('an account is made with six digits or with a link; a key of it is shown once', async () => {
  window = await openCompanion('chromium')
  const { page } = window
  await openScreen(page, 'Settings')
  await startSigningUp(page)
  await page.getByText('may not place calls yet').first().waitFor()
  await page.getByRole('button', { name: 'Check again' }).waitFor()

  await page.getByLabel('Name of a new key').fill('Laptop')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  const token = page.getByRole('region', { name: 'The new access key' })
  await token.getByText(/^vb_/).waitFor()
  const secret = await token.locator('code').innerText()
  await token.getByRole('button', { name: 'I have it' }).click()
  await page.getByText('in use here').waitFor()
  expect(await page.locator('body').innerText()).not.toContain(secret)
  await page.getByRole('button', { name: 'Delete the access key Laptop' }).click()
  await page.getByRole('button', { name: 'Delete Laptop' }).click()
  await page.getByRole('button', { name: 'Delete the access key Laptop' }).waitFor({ state: 'detached' })

  // The other dialect: another platform, nobody signed in.
  await page.getByRole('radio', { name: 'As documented' }).click()
  await startSigningUp(page)
  await page.getByText('An e-mail with six digits is on its way').waitFor()
  await openScreen(page, 'Trace')
  await page.getByText('POST /auth/signup').last().click()
  const mail = await page.getByText(/the six digits are \d{6}/).innerText()
  const code = /six digits are (\d{6})/.exec(mail)?.[1] ?? ''
  await openScreen(page, 'Settings')
  await page.getByLabel('Six digits').fill(code)
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
  expect(await page.getByText('may not place calls yet').count()).toBe(0)
  expect(window.console.filter((line) => line.startsWith('pageerror'))).toEqual([])
})
