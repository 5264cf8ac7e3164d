// Two servers in one window: a profile each, with its own sign-in and extension, switched without a restart.
import type { Page } from '@playwright/test'
import { afterEach, expect, it } from 'vitest'
import { stepTexts } from '../../../common/model/quickstart.ts'
import {
  type CompanionWindow,
  openCompanion,
  type ShellName,
  shellsHere,
} from '../../support/companion-window.ts'
import { useOwnAddress as enterAddress, fillSignIn, openScreen, runOnly } from '../../support/own-address.ts'
import { type PracticeProcess, startPracticeProcess } from '../../support/practice.ts'

const closing: Array<() => Promise<unknown>> = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** As a person: the addresses, the key, then the steps that make the phone ready. */
async function makeReady(page: Page, { address }: PracticeProcess): Promise<void> {
  await enterAddress(page, address)
  await openScreen(page, 'Settings')
  await fillSignIn(page, address)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
  await openScreen(page, 'Quickstart')
  for (const id of ['extension', 'register'] as const) await runOnly(page, id, stepTexts[id].title.text)
}

const extensionHere = async (page: Page) => {
  await openScreen(page, 'Settings')
  return page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()
}

const registeredAt = async ({ strings }: PracticeProcess) => {
  const { registered } = await strings.look()
  return Object.keys(registered).filter((extension) => (registered[extension] ?? 0) > 0)
}

async function openBoth(shell: ShellName) {
  const [home, office] = [
    await startPracticeProcess(['--dialect', 'documented']),
    await startPracticeProcess(),
  ]
  closing.push(home.end, office.end)
  const window: CompanionWindow = await openCompanion(shell)
  closing.push(window.close)
  return { home, office, window, page: window.page }
}

it.each(shellsHere)(
  'in %s each profile has its own sign-in and extension, and a call keeps its own',
  async (shell) => {
    const { home, office, window, page } = await openBoth(shell)
    await makeReady(page, home)
    const homeExtension = await extensionHere(page)
    await page.getByRole('button', { name: 'Add a profile' }).click()
    await page.getByLabel('Name of the new profile').fill('Office')
    await page.getByRole('button', { name: 'Add and use it' }).click()
    await page.getByLabel('Its name').waitFor()
    await expect.poll(() => registeredAt(home)).toEqual([])
    await makeReady(page, office)
    const officeExtension = await extensionHere(page)
    expect(officeExtension).not.toBe(homeExtension)
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${shell}-profiles.png` })

    const profile = page.getByRole('navigation').getByLabel('Profile')
    await profile.selectOption({ label: '127.0.0.1' })
    await expect.poll(() => registeredAt(home), { timeout: 20_000 }).toEqual([homeExtension])
    expect(await registeredAt(office)).toEqual([])
    expect(await extensionHere(page)).toBe(homeExtension)

    await profile.selectOption({ label: 'Office' })
    await expect.poll(() => registeredAt(office), { timeout: 20_000 }).toEqual([officeExtension])
    expect(await registeredAt(home)).toEqual([])
    await office.call(officeExtension)
    await page.getByRole('button', { name: 'Answer' }).first().click()
    await page.getByRole('button', { name: 'Hang up' }).first().waitFor()
    await expect.poll(() => profile.isDisabled()).toBe(true)
    await openScreen(page, 'Call')
    await page.getByRole('button', { name: 'Hang up' }).first().click()
    await expect.poll(() => profile.isDisabled()).toBe(false)
    expect(window.console.filter((line) => line.startsWith('pageerror'))).toEqual([])
  },
)
