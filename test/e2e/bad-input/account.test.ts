// Who may not: a wrong key, a refused registration and an agent's account, seen in the window, each with its way on.
import { afterEach, expect, it } from 'vitest'
import {
  type CompanionWindow,
  openCompanion,
  type ShellName,
  shellsHere,
} from '../../support/companion-window.ts'
import { fillSignIn, openScreen, runOnly, stepOf, useOwnAddress } from '../../support/own-address.ts'
import { type PracticeProcess, startPracticeProcess } from '../../support/practice.ts'

let practice: PracticeProcess
let window: CompanionWindow
const open = async (shell: ShellName) => {
  practice = await startPracticeProcess()
  window = await openCompanion(shell)
  await useOwnAddress(window.page, practice.address)
}
afterEach(async () => {
  await window.close()
  await practice.end()
})

const textOf = (id: string) => stepOf(window.page, id).innerText()
const isState = (id: string, state: string) =>
  window.page.locator(`.step[data-step="${id}"][data-state="${state}"]`).waitFor()

it.each(shellsHere)(
  'in %s: a wrong key, a taken extension and a refused registration are said in words, each with its way on',
  async (shell) => {
    await open(shell)
    const { page } = window
    const run = page.getByRole('button', { name: 'Run the quickstart' })
    await fillSignIn(page, { accessKey: 'vb_canary0000000000' })
    await run.click()
    const refused = page.locator('.start .error-note')
    await refused.getByText('The platform did not accept this access key.').waitFor()
    await refused.getByText('Create a new access key in the admin console').waitFor()
    await refused.getByText('Why?').click()
    await refused.getByText('“Signing in does not work”').waitFor()
    expect(await page.getByRole('listitem').filter({ hasText: 'Not signed in' }).count()).toBe(1)
    expect(await page.locator('body').innerText()).not.toContain('canary')

    // The platform answers a taken name and a full plan alike; another name, or another try, is the way on.
    await practice.strings.pull({ pull: 'registration', status: 403 })
    await practice.strings.pull({
      pull: 'failRequest',
      method: 'POST',
      path: '/v1.0/extensions',
      status: 500,
    })
    await fillSignIn(page, practice.address)
    await run.click()
    await isState('extension', 'failed')
    expect(await textOf('extension')).toContain(
      'The platform made no extension, and there is none of this name.',
    )
    expect(await textOf('extension')).toContain('An existing one can be chosen in Settings')
    await openScreen(page, 'Settings')
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('desk-of-ada')
    await page.getByRole('textbox', { name: 'Name', exact: true }).press('Enter')
    await openScreen(page, 'Quickstart')
    await page.getByRole('button', { name: 'Run it again' }).click()
    await isState('register', 'failed')
    expect(await textOf('extension')).toContain('Extension desk-of-ada')
    expect(await refused.count()).toBe(0)
    expect(await textOf('register')).toContain('The registrar refuses this extension or its password.')
    expect(await textOf('register')).toContain('Run the extension step again')
    expect(await textOf('placeCall')).toContain('Skipped: a step before it failed.')
    await page.getByRole('status').getByText('Stopped at step 4: Register the phone').waitFor()

    await practice.strings.pull({ pull: 'registration', status: null })
    await runOnly(page, 'extension', 'Provision an extension')
    await runOnly(page, 'register', 'Register the phone')
    expect(await textOf('register')).toMatch(/200 OK from 127\.0\.0\.1/)
    await page.locator('.status-item[data-status="registration"][data-tone="good"]').waitFor()
  },
)

it.each(shellsHere)(
  'in %s: an agent is offered what it may do, told why the rest is missing, and its phone rings',
  async (shell) => {
    await open(shell)
    const { page } = window
    await fillSignIn(page, { username: 'agent@localhost', password: 'agent@localhost' })
    await page.getByRole('button', { name: 'Run the quickstart' }).click()
    await isState('placeCall', 'skipped')
    expect(await textOf('extension')).toContain('Extension desk')
    expect(await textOf('register')).toContain('200 OK')
    expect(await textOf('placeCall')).toContain(
      'Placing calls through the platform needs the manager or admin permission',
    )
    expect(await textOf('hangUp')).toContain('Needs the test call, which this account may not place.')
    await page.getByRole('status').getByText('4 of 12 steps have their proof.').waitFor()

    await openScreen(page, 'Settings')
    await page
      .getByText('an extension needs the manager or admin permission; this account is an agent.')
      .waitFor()
    await page.getByText('Seeing the telephone numbers needs the manager or admin permission; this').waitFor()
    await page.getByText('What this role may do: 3 of 11').waitFor()
    expect(await page.getByRole('button', { name: 'Renew the password' }).isEnabled()).toBe(false)
    expect(await page.getByRole('button', { name: 'Remove', exact: true }).isEnabled()).toBe(false)

    await openScreen(page, 'Call')
    await page.getByText('Registered as desk').waitFor()
    await page
      .getByText(
        'Placing calls through the platform needs the manager or admin permission; this account is an agent.',
      )
      .waitFor()
    expect(await page.getByRole('button', { name: 'Place a test call' }).isEnabled()).toBe(false)

    await practice.call('desk')
    await page.getByRole('button', { name: 'Answer' }).click()
    await page.getByText('Speaking by typing needs the manager or admin permission').waitFor()
    await page.getByRole('button', { name: 'Hang up' }).click()
    await page.getByText('You hung up').first().waitFor()
  },
)
