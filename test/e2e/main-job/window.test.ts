// The main job by one button, in a real window of each shell.
import { afterEach, describe, expect, it } from 'vitest'
import { stepTexts } from '../../../common/model/quickstart.ts'
import {
  type CompanionWindow,
  hasElectron,
  openCompanion,
  type ShellName,
} from '../../support/companion-window.ts'

const shells: ShellName[] = ['chromium', 'electron']

describe.each(shells)('the companion in %s', (shell) => {
  let window: CompanionWindow | undefined
  afterEach(async () => {
    await window?.close()
    window = undefined
  })

  it.skipIf(shell === 'electron' && !hasElectron)(
    'proves every step of the quickstart after one press',
    async () => {
      window = await openCompanion(shell)
      const { page } = window
      await page.getByRole('button', { name: 'Run the quickstart' }).click()
      await page.getByRole('status').getByText('All 12 steps proven').waitFor({ timeout: 80_000 })
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${shell}-passed.png` })
      for (const { title } of Object.values(stepTexts)) {
        expect(await page.getByText(title.text, { exact: true }).count()).toBeGreaterThan(0)
      }
      expect(window.console.filter((line) => /^(error|pageerror)/.test(line))).toEqual([])
    },
  )
})
