// A call in a real window of each shell stands in the history afterwards, is found by its words, and leaves as a file.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CompanionWindow, openCompanion, shellsHere } from '../../support/companion-window.ts'

const before = process.env.XDG_DOWNLOAD_DIR
let folder: string
let window: CompanionWindow | undefined
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'companion-downloads-'))
  process.env.XDG_DOWNLOAD_DIR = folder
})
afterEach(async () => {
  await window?.close()
  window = undefined
  if (before === undefined) delete process.env.XDG_DOWNLOAD_DIR
  else process.env.XDG_DOWNLOAD_DIR = before
  rmSync(folder, { recursive: true, force: true })
})

describe.each(shellsHere)('the history in %s', (shell) => {
  it('has the call of the quickstart with what was said, and exports it', async () => {
    window = await openCompanion(shell)
    const { page, app } = window
    const chosen = path.join(folder, 'chosen.vtt')
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
    expect(path.dirname(file)).toBe(folder)
    expect(readFileSync(file, 'utf8')).toMatch(/^WEBVTT\n[\s\S]*<v You, typed>/)
    expect(window.console.filter((line) => /^(error|pageerror)/.test(line))).toEqual([])
  })
})
