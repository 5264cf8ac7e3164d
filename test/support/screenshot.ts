// Shoots every gallery state, light and dark, at three widths; fails when the page complains (console, CSP, overflow).
// node test/support/screenshot.ts <folder> [part of a state's name] [width] [language]
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from '@playwright/test'
import { startPageServer } from './page-server.ts'

const [folder, part = '', onlyWidth, language = 'en'] = process.argv.slice(2)
if (!folder) {
  console.error('usage: screenshot.ts <folder> [part of a state name] [width]')
  process.exit(2)
}
mkdirSync(folder, { recursive: true })

const sizes = [
  { width: 400, height: 800 },
  { width: 900, height: 760 },
  { width: 1400, height: 900 },
].filter(({ width }) => onlyWidth === undefined || String(width) === onlyWidth || onlyWidth === 'all')

const server = await startPageServer(
  process.env.GALLERY_DIST ?? fileURLToPath(new URL('../../dist/renderer', import.meta.url)),
)
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
const complaints: string[] = []

async function shoot(page: Page, state: string, theme: string, width: number): Promise<void> {
  await page.goto(`${server.url}/gallery.html?state=${state}&theme=${theme}&lang=${language}`)
  await page.waitForSelector('.view')
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  await page.waitForTimeout(80)
  const overflow = await page.evaluate(() => {
    const view = document.querySelector('.view')
    return Math.max(
      document.documentElement.scrollWidth - innerWidth,
      view ? view.scrollWidth - view.clientWidth : 0,
    )
  })
  if (overflow > 0) complaints.push(`${state} ${theme} ${width}: ${overflow} px too wide`)
  await page.screenshot({ path: join(folder ?? '.', `${state}.${theme}.${width}.png`) })
}

try {
  const page = await browser.newPage()
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
  await page.goto(`${server.url}/gallery.html`)
  await page.locator('[data-state]').first().waitFor()
  const found = await page
    .locator('[data-state]')
    .evaluateAll((all) => all.map((one) => one.dataset.state ?? ''))
  const states = found.filter((state) => state.includes(part))
  for (const { width, height } of sizes) {
    await page.setViewportSize({ width, height })
    for (const state of states) {
      for (const theme of ['light', 'dark']) await shoot(page, state, theme, width)
    }
  }
  console.log(`${states.length} states, ${complaints.length} complaints`)
  for (const complaint of complaints) console.log(complaint)
} finally {
  await browser.close()
  await server.close()
}
process.exitCode = complaints.length > 0 ? 1 : 0
