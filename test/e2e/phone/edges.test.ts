// The way to the SIP edge in real windows: certificates that nobody has signed, and the candidates of an own server.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { afterEach, expect, it } from 'vitest'
import { stepTexts } from '../../../common/model/quickstart.ts'
import { createCertificate } from '../../support/certificate.ts'
import {
  openCompanion,
  type ShellName,
  shellsHere,
  type WindowOptions,
} from '../../support/companion-window.ts'
import { useOwnAddress as enterAddress, fillSignIn, openScreen, runOnly } from '../../support/own-address.ts'
import { type PracticeProcess, startPracticeProcess } from '../../support/practice.ts'
import { readSavedSettings } from '../../support/saved-settings.ts'
import { openTlsFront } from '../../support/tls-front.ts'

const closing: Array<() => unknown> = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const practiceHere = async () => {
  const practice = await startPracticeProcess()
  closing.push(practice.end)
  return { practice, edgePort: Number(new URL(practice.address.edgeUrl).port) }
}

async function open(shell: ShellName, options: WindowOptions = {}) {
  const window = await openCompanion(shell, options)
  let isOpen = true
  const close = async () => {
    if (isOpen) await window.close()
    isOpen = false
  }
  closing.push(close)
  return { page: window.page, close }
}

async function signIn(page: Page, { address }: PracticeProcess, edgeUrl: string): Promise<void> {
  await enterAddress(page, { ...address, edgeUrl })
  await openScreen(page, 'Settings')
  await fillSignIn(page, address)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
  await openScreen(page, 'Quickstart')
  await runOnly(page, 'extension', stepTexts.extension.title.text)
}

const registered = (page: Page) =>
  page
    .locator('[data-status="registration"]')
    .getByText('Registered', { exact: true })
    .waitFor({ timeout: 45_000 })
const register = (page: Page) =>
  page.getByRole('button', { name: `Run only: ${stepTexts.register.title.text}` }).click()

it.each(shellsHere)(
  'in %s an edge is refused with its evidence, trusted by its pin, blocked with another key, believed by its authority',
  async (shell) => {
    const certificate = createCertificate('127.0.0.1', 'IP:127.0.0.1')
    const changed = createCertificate('127.0.0.1', 'IP:127.0.0.1')
    const { practice, edgePort } = await practiceHere()
    const front = await openTlsFront(certificate, edgePort)
    closing.push(front.close)
    const { page } = await open(shell)
    await signIn(page, practice, `wss://127.0.0.1:${front.port}`)
    await register(page)

    await page.getByRole('button', { name: 'Trust this certificate for 127.0.0.1' }).first().click()
    const offer = page.getByRole('region', { name: 'Trust 127.0.0.1' })
    await offer.getByText(certificate.sha256).waitFor()
    await offer.getByText('CN=127.0.0.1').waitFor()
    await offer.getByText('Valid until').waitFor()
    await offer.getByRole('button', { name: 'Equal: trust it' }).click()
    await registered(page)
    expect(Object.values((await practice.strings.look()).registered)).toContain(1)

    front.change(changed)
    await page.getByText('127.0.0.1 showed another key before').first().waitFor({ timeout: 45_000 })
    expect(await page.getByText('Registered', { exact: true }).count()).toBe(0)

    const caFile = path.join(tmpdir(), `companion-ca-${front.port}.pem`)
    writeFileSync(caFile, changed.cert)
    closing.push(() => rmSync(caFile, { force: true }))
    await openScreen(page, 'Settings')
    await page.getByLabel('Authorities of the server').fill(caFile)
    await page.getByLabel('Authorities of the server').press('Enter')
    await page.getByRole('button', { name: 'No longer trust this key for 127.0.0.1' }).click()
    await registered(page)
  },
)

it.each(shellsHere)(
  'in %s the next edge is tried when one is dead, and the one that worked comes first next time',
  async (shell) => {
    const { practice, edgePort } = await practiceHere()
    const front = await openTlsFront(createCertificate('sip'), edgePort)
    closing.push(front.close)
    let knocks = 0
    const dead = createServer((socket) => {
      knocks += 1
      socket.destroy()
    })
    await new Promise<void>((resolve) => dead.listen(0, '127.0.0.1', resolve))
    closing.push(() => dead.close())
    const base = practice.address.baseDomain
    const rules = [
      `MAP *.registrar.${base}:443 127.0.0.1:${(dead.address() as { port: number }).port}`,
      `MAP sip.${base}:443 127.0.0.1:${front.port}`,
    ]
    const profileDir = mkdtempSync(path.join(tmpdir(), 'companion-edges-'))
    closing.push(() => rmSync(profileDir, { recursive: true, force: true, maxRetries: 5 }))
    // The names of the candidates lead here; their certificates are not what this is about.
    const flags = [`--host-resolver-rules=${rules.join(',')}`, '--ignore-certificate-errors']
    const first = await open(shell, { profileDir, flags })
    await signIn(first.page, practice, '')
    await register(first.page)
    await registered(first.page)
    expect(knocks).toBeGreaterThan(0)
    const settings = () => readSavedSettings(profileDir)
    await expect.poll(() => settings().lastEdge).toBe(`wss://sip.${base}`)
    await first.close()

    const before = knocks
    const { page } = await open(shell, { profileDir, flags })
    await openScreen(page, 'Settings')
    if ((await page.getByRole('button', { name: 'Sign out' }).count()) === 0) {
      await fillSignIn(page, practice.address)
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    }
    await openScreen(page, 'Quickstart')
    await runOnly(page, 'extension', stepTexts.extension.title.text)
    await register(page)
    await registered(page)
    expect(knocks).toBe(before)
  },
)
