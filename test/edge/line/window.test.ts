// The one button of the window over the real edge, in each shell, on a certificate that a person has pinned.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Settings } from '../../../common/model/settings.ts'
import {
  type CompanionWindow,
  hasElectron,
  openCompanion,
  type ShellName,
} from '../../support/companion-window.ts'
import { fillSignIn } from '../../support/own-address.ts'
import { type EdgePractice, openEdgePractice } from './edge-practice.ts'

const closings: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close()
})

async function open(shell: ShellName): Promise<{ platform: EdgePractice; window: CompanionWindow }> {
  const platform = await openEdgePractice()
  closings.push(platform.close)
  const { apiUrl, edge } = platform
  const profileDir = mkdtempSync(path.join(tmpdir(), 'companion-edge-window-'))
  closings.push(() => rmSync(profileDir, { recursive: true, force: true, maxRetries: 5 }))
  const settings: Partial<Settings> = {
    environment: 'custom',
    apiUrl,
    edgeUrl: edge.wssUrl,
    pins: [{ host: edge.host, sha256: edge.spki }],
  }
  writeFileSync(path.join(profileDir, 'settings.json'), JSON.stringify(settings))
  const window = await openCompanion(shell, { profileDir })
  closings.push(() => window.close())
  return { platform, window }
}

const shells: ShellName[] = ['chromium', 'electron']

describe.each(shells)('the companion in %s over the edge', (shell) => {
  it.skipIf(shell === 'electron' && !hasElectron)(
    'proves every step of the quickstart after one press',
    async () => {
      const { platform, window } = await open(shell)
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
