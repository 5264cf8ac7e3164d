// The one button of the window over the real edge, in each shell, on a certificate that a person has pinned.
import { afterEach, describe, expect, it } from 'vitest'
import { hasElectron, type ShellName } from '../../support/companion-window.ts'
import { fillSignIn } from '../../support/own-address.ts'
import { openEdgeWindow } from './edge-window.ts'

const closings: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close()
})

const shells: ShellName[] = ['chromium', 'electron']

describe.each(shells)('the companion in %s over the edge', (shell) => {
  it.skipIf(shell === 'electron' && !hasElectron)(
    'proves every step of the quickstart after one press',
    async () => {
      const { platform, window } = await openEdgeWindow(shell, (close) => closings.push(close))
      const { page } = window
      await fillSignIn(page, platform.practice.address)
      await page.getByRole('button', { name: 'Run the quickstart' }).click()
      await page.getByRole('status').getByText('All 12 steps proven').waitFor({ timeout: 80_000 })
      expect(platform.edge.log.find('register', { status: 200 })).not.toEqual([])
      expect(platform.edge.log.find('branch', { method: 'INVITE' })).toHaveLength(1)
      expect(window.console.filter((line) => /^(error|pageerror)/.test(line))).toEqual([])
    },
    // Starting a shell and its platform comes on top of the job itself.
    180_000,
  )
})
