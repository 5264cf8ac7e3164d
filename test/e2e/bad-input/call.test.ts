// What goes wrong while a call is up, seen in the window: the call lives on, nothing is lost, and there is a way on.
import type { Page } from '@playwright/test'
import { afterEach, expect, it } from 'vitest'
import {
  type CompanionWindow,
  openCompanion,
  type ShellName,
  shellsHere,
} from '../../support/companion-window.ts'
import { fillSignIn, openScreen, runOnly, stepOf, useOwnAddress } from '../../support/own-address.ts'
import { type PracticeProcess, startPracticeProcess } from '../../support/practice.ts'
import { until } from '../../support/until.ts'

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

const preparations = [
  ['signIn', 'Sign in'],
  ['extension', 'Provision an extension'],
  ['subscribe', 'Subscribe to events'],
  ['register', 'Register the phone'],
] as const

const admin = { username: 'admin@localhost', password: 'admin@localhost' }

async function signIn(page: Page): Promise<void> {
  await openScreen(page, 'Settings')
  await fillSignIn(page, admin)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
}

/** Registered, a test call answered and matched; on the Call screen. Resolves with the platform's id of the call. */
async function openCall(page: Page): Promise<string> {
  await signIn(page)
  await openScreen(page, 'Quickstart')
  for (const [id, title] of preparations) await runOnly(page, id, title)
  await openScreen(page, 'Call')
  await page.getByRole('button', { name: 'Place a test call' }).click()
  await page.getByRole('button', { name: 'Answer' }).click()
  await page.getByText(/Matched by/).waitFor()
  await page.getByRole('textbox', { name: 'Text to say' }).waitFor()
  // What is said on it is written down from now on.
  await page.locator('.status-item[data-status="call"][data-tone="good"]').waitFor()
  const { calls } = await practice.strings.look()
  return String(calls[0]?.id)
}

