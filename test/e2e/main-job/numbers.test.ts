// Telephone numbers in the window: the one that is chosen is where the test call comes from; a typed one is explained.
import { afterEach, expect, it } from 'vitest'
import {
  type CompanionWindow,
  openCompanion,
  type ShellName,
  shellsHere,
} from '../../support/companion-window.ts'
import { fillSignIn, openScreen, runOnly, useOwnAddress } from '../../support/own-address.ts'
import { type PracticeProcess, startPracticeProcess } from '../../support/practice.ts'

let practice: PracticeProcess
let window: CompanionWindow
const open = async (shell: ShellName) => {
  practice = await startPracticeProcess()
  await practice.strings.pull({ pull: 'numbers', count: 120 })
  window = await openCompanion(shell)
  await useOwnAddress(window.page, practice.address)
  await openScreen(window.page, 'Settings')
  await fillSignIn(window.page, practice.address)
  await window.page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await window.page.getByRole('button', { name: 'Sign out' }).waitFor()
  await openScreen(window.page, 'Quickstart')
}
afterEach(async () => {
  await window.close()
  await practice.end()
})

it.each(shellsHere)(
  'in %s: a number is chosen out of many, the test call comes from it, and without credit the amount is told',
  async (shell) => {
    await open(shell)
    const { page } = window
    await runOnly(page, 'extension', 'Provision an extension')
    await runOnly(page, 'subscribe', 'Subscribe to events')
    await runOnly(page, 'register', 'Register the phone')

    await openScreen(page, 'Settings')
    await page.getByText('120 numbers').waitFor()
    expect(await page.locator('.number-list li').count()).toBe(120)
    await page.getByLabel('Calls come from').selectOption('+15550200042')

    await openScreen(page, 'Call')
    await page.getByRole('textbox', { name: 'Whom to call' }).fill('+49301234567')
    await page.getByText('Calls the number +49 30 1234567 (Germany).').waitFor()
    await page.getByRole('textbox', { name: 'Whom to call' }).fill('')
    await page.getByRole('button', { name: 'Place a test call' }).click()
    await page.getByRole('button', { name: 'Answer' }).waitFor()
    await page.getByText('+15550200042').first().waitFor()
    await page.getByRole('button', { name: 'Decline' }).click()

    await practice.strings.pull({ pull: 'balance', credit: 0 })
    await page.getByRole('button', { name: 'Place a test call' }).click()
    await page.getByText('The balance of the account is too low.').waitFor()
    await page.getByText('balance 0.00 USD').waitFor()
    expect(window.console.filter((line) => /^(error|pageerror)/.test(line))).toEqual([])
  },
)
