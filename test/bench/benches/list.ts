// A transcript of 10,000 lines: one more line, and scrolling through all of them.
import path from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { findChromium } from '../../../main/shells/chromium/find-chromium.ts'
import { startPageServer } from '../../support/page-server.ts'
import { type Bench, median, most, ms, quantile } from '../figure.ts'

const appends = 120
const frames = 240

export const list: Bench = {
  name: 'list',
  about: '10,000 transcript lines: append and scroll',
  async run(say) {
    const folder = path.resolve(import.meta.dirname, '../../../dist/renderer')
    const server = await startPageServer(folder)
    const executablePath = findChromium()?.path
    if (!executablePath) throw new Error('no Chromium was found')
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const browser = await chromium.launch({ executablePath, args })
    try {
      const page = await browser.newPage({ viewport: { width: 1_100, height: 760 } })
      await page.goto(`${server.url}/gallery.html?state=transcript-10000`)
      await page.locator('.transcript-slot').first().waitFor()
      await append(page, 20)
      const added = await append(page, appends)
      const gaps = await scroll(page, frames)
      const dropped = gaps.filter((gap) => gap > 25)
      say(`append: work p50 ${ms(median(added.map(({ work }) => work)))}; frames dropped ${dropped.length}`)
      const work = added.map((one) => one.work)
      const total = added.map((one) => one.total)
      return [
        {
          what: '10,000 transcript lines: append one',
          goal: '≤ 16 ms',
          measured: `p50 ${ms(median(work))}, p99 ${ms(quantile(work, 0.99))}, most ${ms(most(work))} of ${appends}`,
          met: quantile(work, 0.99) <= 16,
          note: `Render, layout and paint of the frame that shows it, from the frame’s start. With the wait for that frame: p50 ${ms(median(total))}, p99 ${ms(quantile(total, 0.99))}.`,
        },
        {
          what: '10,000 transcript lines: frames dropped while scrolling',
          goal: '0',
          measured: `${dropped.length} of ${gaps.length}; frame p50 ${ms(median(gaps))}, p99 ${ms(quantile(gaps, 0.99))}`,
          met: dropped.length === 0,
          note: 'Several screens a second, up and down; dropped means more than 25 ms after the frame before.',
        },
      ]
    } finally {
      await browser.close()
      await server.close()
    }
  },
}

/** The first frame callback is ours, so the time from it on is the work of the frame. */
function append(page: Page, count: number): Promise<Array<{ work: number; total: number }>> {
  return page.evaluate(async (wanted) => {
    const { galleryBench: bench } = globalThis as { galleryBench?: { append(n: number): Promise<number> } }
    if (!bench) throw new Error('the page has no handle for measuring')
    const rows = []
    for (let i = 0; i < wanted; i++) {
      // Anywhere within a frame, as events come.
      await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 17))
      let frameAt = 0
      const startedAt = performance.now()
      requestAnimationFrame(() => {
        frameAt = performance.now()
      })
      await bench.append(1)
      const now = performance.now()
      rows.push({ work: now - frameAt, total: now - startedAt })
    }
    return rows
  }, count)
}

function scroll(page: Page, count: number): Promise<number[]> {
  return page.evaluate(async (wanted) => {
    const box = document.querySelector('.transcript-scroll')
    if (!box) throw new Error('there is no transcript')
    const gaps: number[] = []
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
    let before = await frame()
    for (let i = 0; i < wanted; i++) {
      box.scrollTop += i < wanted / 2 ? -120 : 120
      const now = await frame()
      gaps.push(now - before)
      before = now
    }
    return gaps
  }, count)
}
