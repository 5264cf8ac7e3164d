// Speaking by typing in a real window of each shell, on a call of somebody else: changed, taken back, said by a key,
// silenced, in another voice, interrupted. What is heard is measured in what the page plays.
import type { Locator, Page } from '@playwright/test'
import { afterEach, describe, expect, it } from 'vitest'
import { type Ear, openEar, watchPlayback } from '../../edge/support/ear.ts'
import {
  type CompanionWindow,
  openCompanion,
  type ShellName,
  shellsHere,
} from '../../support/companion-window.ts'
import { fillSignIn, openScreen, runOnly, useOwnAddress } from '../../support/own-address.ts'
import { createApi, type PracticeProcess, startPracticeProcess } from '../../support/practice.ts'
import { until } from '../../support/until.ts'

let practice: PracticeProcess
let window: CompanionWindow
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

/** About twenty seconds of speech. */
const long = Array.from({ length: 12 }, (_, at) => `This is sentence number ${at + 1}.`).join(' ')

const open = async (shell: ShellName) => {
  practice = await startPracticeProcess()
  window = await openCompanion(shell)
  await useOwnAddress(window.page, practice.address)
}

/** Registered, called by somebody, answered and matched. Resolves with the platform's id of the call. */
async function openTalk(page: Page): Promise<string> {
  await openScreen(page, 'Settings')
  await fillSignIn(page, { username: 'admin@localhost', password: 'admin@localhost' })
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
  await openScreen(page, 'Quickstart')
  for (const [id, title] of preparations) await runOnly(page, id, title)
  await addPhrase(page, 'Your order {order} arrives on {day}.')
  await openScreen(page, 'Call')
  await watchPlayback(page)
  const { registered } = await practice.strings.look()
  await practice.call(Object.keys(registered)[0] ?? '')
  await page.getByRole('button', { name: 'Answer' }).click()
  await page.getByText(/Matched by/).waitFor()
  await page.getByRole('textbox', { name: 'Text to say' }).waitFor()
  const { calls } = await practice.strings.look()
  return String(calls[0]?.id)
}

async function addPhrase(page: Page, text: string): Promise<void> {
  await openScreen(page, 'Settings')
  await page.getByRole('textbox', { name: 'New phrase' }).fill(text)
  await page.getByRole('button', { name: 'Add the phrase' }).click()
  await page.getByLabel(`Key of: ${text}`).waitFor()
}

function panelOf(page: Page) {
  const text = page.getByRole('textbox', { name: 'Text to say' })
  const queue = page.getByRole('list', { name: 'Spoken texts, newest first' })
  return {
    text,
    queue,
    async say(words: string) {
      await text.fill(words)
      await text.press('Enter')
    },
    /** The newest item with these words, once it is that far. */
    item: (words: string, status: string): Locator =>
      queue.locator(`li[data-status="${status}"]`).filter({ hasText: words }).first(),
  }
}

const quiet = 100
const loudness = (pcm: Int16Array) =>
  Math.sqrt(pcm.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, pcm.length))

/** The last second of what is heard is silence. Comes long before the text would have been spoken. */
const fallsSilent = (ear: Ear) =>
  until('silence in the ear', async () => {
    const heard = await ear.pcm()
    return heard.length > 8_000 && loudness(heard.subarray(-8_000)) < quiet
  })

describe.each(shellsHere)('speaking by typing in %s', (shell) => {
  it('is changed, taken back, said by a key, silenced, in another voice, and interrupted by the other side', async () => {
    await open(shell)
    const { page } = window
    const callId = await openTalk(page)
    const { say, queue, item, text } = panelOf(page)
    const transcript = page.getByRole('region', { name: 'Transcript' })
    const onAir = page.locator('.on-air')
    const ear = await openEar(page)

    // Three texts: the second is changed and the third taken back while the first is spoken.
    await say('This is the first of three sentences, and it is rather long so that there is time.')
    await say('The second one is wrong.')
    await say('The third one comes too late.')
    await item('first of three', 'speaking').waitFor()
    expect(await onAir.getAttribute('data-who')).toBe('voiceAndYou')
    expect(await onAir.innerText()).toContain('You and the other side hear it.')
    await page.getByRole('button', { name: 'Edit: The second one is wrong.' }).click()
    await page.getByRole('textbox', { name: 'Text that waits' }).fill('The second one is right.')
    await page.getByRole('button', { name: 'Take back: The third one comes too late.' }).click()
    await page.getByRole('textbox', { name: 'Text that waits' }).press('Enter')
    await item('The second one is right.', 'transcribed').waitFor()
    await item('first of three', 'transcribed').waitFor()
    expect(await queue.getByText('third one').count()).toBe(0)
    expect(await transcript.getByText(/wrong|third/).count()).toBe(0)

    // A phrase by its key asks for what it needs.
    await page.keyboard.press('Alt+1')
    await page.getByRole('textbox', { name: 'order' }).fill('4711')
    await page.getByRole('textbox', { name: 'day' }).fill('Monday')
    await page.keyboard.press('Enter')
    await item('Your order 4711 arrives on Monday.', 'transcribed').waitFor()

    // Silenced by its key, from anywhere in the window.
    await say(long)
    await item('sentence number 1', 'speaking').waitFor()
    await openScreen(page, 'Settings')
    await page.keyboard.press('Control+.')
    await openScreen(page, 'Call')
    await item('sentence number 1', 'flushed').waitFor()
    await fallsSilent(ear)
    await page.locator('.on-air[data-who="you"]').waitFor()
    await page.getByRole('button', { name: /^Put away: This is sentence/ }).click()

    // Another voice, for this call only: another session on the platform, and the next text is spoken by it.
    await page.getByRole('button', { name: /^Voice of this call/ }).click()
    await page.getByLabel('Voice provider').selectOption({ label: 'Google Cloud' })
    await page.getByLabel('Language', { exact: true }).fill('de-DE')
    await page.getByLabel('Language', { exact: true }).press('Enter')
    await page.keyboard.press('Escape')
    const api = createApi(practice.address.apiUrl, { query: `accesskey=${practice.address.accessKey}` })
    await until('the other voice', async () => {
      const { json } = await api.get('/v1.0/speakings')
      const live = json.result.filter(({ status }: { status: string }) => status === 'active')
      return live.length === 1 && live[0].provider === 'gcp' && live[0].language === 'de-DE'
    })
    await say('Guten Tag.')
    await item('Guten Tag.', 'transcribed').waitFor()

    // The other side begins to speak: the voice stops, and what was not said is there to be said again.
    await openScreen(page, 'Settings')
    await page.getByRole('switch', { name: 'Fall silent when the other side speaks' }).click()
    await openScreen(page, 'Call')
    await say(long)
    await say('And one thing more.')
    await item('sentence number 1', 'speaking').waitFor()
    await practice.strings.pull({
      pull: 'farSpeech',
      callId,
      text: 'Wait please, I have a question about my bill.',
    })
    await item('sentence number 1', 'interrupted').waitFor()
    await item('And one thing more.', 'interrupted').waitFor()
    await transcript.getByText('Wait please, I have a question about my bill.').waitFor()
    await fallsSilent(ear)
    await page.getByRole('button', { name: 'Say again: And one thing more.' }).click()
    await item('And one thing more.', 'transcribed').waitFor()
    await page.getByRole('button', { name: /^Put away: This is sentence/ }).click()
    expect(await text.inputValue()).toBe('')
    expect(window.console.filter((line) => /^(error|pageerror)/.test(line))).toEqual([])
  })
})
