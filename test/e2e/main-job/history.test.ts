// A call in a real window of each shell stands in the history afterwards, is found by its words, and leaves as a file.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type CompanionWindow, openCompanion, shellsHere } from '../../support/companion-window.ts'
import { freshDownloads } from '../../support/downloads.ts'

const downloads = freshDownloads()
let window: CompanionWindow | undefined
afterEach(async () => {
  await window?.close()
  window = undefined
})

describe.each(shellsHere)('the history in %s', (shell) => {
  it('has the call of the quickstart with what was said, and exports it', async () => {
    window = await openCompanion(shell)
    const { page, app } = window
    const chosen = path.join(downloads.folder, 'chosen.vtt')
    // The system's dialog cannot be pressed by a test: it answers as if a person had.
    await app?.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath })
    }, chosen)
    await page.getByRole('button', { name: 'Run the quickstart' }).click()
    await page.getByRole('status').getByText('All 12 steps proven').waitFor({ timeout: 80_000 })
    await page.getByRole('navigation').getByRole('button', { name: 'History' }).click()
    await page.keyboard.press('/')
    await page.keyboard.type('typed')
    const rows = page.getByRole('listbox', { name: 'Calls' }).getByRole('option')
    await rows.locator('mark').first().waitFor()
    expect(await rows.count()).toBe(1)
    await rows.first().click()
    const transcript = page.getByRole('region', { name: 'Transcript' })
    await transcript.getByText('You, typed').first().waitFor()
    await page.getByRole('button', { name: 'Export' }).click()
    const told = await page.getByText(/^Saved as /).textContent()
    const file = (told ?? '').replace('Saved as ', '')
    expect(path.dirname(file)).toBe(downloads.folder)
    expect(readFileSync(file, 'utf8')).toMatch(/^WEBVTT\n[\s\S]*<v You, typed>/)
    expect(window.console.filter((line) => /^(error|pageerror)/.test(line))).toEqual([])
  })
})
