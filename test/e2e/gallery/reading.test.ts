// Reading in a real browser: text settles without a jump, a search goes to its places, moments and captions are seen.
import path from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TranscriptEntry, TranscriptLine } from '../../../common/model/transcript.ts'
import { findChromium } from '../../../main/shells/chromium/find-chromium.ts'
import { aLine } from '../../../renderer/gallery/people.ts'
import { startPageServer } from '../../support/page-server.ts'

const executablePath = findChromium()?.path ?? ''
const folder = path.resolve(import.meta.dirname, '../../../dist/renderer')

interface Bench {
  append(n: number): Promise<number>
  take(entries: TranscriptEntry[]): Promise<void>
}

describe.skipIf(!executablePath)('reading a call', () => {
  let browser: Browser
  let page: Page
  let url: string
  let close: () => Promise<void>
  beforeEach(async () => {
    const server = await startPageServer(folder)
    url = server.url
    close = server.close
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    browser = await chromium.launch({ executablePath, args })
    page = await browser.newPage({ viewport: { width: 1_100, height: 760 } })
  })
  afterEach(async () => {
    await browser?.close()
    await close?.()
  })
  const open = async (state: string) => {
    await page.goto(`${url}/gallery.html?state=${state}`)
    await page.locator('.transcript-slot').first().waitFor()
  }
  const take = (...lines: TranscriptLine[]) =>
    page.evaluate((entries) => (globalThis as { galleryBench?: Bench }).galleryBench?.take(entries), lines)
  const append = (n: number) =>
    page.evaluate((count) => (globalThis as { galleryBench?: Bench }).galleryBench?.append(count), n)
  const lastRow = () => page.locator('.transcript-slot').last()
  const scrollBy = (px: number) =>
    page.evaluate(async (by) => {
      document.querySelector('.transcript-scroll')?.scrollBy(0, by)
      for (let i = 0; i < 3; i++) await new Promise((resolve) => requestAnimationFrame(resolve))
    }, px)

  it('interim text settles in its row: nothing moves, and no word that stays is touched', async () => {
    await open('transcript-10000')
    const slot = 'utterance'
    const { createdAt: placeAt } = aLine(10_001, 'out', '')
    const say = (text: string, more: Partial<TranscriptLine> = {}) =>
      aLine(10_001, 'out', text, { slot, placeAt, id: 'interim', status: 'interim', ...more })
    await take(say('we will send the'))
    const before = await lastRow().boundingBox()
    await page.evaluate(() => {
      const words = [...document.querySelectorAll('.transcript-slot')].at(-1)
      const seen: string[] = []
      Object.assign(globalThis, { seen })
      new MutationObserver((changes) => {
        for (const { type, target, addedNodes } of changes) {
          if (type === 'characterData') seen.push(String(target.textContent))
          for (const node of addedNodes) seen.push(String(node.textContent))
        }
      }).observe(words as Element, { subtree: true, childList: true, characterData: true })
    })
    await take(say('we will send the invoice to'))
    await take(
      say('we will send the invoice today.', { id: 'final', status: 'final', createdAt: placeAt + 4_000 }),
    )
    expect(await lastRow().textContent()).toContain('we will send the invoice today.')
    const after = await lastRow().boundingBox()
    expect([after?.y, after?.height]).toEqual([before?.y, before?.height])
    const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen)
    // The last word of each text may get a blank behind it; those before it are what they were.
    expect(seen.filter((text) => /^(we|will|send)/.test(text))).toEqual([])
    expect(seen).toContain('today.')
  })

  it('a search in 10,000 lines says how many there are, goes to each, and marks it where it stands', async () => {
    await open('transcript-10000')
    await page.keyboard.press('Control+f')
    const field = page.getByRole('searchbox', { name: 'Search in the call' })
    await expect.poll(() => field.evaluate((one) => one === document.activeElement)).toBe(true)
    await page.keyboard.type('both')
    const count = page.getByRole('search').getByRole('status')
    await count.getByText(/^([\d,]+) of \1$/).waitFor()
    const seenNow = () =>
      page.evaluate(() => {
        const [range] = CSS.highlights.get('found-now') ?? []
        const box = document.querySelector('.transcript-scroll')?.getBoundingClientRect()
        const place = range instanceof Range ? range.getBoundingClientRect() : undefined
        const inSight = box && place && place.top > box.top && place.bottom < box.bottom
        return { text: String(range), inSight, all: CSS.highlights.get('found')?.size ?? 0 }
      })
    await expect.poll(seenNow).toMatchObject({ text: 'both', inSight: true })
    await page.keyboard.press('Enter')
    await count.getByText(/^1 of /).waitFor()
    await expect.poll(seenNow).toMatchObject({ text: 'both', inSight: true })
    for (let i = 0; i < 5; i++) await page.keyboard.press('F3')
    await count.getByText(/^6 of /).waitFor()
    await expect.poll(seenNow).toMatchObject({ text: 'both', inSight: true })
    await page.keyboard.press('Shift+Enter')
    await count.getByText(/^5 of /).waitFor()
    // What comes meanwhile neither moves the place nor is left out.
    const [, total = ''] = /of ([\d,]+)/.exec((await count.textContent()) ?? '') ?? []
    await append(300)
    await expect
      .poll(async () => Number(/of ([\d,]+)/.exec((await count.textContent()) ?? '')?.[1]?.replace(',', '')))
      .toBeGreaterThan(Number(total.replace(',', '')))
    await expect.poll(seenNow).toMatchObject({ text: 'both', inSight: true })
    await page.keyboard.press('Escape')
    expect(await page.evaluate(() => CSS.highlights.size)).toBe(0)
  })

  it('who reads back is told how many lines came, and is led back by a key', async () => {
    await open('transcript-10000')
    await scrollBy(-2_000)
    await append(7)
    const jump = page.getByRole('button', { name: /Jump to live/ })
    await jump.getByText('7 new').waitFor()
    await scrollBy(-500)
    await append(5)
    await jump.getByText('12 new').waitFor()
    await page.keyboard.press('Alt+l')
    await jump.waitFor({ state: 'detached' })
  })

  it('a chosen line is pinned by key, and the captions grow by key without losing the end', async () => {
    await open('call-reading-moments')
    const rows = page.getByRole('list', { name: 'Pinned and flagged' }).getByRole('listitem')
    expect(await rows.count()).toBe(4)
    await rows.first().getByRole('button').first().click()
    await page.locator('.line[data-selected="true"]').waitFor()
    await page.getByRole('button', { name: 'Pin this line' }).waitFor()
    const size = () =>
      page
        .locator('.line-text')
        .first()
        .evaluate((one) => Number.parseFloat(getComputedStyle(one).fontSize))
    await page.keyboard.press('Alt+l')
    const before = await size()
    await page.keyboard.press('Alt+.')
    await expect.poll(size).toBeGreaterThan(before)
    await page.keyboard.press('Alt+r')
    await page.locator('.last-heard').waitFor()
    expect(await page.locator('.last-heard').evaluate((one) => one.closest('[role="status"]') !== null)).toBe(
      true,
    )
  })
})