it.each(shellsHere)(
  'in %s: a call outlives bad frames, a lost event socket and an expired token, and says in words when they end it',
  async (shell) => {
    await open(shell)
    const { page } = window
    const callId = await openCall(page)
    const status = (id: string) => page.locator(`.status-item[data-status="${id}"]`)
    const transcript = page.getByRole('region', { name: 'Transcript' })
    const hear = (message: string) =>
      practice.strings.pull({ pull: 'transcript', callId, direction: 'in', message })

    // Frames that are no events are counted, kept in the trace and never shown as words.
    for (const text of [
      '{"type":"transcript_cre',
      'nonsense',
      '[]',
      '{"event_type":"tea_ready","data":{"id":7}}',
    ])
      await practice.strings.pull({ pull: 'rawFrame', text })
    await hear('After the odd frames.')
    await transcript.getByText('After the odd frames.').waitFor()
    expect(await status('events').getAttribute('data-tone')).toBe('good')

    // The socket is cut; what is said meanwhile is fetched afterwards, in its place, and the gap is marked.
    await practice.strings.pull({ pull: 'eventSockets' })
    await hear('Said while nobody listened.')
    await transcript.getByText('Events interrupted').waitFor()
    await transcript.getByText(/Events interrupted · [1-9]\d* lines? fetched afterwards/).waitFor()
    await transcript.getByText('Said while nobody listened.').waitFor()
    await hear('Listening again.')
    await transcript.getByText('Listening again.').waitFor()
    expect(await transcript.getByText('Said while nobody listened.').count()).toBe(1)

    // A giant frame costs the socket, not the call.
    await practice.strings.pull({ pull: 'rawFrame', text: '{}', length: 20_000_000 })
    await transcript
      .getByText(/Events interrupted/)
      .nth(1)
      .waitFor()
    await hear('After the giant.')
    await transcript.getByText('After the giant.').waitFor()
    await transcript
      .getByText(/fetched afterwards|nothing was missed/)
      .nth(1)
      .waitFor()

    // Text that is too long for one request is split, an emoji stays one; an empty one cannot be sent.
    const text = page.getByRole('textbox', { name: 'Text to say' })
    const say = page.getByRole('button', { name: 'Say', exact: true })
    await text.fill('   \n ')
    expect(await say.isEnabled()).toBe(false)
    await text.fill(`${'Yes, yes. '.repeat(500)}!`)
    await page.getByText('5,001 of 5,000 bytes: will be spoken in parts').waitFor()
    await say.click()
    const queue = page.getByRole('list', { name: 'Spoken texts, newest first' })
    await until('two parts', async () => (await queue.getByRole('listitem').count()) === 2)
    await text.fill('👩‍👩‍👧‍👦 ok 🎉')
    await text.press('Enter')
    await queue.getByText('👩‍👩‍👧‍👦 ok 🎉').waitFor()
    await page.getByRole('button', { name: 'Flush' }).click()
    await queue.locator('li[data-status="flushed"]').first().waitFor()

    // The token expires: the next request is refused, the call and its events go on, signing in repairs it.
    await practice.strings.pull({ pull: 'expireTokens' })
    await text.fill('Nobody will hear this.')
    await text.press('Enter')
    await status('account').getByText('Expired').waitFor()
    expect(await status('call').getAttribute('data-tone')).toBe('good')
    expect(await page.getByRole('button', { name: 'Hang up' }).isEnabled()).toBe(true)
    await hear('The call lives on.')
    await transcript.getByText('The call lives on.').waitFor()
    // Renewed where it is told: the name is there, and nothing of the call is begun anew.
    const notice = page.locator('.notice').filter({ hasText: 'The sign-in has expired.' })
    await notice.getByRole('button', { name: 'Sign in again' }).click()
    expect(await notice.getByLabel('User name').inputValue()).toBe(admin.username)
    await notice.getByRole('textbox', { name: 'Password' }).fill(admin.password)
    await notice.getByRole('button', { name: 'Sign in again' }).click()
    await notice.waitFor({ state: 'detached' })
    expect(await status('account').getAttribute('data-tone')).toBe('good')
    await page.getByText(/Matched by/).waitFor()
    await transcript.getByText('After the odd frames.').waitFor()
    await hear('Signed in again.')
    await transcript.getByText('Signed in again.').waitFor()
    await text.fill('Heard again.')
    await text.press('Enter')
    await queue.locator('li[data-status="heard"], li[data-status="transcribed"]').first().waitFor()

    // The platform hangs up; the next call is one press away.
    await practice.strings.pull({ pull: 'hangUp' })
    await page.getByText('They hung up').first().waitFor()
    await page.getByRole('button', { name: 'Place a test call' }).click()
    await page.getByRole('button', { name: 'Decline' }).click()
    await page.getByText('Declined').first().waitFor()
    expect(window.console.filter((line) => line.startsWith('pageerror'))).toEqual([])
  },
)

it('the quickstart answers its own call only, while a stranger rings', async () => {
  await open('chromium')
  const { page } = window
  await fillSignIn(page, practice.address)
  await page.getByRole('button', { name: 'Run the quickstart' }).waitFor()
  // The request of the quickstart waits long enough for somebody else to ring first.
  await practice.strings.pull({ pull: 'delayRequest', method: 'POST', path: '/v1.0/calls', ms: 3_000 })
  await page.getByRole('button', { name: 'Run the quickstart' }).click()
  await stepOf(page, 'placeCall').and(page.locator('[data-state="running"]')).waitFor()
  const { registered } = await practice.strings.look()
  const own = Object.entries(registered).find(([, devices]) => devices > 0)?.[0] ?? ''
  await practice.call(own)
  await stepOf(page, 'greeting').and(page.locator('[data-state="passed"]')).waitFor({ timeout: 60_000 })
  const statuses = (await practice.strings.look()).calls.map(({ status }) => status).sort()
  expect(statuses).toEqual(['progressing', 'ringing'])
  await page.getByRole('alert').getByRole('button', { name: 'Decline' }).click()
  await page.getByRole('status').getByText('All 12 steps proven').waitFor({ timeout: 60_000 })
})
