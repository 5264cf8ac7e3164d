// A call as somebody with a headset has it, in the window of each shell: its buttons and lights, devices that change and go,
// switches, a row of keys, and a way that loses sound.
import type { Page } from '@playwright/test'
import { afterEach, expect, it } from 'vitest'
import {
  type CompanionWindow,
  openCompanion,
  type ShellName,
  shellsHere,
} from '../../support/companion-window.ts'
import { byTheBook } from '../../support/headset-shapes.ts'
import { fillSignIn, openScreen, runOnly, useOwnAddress } from '../../support/own-address.ts'
import { plugIn, preparePlugs, unplug } from '../../support/page-devices.ts'
import { lightOf, sayOn, wearHeadset } from '../../support/page-headset.ts'
import { type PracticeProcess, startPracticeProcess } from '../../support/practice.ts'
import { until } from '../../support/until.ts'

let practice: PracticeProcess
let window: CompanionWindow
afterEach(async () => {
  await window.close()
  await practice.end()
})

const open = async (shell: ShellName): Promise<Page> => {
  practice = await startPracticeProcess()
  window = await openCompanion(shell, { flags: ['--use-fake-device-for-media-stream=device-count=3'] })
  const { page } = window
  await wearHeadset(page, byTheBook, 'Desk headset')
  await page.reload()
  await preparePlugs(page)
  await useOwnAddress(page, practice.address)
  await openScreen(page, 'Settings')
  await fillSignIn(page, practice.address)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
  await openScreen(page, 'Quickstart')
  await runOnly(page, 'extension', 'Provision an extension')
  await runOnly(page, 'register', 'Register the phone')
  return page
}

const light = (page: Page, bits: number) =>
  until(`the lights ${bits.toString(2)}`, async () => (await lightOf(page))?.[0] === bits)

/** Fake devices of one page have the same ids each time; which microphone is the second one is read from the list. */
const secondMicrophone = (page: Page) =>
  page.getByLabel('Microphone', { exact: true }).evaluate((list: HTMLSelectElement) => {
    const option = list.options[list.options.length - 1]
    return { id: option?.value ?? '', label: option?.label ?? '' }
  })

const paste = (page: Page, text: string) =>
  page.evaluate((what) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', what)
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    )
  }, text)

it.each(shellsHere)(
  'in %s: a headset answers, mutes and hangs up; devices come and go; keys wait; lost sound is named',
  async (shell) => {
    const page = await open(shell)
    await openScreen(page, 'Settings')
    await page.getByRole('button', { name: 'Connect a headset' }).click()
    await page.getByText('Buttons of Desk headset').waitFor()

    await openScreen(page, 'Call')
    await page.getByRole('button', { name: 'Place a test call' }).click()
    await page.getByRole('button', { name: 'Answer' }).waitFor()
    await light(page, 0b0100)
    await sayOn(page, 2, 0b0001)
    await page.locator('[data-phase="inCall"]').waitFor()
    await light(page, 0b0001)

    const mute = page.getByRole('button', { name: 'Mute', exact: true })
    await sayOn(page, 2, 0b0101)
    await mute.and(page.locator('[aria-pressed="true"]')).waitFor()
    await light(page, 0b0011)
    await sayOn(page, 2, 0b0001)
    await mute.click()
    await light(page, 0b0001)

    const devices = page.getByRole('button', { name: /^Devices:/ })
    await devices.click()
    const other = await secondMicrophone(page)
    await page.getByLabel('Microphone', { exact: true }).selectOption(other.id)
    await devices.getByText(other.label).waitFor()
    await page.getByRole('switch', { name: 'Noise suppression' }).click()
    await page.getByRole('switch', { name: 'Noise suppression', checked: false }).waitFor()
    await unplug(page, [other.id])
    const gone = page.getByText(`${other.label} is not connected: the default of the system is used.`)
    await gone.waitFor()
    await plugIn(page, [other.id])
    await gone.waitFor({ state: 'detached' })
    await devices.getByText(other.label).waitFor()
    await page.getByRole('switch', { name: 'Noise suppression', checked: false }).waitFor()
    await devices.click()

    await paste(page, '1,2;34')
    const keys = page.getByRole('textbox', { name: 'Several keys' })
    await until('the keys in their field', async () => (await keys.inputValue()) === '1,2;34')
    await keys.press('Enter')
    await page.getByText('Waits for you with 2 keys.').waitFor()
    await page.getByRole('button', { name: 'Go on' }).click()
    await keys.waitFor()

    await practice.strings.pull({ pull: 'loss', toPhone: 0.3, fromPhone: 0 })
    await page.getByText(/of their sound is lost on its way here|too unevenly/).waitFor()
    await practice.strings.pull({ pull: 'letGo' })

    await sayOn(page, 2, 0)
    await page.locator('[data-phase="idle"]').waitFor()
    await light(page, 0)
    expect(window.console.filter((line) => /^(error|pageerror)/.test(line))).toEqual([])
  },
)
