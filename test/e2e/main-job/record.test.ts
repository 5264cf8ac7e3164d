// A run of the quickstart leaves a flight record in each shell: it opens, is gone through by keys, leaves as a zip, and
// is opened again from that file.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterEach, describe, expect, it } from 'vitest'
import { toFigures } from '../../../common/figures/figures.ts'
import { readBundle } from '../../../common/record/read-bundle.ts'
import { type CompanionWindow, openCompanion, shellsHere } from '../../support/companion-window.ts'
import { freshDownloads } from '../../support/downloads.ts'

const downloads = freshDownloads()
let window: CompanionWindow | undefined
afterEach(async () => {
  await window?.close()
  window = undefined
})

describe.each(shellsHere)('the flight record in %s', (shell) => {
  it('of a run opens, is gone through by keys, leaves as a zip, and opens again from it', async () => {
    window = await openCompanion(shell)
    const { page, app } = window
    const chosen = path.join(downloads.folder, 'chosen.zip')
    // The system's dialog cannot be pressed by a test: it answers as if a person had.
    await app?.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath })
    }, chosen)
    await page.getByRole('button', { name: 'Run the quickstart' }).click()
    await page.getByRole('status').getByText('All 12 steps proven').waitFor({ timeout: 80_000 })
    await page.getByRole('button', { name: 'Flight record' }).click()

    const axis = page.getByRole('slider', { name: 'Moment of the call' })
    await axis.waitFor()
    await axis.focus()
    await page.keyboard.press('ArrowDown')
    for (let n = 0; n < 40; n++) {
      await page.keyboard.press('n')
      if (/INVITE/.test((await axis.getAttribute('aria-valuetext')) ?? '')) break
    }
    expect(await axis.getAttribute('aria-valuetext')).toMatch(/Signalling, SIP . INVITE/)
    await page
      .getByRole('region', { name: 'Event' })
      .getByText(/CSeq: \d+ INVITE/)
      .waitFor()
    await page.keyboard.press('End')
    await page
      .getByRole('region', { name: 'Known then' })
      .getByText('ended, hungUpByUs', { exact: true })
      .waitFor()

    await page.getByRole('button', { name: 'Export' }).click()
    const told = await page.getByText(/^Saved as /).textContent()
    const file = (told ?? '').replace('Saved as ', '')
    expect(path.dirname(file)).toBe(downloads.folder)
    const bytes = readFileSync(file)
    expect(Object.keys(unzipSync(bytes))).toContain('sip.pcapng')
    const record = readBundle(bytes)
    expect([...new Set(record.items.map(({ kind }) => kind))]).toEqual(
      expect.arrayContaining(['api', 'event', 'sip', 'media', 'line', 'say', 'sound', 'action', 'state']),
    )
    expect(new Set(record.levels.map(({ where }) => where))).toEqual(new Set(['ear', 'microphone']))
    const figures = toFigures(record)
    expect(figures.registrationMs.value).toBeGreaterThan(0)
    expect(figures.answerMs.value).toBeGreaterThan(0)
    expect(figures.sayToHeardMs.count).toBeGreaterThan(0)
    expect(figures.quality.mos.value).toBeGreaterThan(1)
    expect(strFromU8(unzipSync(bytes)['redaction.json'] ?? new Uint8Array())).toMatch(/"atExport": 0/)

    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('button', { name: 'Flight record' }).click()
    await page.getByLabel('File with a record').setInputFiles(file)
    await page.getByText(/from a file/).waitFor()
    expect(await page.getByRole('button', { name: 'Export' }).count()).toBe(0)
    await page.getByLabel('File with a record').setInputFiles({
      name: 'other.zip',
      mimeType: 'application/zip',
      buffer: Buffer.from('no zip'),
    })
    await page.getByText('This file is no flight record.').waitFor()
    expect(window.console.filter((line) => /^(error|pageerror)/.test(line))).toEqual([])
  })
})
