// A disk that is really full: a small file system of its own, filled to the last byte, under settings, log and profile.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import type { ErrorData } from '../../../common/kit/errors.ts'
import type { StepId } from '../../../common/model/quickstart.ts'
import { createSettings } from '../../../main/settings/create-settings.ts'
import { runChromium } from '../../../main/shells/chromium/run.ts'
import { openFileLog } from '../../../main/shells/file-log.ts'
import { openCompanion } from '../../support/companion-window.ts'
import { openScreen, runOnly } from '../../support/own-address.ts'
import { createQuietLog } from '../../support/quiet-log.ts'
import { readSavedSettings } from '../../support/saved-settings.ts'

const disks: string[] = []
const canMount = tryToMount()
if (!canMount)
  console.warn('\n!! No file system can be mounted here: the tests of a full disk are SKIPPED.\n')

afterAll(() => {
  for (const disk of disks) {
    execFileSync('umount', ['--lazy', disk])
    rmSync(disk, { recursive: true, force: true })
  }
})

describe.skipIf(!canMount)('a full disk', () => {
  it('keeps settings in memory with a word, then saves them all; the log goes on when there is room', async () => {
    const dataDir = mount('64k')
    const notices: ErrorData[] = []
    const log = openFileLog(dataDir)
    log.info('before')
    const settings = createSettings({
      dataDir,
      log: createQuietLog().log,
      notice: (error) => void notices.push(error),
    })
    await settings.change({ theme: 'dark' })
    const free = fill(dataDir)
    await settings.change({ language: 'de-DE', sayText: 'x'.repeat(500) })
    for (let i = 0; i < 200; i++) log.info(`lost ${i} ${'x'.repeat(100)}`)
    expect(settings.current().language).toBe('de-DE')
    expect(notices).toMatchObject([{ code: 'app.diskFull', detail: 'ENOSPC' }])
    // The file that was there is whole: nothing half is ever written over it.
    expect(readSavedSettings(dataDir)).toMatchObject({ theme: 'dark', language: 'en-US' })
    free()
    log.info('after')
    await settings.change({ secondCall: 'busy' })
    expect(readSavedSettings(dataDir)).toMatchObject({ theme: 'dark', language: 'de-DE', secondCall: 'busy' })
    const lines = readFileSync(path.join(dataDir, 'logs', 'companion.log'), 'utf8')
    expect(lines).toMatch(/before[\s\S]*after/)
  })

  it('does not take the window down: it says so, the phone registers, and the next change is saved', async () => {
    const profileDir = mount('200m')
    const window = await openCompanion('chromium', { profileDir })
    onTestFinished(() => window.close())
    const { page } = window
    const free = fill(profileDir)
    await openScreen(page, 'Settings')
    await page.getByRole('textbox', { name: 'Language', exact: true }).fill('de-DE')
    await page.getByRole('textbox', { name: 'Language', exact: true }).press('Enter')
    const notices = page.getByRole('region', { name: 'Notices' })
    await notices.getByText('The settings could not be saved because the disk is full').waitFor()
    await notices.getByText('Free some space; until then the settings live in memory.').waitFor()
    await openScreen(page, 'Quickstart')
    for (const [id, title] of [
      ['signIn', 'Sign in'],
      ['extension', 'Provision an extension'],
      ['subscribe', 'Subscribe to events'],
      ['register', 'Register the phone'],
    ] as const)
      await runOnly(page, id, title)
    free()
    await openScreen(page, 'Settings')
    await page.getByRole('textbox', { name: 'Language', exact: true }).fill('fr-FR')
    await page.getByRole('textbox', { name: 'Language', exact: true }).press('Enter')
    await expect.poll(() => readSavedSettings(profileDir).language).toBe('fr-FR')
  })

  it('does not keep a first start from registering', async () => {
    const profileDir = mount('200m')
    const free = fill(profileDir)
    // Without room the browser writes down no port for a test: main is asked instead of the page.
    const running = await runChromium({
      headless: !process.env.DISPLAY,
      profileDir,
      micFile: path.join(import.meta.dirname, '../../../main/cli/microphone.wav'),
    })
    const { handlers, store } = running.app
    const stateOf = (id: StepId) => store.getState().quickstart.steps.find((step) => step.id === id)?.state
    for (const only of ['signIn', 'extension', 'register'] as const) {
      await handlers['quickstart.run']({ only })
      await expect.poll(() => stateOf(only), { timeout: 30_000 }).toBe('passed')
    }
    expect(store.getState().notices.map(({ error }) => error.code)).toContain('app.diskFull')
    await running.close()
    free()
    const window = await openCompanion('chromium', { profileDir })
    onTestFinished(() => window.close())
    expect(await window.page.getByRole('button', { name: 'Run the quickstart' }).isEnabled()).toBe(true)
  })
})

function mount(size: string): string {
  const disk = mkdtempSync(path.join(tmpdir(), 'companion-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk], { stdio: 'pipe' })
  disks.push(disk)
  return disk
}

function tryToMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  try {
    mount('16k')
    return true
  } catch {
    return false
  }
}

/** Writes until nothing fits any more; returns how to make room again. */
function fill(disk: string): () => void {
  const files: string[] = []
  for (const size of [1_048_576, 4_096, 1]) {
    try {
      for (;;) {
        const file = path.join(disk, `ballast-${files.length}`)
        files.push(file)
        writeFileSync(file, Buffer.alloc(size))
      }
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'ENOSPC') throw thrown
    }
  }
  return () => {
    for (const file of files) rmSync(file, { force: true })
  }
}
