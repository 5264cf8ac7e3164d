// The long transcript in a real browser: follows its end, holds fast what a person reads.
import path from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findChromium } from '../../../main/shells/chromium/find-chromium.ts'
import { startPageServer } from '../../support/page-server.ts'

const executablePath = findChromium()?.path ?? ''
const folder = path.resolve(import.meta.dirname, '../../../dist/renderer')

describe.skipIf(!executablePath)('a transcript of 10,000 lines', () => {
  let browser: Browser
  let page: Page
  let close: () => Promise<void>
  beforeEach(async () => {
    const server = await startPageServer(folder)
    close = server.close
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    browser = await chromium.launch({ executablePath, args })
    page = await browser.newPage({ viewport: { width: 1_100, height: 760 } })
    await page.goto(`${server.url}/gallery.html?state=transcript-10000`)
    await page.locator('.transcript-slot').first().waitFor()
  })
  afterEach(async () => {
    await browser?.close()
    await close?.()
  })

  /** Scrolls and waits for the frame in which the rows have followed. */
  const scrollBy = (px: number) =>
    page.evaluate(async (by) => {
      document.querySelector('.transcript-scroll')?.scrollBy(0, by)
      for (let i = 0; i < 3; i++) await new Promise((resolve) => requestAnimationFrame(resolve))
    }, px)
  const append = (count: number) =>
    page.evaluate((n) => {
      const { galleryBench } = globalThis as { galleryBench?: { append(n: number): Promise<number> } }
      return galleryBench?.append(n)
    }, count)
  /** A row in the middle of the view, and where it stands. */
  const mark = () =>
    page.evaluate(() => {
      const box = document.querySelector('.transcript-scroll')?.getBoundingClientRect()
      const rows = [...document.querySelectorAll<HTMLElement>('.transcript-slot')]
      const row = rows.find((one) => one.getBoundingClientRect().top > (box?.top ?? 0) + 100)
      if (row) row.dataset.marked = 'yes'
      return row?.getBoundingClientRect().top
    })
  const markedTop = () =>
    page.evaluate(() => document.querySelector('[data-marked]')?.getBoundingClientRect().top)
  const endShown = () =>
    page.evaluate(() => {
      const box = document.querySelector('.transcript-scroll')?.getBoundingClientRect()
      const last = [...document.querySelectorAll('.transcript-slot')].at(-1)?.getBoundingClientRect()
      return box && last ? Math.abs(box.bottom - last.bottom) : undefined
    })

  it('shows the newest line at its lower edge, and keeps doing so while lines arrive', async () => {
    expect(await endShown()).toBeLessThan(30)
    await append(1)
    await append(300)
    expect(await endShown()).toBeLessThan(30)
    expect(await page.locator('.jump').count()).toBe(0)
  })

  it('does not move what a person reads while lines arrive, and jumps back to the newest when asked', async () => {
    await scrollBy(-3_000)
    const before = await mark()
    await append(30)
    await append(300)
    expect(await markedTop()).toBeCloseTo(before ?? Number.NaN, 0)
    await page.locator('.jump').click()
    await page.locator('.jump').waitFor({ state: 'detached' })
    expect(await endShown()).toBeLessThan(30)
  })

  it('moves by what was scrolled, also through rows that nobody has seen yet', async () => {
    await scrollBy(-100_000)
    for (let i = 0; i < 20; i++) {
      const before = await mark()
      await scrollBy(120)
      expect(await markedTop()).toBeCloseTo((before ?? Number.NaN) - 120, 0)
      await page.evaluate(() => {
        for (const one of document.querySelectorAll<HTMLElement>('[data-marked]')) delete one.dataset.marked
      })
    }
    expect(await page.locator('.transcript-slot').count()).toBeLessThan(60)
  })
})
