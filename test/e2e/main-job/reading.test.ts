// Reading a call in a real window of each shell: the lag that practice injected, search, moments, who reads back.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CompanionWindow, openCompanion, shellsHere } from '../../support/companion-window.ts'
import { freshDownloads } from '../../support/downloads.ts'
import { openTestCall } from '../../support/own-address.ts'
import { type PracticeProcess, startPracticeProcess } from '../../support/practice.ts'
import { until } from '../../support/until.ts'

const downloads = freshDownloads()
let practice: PracticeProcess
let window: CompanionWindow | undefined
beforeEach(async () => {
  practice = await startPracticeProcess()
})
afterEach(async () => {
  await window?.close()
  await practice.end()
  window = undefined
})

/** So late practice tells each finished line. */
const injectedMs = 3_000

describe.each(shellsHere)('reading in %s', (shell) => {
  it('shows the lag, finds words, holds fast what is read, and keeps what was pinned and flagged', async () => {
    window = await openCompanion(shell)
    const { page, app } = window
    await practice.strings.pull({
      pull: 'delayEvents',
      type: 'transcript_created',
      ms: injectedMs,
      count: 500,
    })
    const callId = await openTestCall(page, practice)
    const transcript = page.getByRole('region', { name: 'Transcript' })
    const hear = (message: string, direction: 'in' | 'out' = 'out', repeat = 1) =>
      practice.strings.pull({ pull: 'transcript', callId, direction, message, repeat })

    // The lag on the screen is what was injected, and what decoding, network and painting add.
    const text = page.getByRole('textbox', { name: 'Text to say' })
    const lag = page.locator('.reading-lag')
    let said = 0
    await until('a lag that is clear', async () => {
      const typed = `This is sentence number ${++said} and it comes late.`
      await text.fill(typed)
      await text.press('Enter')
      await transcript.getByText(typed).waitFor({ timeout: 40_000 })
      // The figure is looked at once a second.
      return lag.waitFor({ timeout: 2_500 }).then(
        () => true,
        () => false,
      )
    })
    const shown = Number(/lag ([\d.]+) s/.exec((await lag.textContent()) ?? '')?.[1]) * 1_000
    // Sound is late by its jitter buffer, on a loaded machine by much: the text is then less behind what is heard.
    expect(shown).toBeGreaterThan(injectedMs / 3)
    expect(shown).toBeLessThan(injectedMs * 3)
    await practice.strings.pull({ pull: 'letGo' })

    // Finals are told as whole sentences; interim text and the list itself are not.
    const log = page.getByRole('log', { name: 'Finished sentences' })
    await hear('Your order number is')
    await hear('forty-seven eleven.')
    await log.getByText(/: Your order number is forty-seven eleven\.$/).waitFor({ state: 'attached' })
    expect(await transcript.evaluate((one) => one.closest('[aria-live]') === null)).toBe(true)

    // Search: every place is counted and reached.
    await page.keyboard.press('Control+f')
    await page.keyboard.type('ELEVEN')
    await page.getByRole('search').getByText('1 of 1').waitFor()
    expect(await page.evaluate(() => CSS.highlights.get('found-now')?.size)).toBe(1)
    await page.keyboard.press('Escape')

    // The last line of the other side, large; and a moment and a line to find again.
    await page.keyboard.press('Alt+r')
    await page.locator('.last-heard').getByText('forty-seven eleven.').waitFor()
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await page.keyboard.press('Alt+f')
    await page.getByRole('status').getByText('Flagged', { exact: true }).waitFor()
    await transcript.getByText('Your order number is').click()
    await page.getByRole('button', { name: 'Pin this line' }).click()
    await page.getByRole('status').getByText('Pinned', { exact: true }).waitFor()
    await page.keyboard.press('Alt+m')
    const moments = page.getByRole('list', { name: 'Pinned and flagged' })
    await until('two moments', async () => (await moments.getByRole('listitem').count()) === 2)
    await page.keyboard.press('Alt+m')

    // Who reads back is not pulled away, hears how much came, and is back with one key.
    await hear('Many words fill the page.', 'in', 60)
    await until(
      'the lines',
      async () => (await transcript.getByText('Many words fill the page.').count()) > 5,
    )
    await transcript.hover()
    await page.mouse.wheel(0, -1_500)
    const jump = page.getByRole('button', { name: /Jump to live/ })
    await jump.waitFor()
    await hear('And more.', 'out', 4)
    await jump.getByText('4 new').waitFor()
    await page.keyboard.press('Alt+l')
    await transcript.getByText('And more.').first().waitFor()
    await jump.waitFor({ state: 'detached' })

    // Afterwards they stand in the history, lead to their line, and leave with the call.
    await page.getByRole('button', { name: 'Hang up' }).click()
    await page.getByRole('button', { name: 'Place a test call' }).waitFor()
    await page.getByRole('navigation').getByRole('button', { name: 'History' }).click()
    await page.getByRole('listbox', { name: 'Calls' }).getByRole('option').first().click()
    await until('two moments', async () => (await moments.getByRole('listitem').count()) === 2)
    await moments.getByRole('button', { name: /Your order number is/ }).click()
    await page.locator('.line[data-selected="true"]').getByText('Your order number is').waitFor()
    const chosen = path.join(downloads.folder, 'chosen.vtt')
    // The system's dialog cannot be pressed by a test: it answers as if a person had.
    await app?.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath })
    }, chosen)
    await page.getByRole('button', { name: 'Export' }).click()
    const told = (await page.getByText(/^Saved as /).textContent()) ?? ''
    const exported = readFileSync(told.replace('Saved as ', ''), 'utf8')
    expect(exported).toMatch(/\nNOTE Pin [\d:.]+ in the call with .+: Your order number is\n/)
    expect(exported).toMatch(/\nNOTE Flag [\d:.]+ in the call with .+\n/)
    expect(window.console.filter((line) => /^(error|pageerror)/.test(line))).toEqual([])
  })
})
