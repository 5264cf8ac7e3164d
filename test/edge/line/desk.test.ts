// A person at the real window on the real edge: dials, is called, holds, transfers, connects two; judged by the others.
import type { Page } from '@playwright/test'
import { afterEach, expect, it } from 'vitest'
import { shellsHere } from '../../support/companion-window.ts'
import { fillSignIn, openScreen, runOnly } from '../../support/own-address.ts'
import { until } from '../../support/until.ts'
import { openPeer, type Peer } from '../peer/peer.ts'
import type { EdgePractice } from './edge-practice.ts'
import { openEdgeWindow } from './edge-window.ts'

const closings: (() => unknown)[] = []
const add = (close: () => unknown) => void closings.push(close)
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close()
})

const steps = [
  ['signIn', 'Sign in'],
  ['extension', 'Provision an extension'],
  ['subscribe', 'Subscribe to events'],
  ['register', 'Register the phone'],
] as const

/** Registered, on the Call screen. Resolves with the address of the phone. */
async function prepare(page: Page, { practice, edge }: EdgePractice): Promise<string> {
  await openScreen(page, 'Settings')
  await fillSignIn(page, practice.address)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
  await openScreen(page, 'Quickstart')
  for (const [id, title] of steps) await runOnly(page, id, title)
  await openScreen(page, 'Call')
  const registered = await page.getByText(/^Registered as /).textContent()
  return `sip:${registered?.replace('Registered as ', '')}@${edge.domain}`
}

async function peer({ edge }: EdgePractice, user: string, password?: string): Promise<Peer> {
  const outboundProxy = { host: edge.host, port: edge.ports.udp }
  if (password !== undefined) await edge.addUser(user, password)
  const domain = password === undefined ? 'platform.test' : edge.domain
  const opened = await openPeer({ user, domain, outboundProxy, ...(password ? { password } : {}) })
  add(() => opened.close())
  if (password !== undefined) await opened.register()
  return opened
}

const chord = (page: Page, letter: string) => page.keyboard.press(`Control+Shift+${letter}`)
const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()

it.each(shellsHere)(
  'in %s: dialled and busy, then called, held, resumed, and sent to somebody else',
  async (shell) => {
    const { platform, window } = await openEdgeWindow(shell, add)
    const { page } = window
    const address = await prepare(page, platform)
    const bob = await peer(platform, '2001', 'word-2')
    const caller = await peer(platform, '+15550100')

    await page.getByRole('textbox', { name: 'Whom to call' }).fill('2001')
    await page.keyboard.press('Enter')
    const dialled = await bob.nextInvitation()
    dialled.ring()
    await sees(page, /^Ringing$/)
    dialled.refuse(486)
    await sees(page, /Busy/)
    await page.getByRole('button', { name: 'Call 2001 again' }).waitFor()

    const call = await caller.call(address)
    await call.provisional()
    await page.getByRole('button', { name: 'Answer' }).click()
    await call.answered()
    await call.heard.sound()
    await chord(page, 'L')
    await sees(page, 'On hold by you')
    expect((await call.received('INVITE')).body).toContain('a=sendonly')
    await page.getByRole('button', { name: 'Resume' }).click()
    expect((await call.received('INVITE', 2)).body).toContain('a=sendrecv')
    await until('the hold to be gone', async () => (await page.getByText('On hold by you').count()) === 0)

    await chord(page, 'X')
    await page.getByRole('textbox', { name: 'Transfer to' }).fill('2001')
    await page.keyboard.press('Enter')
    const sent = await bob.nextInvitation()
    sent.ring()
    await sees(page, 'It rings at 2001')
    await sent.answer()
    await sees(page, /Transferred to 2001/)
    expect(await call.ended()).toMatchObject({ by: 'them', how: 'bye' })
    expect(window.console.filter((line) => /^(error|pageerror)/.test(line))).toEqual([])
  },
  180_000,
)

it.each(shellsHere)(
  'in %s: two calls, called first, swapped, and connected with each other',
  async (shell) => {
    const { platform, window } = await openEdgeWindow(shell, add)
    const { page } = window
    const address = await prepare(page, platform)
    const bob = await peer(platform, '2001', 'word-2')
    const caller = await peer(platform, '+15550100')

    const call = await caller.call(address)
    await call.provisional()
    await page.getByRole('button', { name: 'Answer' }).click()
    await call.answered()
    await call.heard.sound()
    await chord(page, 'X')
    await page.getByRole('textbox', { name: 'Transfer to' }).fill('2001')
    await page.getByRole('button', { name: 'Call first' }).click()
    const bobsCall = await (await bob.nextInvitation()).answer()
    await bobsCall.heard.sound()

    const front = page.getByRole('region', { name: 'Call', exact: true }).getByRole('heading', { level: 1 })
    expect(await front.textContent()).toBe('2001')
    await page
      .getByRole('region', { name: 'Second call: +15550100' })
      .getByText(/on hold/)
      .waitFor()
    await chord(page, 'S')
    await page
      .getByRole('region', { name: 'Second call: 2001' })
      .getByText(/on hold/)
      .waitFor()
    expect(await front.textContent()).toBe('+15550100')
    await chord(page, 'S')
    await page
      .getByRole('region', { name: 'Second call: +15550100' })
      .getByText(/on hold/)
      .waitFor()

    await page.getByRole('button', { name: 'Connect' }).click()
    const replacing = await bob.nextInvitation()
    expect(replacing.replaces).toBe(bobsCall)
    await replacing.answer()
    await sees(page, 'Waiting for calls')
    await Promise.all([call.ended(), bobsCall.ended()])
    expect(window.console.filter((line) => /^(error|pageerror)/.test(line))).toEqual([])
  },
  180_000,
)
