// Another language in the middle of a call, in a real window of each shell: texts, direction and menu change, the call lives on.
import type { Page } from '@playwright/test'
import { afterEach, describe, expect, it } from 'vitest'
import { type CompanionWindow, openCompanion, shellsHere } from '../../support/companion-window.ts'
import { openScreen, openTestCall } from '../../support/own-address.ts'
import { type PracticeProcess, startPracticeProcess } from '../../support/practice.ts'
import { until } from '../../support/until.ts'

let practice: PracticeProcess | undefined
let window: CompanionWindow | undefined
afterEach(async () => {
  await window?.close()
  await practice?.end()
  window = undefined
  practice = undefined
})

const choose = (page: Page, name: string, language: string) =>
  page.getByRole('combobox', { name, exact: true }).last().selectOption(language)
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true }).first()
const direction = (page: Page) => page.evaluate(() => [document.documentElement.lang, document.dir].join(' '))

describe.each(shellsHere)('another language in %s', (shell) => {
  it('is spoken at once in the middle of a call, from right to left, and the call lives on', async () => {
    practice = await startPracticeProcess()
    window = await openCompanion(shell)
    const { page, app } = window
    const { strings } = practice
    const callId = await openTestCall(page, practice)
    const hear = (message: string) =>
      strings.pull({ pull: 'transcript', callId, direction: 'out', message, repeat: 1 })
    const line = (text: string) => page.locator('.transcript').getByText(text).waitFor()
    const menu = () => app?.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label))
    // The greeting is written down: whoever transcribes is there.
    await page.locator('.transcript .line-words').first().waitFor()
    await hear('Before the language changed.')
    await line('Before the language changed.')

    await openScreen(page, 'Settings')
    await choose(page, 'Language', 'ar')
    await heading(page, 'الإعدادات').waitFor()
    expect(await direction(page)).toBe('ar rtl')
    expect(await page.title()).toContain('في مكالمة')
    if (app) await until('the menu in Arabic', async () => (await menu())?.includes('عرض'))

    // The lines of before are there, new ones come, and the phone still flows.
    await page
      .getByRole('button', { name: /^مكالمة/ })
      .first()
      .click()
    await line('Before the language changed.')
    await hear('And after it.')
    await line('And after it.')
    await page.getByRole('button', { name: 'كتم', exact: true }).waitFor()
    expect((await strings.look()).calls[0]?.status).toBe('progressing')

    await page.getByRole('button', { name: 'الإعدادات' }).click()
    await choose(page, 'اللغة', 'en')
    await heading(page, 'Settings').waitFor()
    expect(await direction(page)).toBe('en ltr')
    if (app) await until('the menu in English', async () => (await menu())?.includes('View'))
    await openScreen(page, 'Call')
    await line('And after it.')
    await page.getByRole('button', { name: 'Hang up', exact: true }).click()
    await page.getByText('You hung up').first().waitFor()
    expect(window.console.filter((one) => /^(error|pageerror)/.test(one))).toEqual([])
  })
})
