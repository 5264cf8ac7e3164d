// A person at the real window: signed in, registered on the real edge, on the Call screen, and those they speak with.
import type { Page } from '@playwright/test'
import { expect } from 'vitest'
import type { ShellName } from '../../support/companion-window.ts'
import { fillSignIn, openScreen, runOnly } from '../../support/own-address.ts'
import type { Edge } from '../fixture/edge.ts'
import type { PeerCall } from '../peer/call.ts'
import { openPeer, type Peer } from '../peer/peer.ts'
import { makeMicrophone } from '../support/microphone.ts'
import type { EdgePractice } from './edge-practice.ts'
import { openEdgeWindow } from './edge-window.ts'

export interface Desk {
  readonly page: Page
  readonly edge: Edge
  /** An extension, `2001`. */
  readonly bob: Peer
  /** A call from outside that was answered with the button of the window; our person is heard. */
  talk(): Promise<PeerCall>
  /** With Ctrl+Shift. */
  chord(letter: string): Promise<void>
  sees(text: string | RegExp): Promise<void>
  /** The window wrote no error to its console, but those. */
  expectNoErrors(but?: RegExp): void
}

const steps = [
  ['signIn', 'Sign in'],
  ['extension', 'Provision an extension'],
  ['subscribe', 'Subscribe to events'],
  ['register', 'Register the phone'],
] as const

/** What is opened is given to `add`, to be closed last in first out. */
export async function sitDown(shell: ShellName, add: (close: () => unknown) => void): Promise<Desk> {
  const microphone = await makeMicrophone()
  add(() => microphone.remove())
  const { platform, window } = await openEdgeWindow(shell, add, microphone.wav)
  const { page } = window
  const address = await prepare(page, platform)
  const bob = await openOther(platform, add, '2001', 'word-2')
  const caller = await openOther(platform, add, '+15550100')
  return {
    page,
    edge: platform.edge,
    bob,
    async talk() {
      const call = await caller.call(address)
      await call.provisional()
      await page.getByRole('button', { name: 'Answer' }).click()
      await call.answered()
      await call.heard.sound()
      return call
    },
    chord: (letter) => page.keyboard.press(`Control+Shift+${letter}`),
    sees: (text) => page.getByText(text).first().waitFor(),
    expectNoErrors: (but) =>
      expect(window.console.filter((line) => /^(error|pageerror)/.test(line) && !but?.test(line))).toEqual(
        [],
      ),
  }
}

/** Resolves with the address of the phone. */
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

/** With a password an extension, without one somebody outside. */
async function openOther(
  { edge }: EdgePractice,
  add: (close: () => unknown) => void,
  user: string,
  password?: string,
): Promise<Peer> {
  const outboundProxy = { host: edge.host, port: edge.ports.udp }
  if (password !== undefined) await edge.addUser(user, password)
  const domain = password === undefined ? 'platform.test' : edge.domain
  const opened = await openPeer({ user, domain, outboundProxy, ...(password ? { password } : {}) })
  add(() => opened.close())
  if (password !== undefined) await opened.register()
  return opened
}
