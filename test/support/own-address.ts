// What a person does to use a VoIPBIN at an own address: its addresses in Settings, then the sign-in on the Quickstart.
import type { Page } from '@playwright/test'
import type { PracticeAddress } from '../../practice/practice.ts'
import type { PracticeProcess } from './practice.ts'
import { until } from './until.ts'

type Screen = 'Quickstart' | 'Call' | 'Trace' | 'Settings'

export const openScreen = (page: Page, screen: Screen) =>
  page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: screen }).click()

/** Settings → Environment and Network; ends on the Quickstart. */
export async function useOwnAddress(page: Page, address: PracticeAddress): Promise<void> {
  await openScreen(page, 'Settings')
  await page.getByLabel('Server', { exact: true }).selectOption({ label: 'Own address' })
  await enter(page, 'API address', address.apiUrl)
  await enter(page, 'Base domain of the registrar', address.baseDomain)
  await enter(page, 'Edge address', address.edgeUrl)
  await openScreen(page, 'Quickstart')
}

async function enter(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByLabel(label)
  await field.fill(text)
  await field.press('Enter')
}

export type SignInAs = { accessKey: string } | { username: string; password: string }

/** Fills the fields of the sign-in on the Quickstart; they are gone when somebody is signed in. */
export async function fillSignIn(page: Page, who: SignInAs): Promise<void> {
  if ('accessKey' in who) {
    await page.getByRole('radio', { name: 'Access key' }).click()
    await page.getByRole('textbox', { name: 'Access key' }).fill(who.accessKey)
    return
  }
  await page.getByRole('radio', { name: 'Password' }).click()
  await page.getByRole('textbox', { name: 'User name', exact: true }).fill(who.username)
  await page.getByRole('textbox', { name: 'Password' }).fill(who.password)
}

/** One row of the checklist. */
export const stepOf = (page: Page, id: string) => page.locator(`.step[data-step="${id}"]`)

/** Presses "run only", again where another step was still running, until the step has passed. */
export async function runOnly(page: Page, id: string, title: string): Promise<void> {
  const button = page.getByRole('button', { name: `Run only: ${title}` })
  await button.click()
  await until(`the step ${id} to pass`, async () => {
    if ((await stepOf(page, id).getAttribute('data-state')) === 'passed') return true
    await button.click({ timeout: 1_000 }).catch(() => {})
    return false
  })
}

/** Signed in as the administrator, registered, the test call answered and matched. Resolves with the platform's id of it. */
export const openTestCall = async (page: Page, { address, strings }: PracticeProcess): Promise<string> => {
  await useOwnAddress(page, address)
  await openScreen(page, 'Settings')
  await fillSignIn(page, { username: 'admin@localhost', password: 'admin@localhost' })
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
  await openScreen(page, 'Quickstart')
  await runOnly(page, 'signIn', 'Sign in')
  await runOnly(page, 'extension', 'Provision an extension')
  await runOnly(page, 'subscribe', 'Subscribe to events')
  await runOnly(page, 'register', 'Register the phone')
  await openScreen(page, 'Call')
  await page.getByRole('button', { name: 'Place a test call' }).click()
  await page.getByRole('button', { name: 'Answer' }).click()
  await page.getByText(/Matched by/).waitFor()
  return String((await strings.look()).calls[0]?.id)
}
