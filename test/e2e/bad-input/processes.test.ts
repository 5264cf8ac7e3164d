// Processes that are killed or started twice: the platform is told, the window comes back, settings stay, and words say why.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import {
  attachToChromium,
  hasElectron,
  openCompanion,
  type ShellName,
} from '../../support/companion-window.ts'
import { isAlive } from '../../support/is-alive.ts'
import { fillSignIn, openScreen, runOnly, stepOf, useOwnAddress } from '../../support/own-address.ts'
import { startPracticeProcess } from '../../support/practice.ts'
import { readSavedSettings } from '../../support/saved-settings.ts'
import { until } from '../../support/until.ts'

const top = path.resolve(import.meta.dirname, '../../..')

let profileDir = ''
beforeEach(() => {
  profileDir = mkdtempSync(path.join(tmpdir(), 'companion-killed-'))
})
afterEach(() => rmSync(profileDir, { recursive: true, force: true, maxRetries: 5 }))

it('a browser killed in a call: the platform hangs up, the window comes back registered and says what happened', async () => {
  const practice = await startPracticeProcess()
  const window = await openCompanion('chromium', { profileDir })
  onTestFinished(() => window.close())
  await useOwnAddress(window.page, practice.address)
  await fillSignIn(window.page, practice.address)
  await window.page.getByRole('button', { name: 'Run the quickstart' }).click()
  await stepOf(window.page, 'answer').and(window.page.locator('[data-state="passed"]')).waitFor()
  process.kill(window.pid(), 'SIGKILL')

  await until('the platform to end the call', async () => {
    const { calls } = await practice.strings.look()
    return calls.every(({ status }) => status !== 'progressing')
  })
  const { page } = await attachToChromium(profileDir)
  const notices = page.getByRole('region', { name: 'Notices' })
  await notices.getByText('The window with the phone is gone.').waitFor()
  await notices.getByText('It is opened again by itself; a call in progress has ended.').waitFor()
  await page.locator('.status-item[data-status="registration"][data-tone="good"]').waitFor()
  await page
    .getByRole('status')
    .getByText(/^Stopped at step/)
    .waitFor()
  await openScreen(page, 'Call')
  await page.getByRole('button', { name: 'Place a test call' }).click()
  await page.getByRole('button', { name: 'Answer' }).click()
  await page.locator('.status-item[data-status="call"][data-tone="good"]').waitFor()
  await page.getByRole('button', { name: 'Hang up' }).click()
  await page.getByText('You hung up').first().waitFor()
})

it('a main process that is killed takes browser and practice with it, and starts again with its settings', async () => {
  const first = await startMain()
  const { page } = await attachToChromium(profileDir)
  await openScreen(page, 'Settings')
  await page.getByRole('textbox', { name: 'Language', exact: true }).fill('de-DE')
  await page.getByRole('textbox', { name: 'Language', exact: true }).press('Enter')
  await openScreen(page, 'Quickstart')
  await runOnly(page, 'signIn', 'Sign in')
  const children = childrenOf(first)
  expect(children.length).toBeGreaterThan(1)
  first.kill('SIGKILL')
  await until('its processes to be gone', () => !children.some(isAlive))

  await startMain()
  const again = (await attachToChromium(profileDir)).page
  expect(readSavedSettings(profileDir).language).toBe('de-DE')
  await openScreen(again, 'Settings')
  expect(await again.getByRole('textbox', { name: 'Language', exact: true }).inputValue()).toBe('de-DE')
  await openScreen(again, 'Quickstart')
  await runOnly(again, 'signIn', 'Sign in')
})

const shells: ShellName[] = ['chromium', 'electron']
describe.each(shells)('two instances in %s', (shell) => {
  it.skipIf(!process.env.DISPLAY || (shell === 'electron' && !hasElectron))(
    'are one: the second start says so and ends well, the first stays',
    async () => {
      const first = start(shell)
      const log = path.join(profileDir, 'logs', 'companion.log')
      await until('the window', () => /window open/.test(readText(log)))
      const second = start(shell)
      let said = ''
      second.stdout?.on('data', (data: Buffer) => (said += data.toString('utf8')))
      const [code] = (await once(second, 'close')) as [number | null]
      expect(code).toBe(0)
      expect(said).toContain(`The companion is already running with the profile ${profileDir}`)
      expect(first.exitCode).toBeNull()
      first.kill('SIGTERM')
      expect(await once(first, 'close')).toEqual([0, null])
    },
  )
})

/** `npm start` without the preparations. */
function start(shell: ShellName): ChildProcess {
  const script = path.join(top, 'dist/main/start.js')
  const child = spawn(process.execPath, [script, '--shell', shell, '--profile-dir', profileDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

async function startMain(): Promise<ChildProcess> {
  const script = path.join(top, 'test/support/companion-main.ts')
  const microphone = path.join(top, 'main/cli/microphone.wav')
  const child = spawn(process.execPath, [script, profileDir, microphone], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  })
  await once(child.stdout, 'data')
  return child
}

const childrenOf = ({ pid }: ChildProcess) =>
  execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number)

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
