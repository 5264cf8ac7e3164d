// Everything by keyboard, on every main screen: what can be pressed is reached, in a sensible order, and its focus is seen.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectedStops, type Stop, walk } from '../../support/focus-walk.ts'
import { chromiumPath, type Gallery, type GalleryBrowser, startGallery } from '../../support/gallery.ts'

/** One or two of each screen, with everything on them that can be pressed. */
const walked = [
  'quickstart-first',
  'quickstart-signin',
  'quickstart-custom',
  'quickstart-running',
  'quickstart-failed',
  'quickstart-untrusted',
  'call-idle',
  'call-ringing',
  'call-live',
  'call-keypad',
  'call-second',
  'call-notices',
  'call-expired',
  'history-list',
  'history-call',
  'history-long',
  'trace-detail',
  'trace-ringing',
  'settings-practice',
  'settings-hooks',
  'settings-keys',
  'settings-servers',
]

/** Some sixty presses a state; where nine programs share two cores they take long. */
const patience = 120_000

describe.skipIf(!chromiumPath)('the keyboard', { timeout: patience }, () => {
  let browser: GalleryBrowser
  const galleries: { wide?: Gallery; narrow?: Gallery } = {}
  beforeAll(async () => {
    browser = await startGallery()
    galleries.wide = await browser.open({ viewport: { width: 1_100, height: 760 } })
    galleries.narrow = await browser.open({ viewport: { width: 400, height: 700 } })
  })
  afterAll(() => browser?.close())

  async function open(width: 'wide' | 'narrow', id: string, theme: 'light' | 'dark' = 'light') {
    const gallery = galleries[width]
    if (!gallery) throw new Error('no page')
    expect(gallery.ids).toContain(id)
    await gallery.show(id, theme)
    return gallery
  }

  it.for(walked)('reaches all of %s, there and back, and shows where it is', async (id) => {
    for (const [width, theme] of [
      ['wide', 'light'],
      ['narrow', 'dark'],
    ] as const) {
      const { page } = await open(width, id, theme)
      const expected = await expectedStops(page)
      const there = await walk(page)
      expect(there.map(({ name }) => name)).toEqual(expected)
      const back = await walk(page, 'Shift+Tab')
      expect(back.map(({ name }) => name).toReversed()).toEqual(expected)
      expect(
        there.filter(({ inSight }) => !inSight).map(({ name }) => name),
        `hidden, ${width}`,
      ).toEqual([])
      expect(
        there.filter(({ ring }) => ring < 3).map(({ name, ring }) => `${name}: ${ring}`),
        `unseen focus, ${theme}`,
      ).toEqual([])
      expect(backwards(there), `order, ${width}`).toEqual([])
    }
  })

  it.for([
    ['Control+K', 'call-live', 'Mute'],
    ['Control+/', 'trace-detail', 'Clear'],
  ] as const)(
    '%s opens a dialog that keeps the keyboard, and gives it back where it was',
    async ([keys, id, from]) => {
      const { page, complaints } = await open('wide', id)
      await page.getByRole('button', { name: from, exact: true }).focus()
      await page.keyboard.press(keys)
      const dialog = page.getByRole('dialog')
      await dialog.waitFor()
      for (let i = 0; i < 6; i++) {
        // After its last stop the browser's own bar has the keyboard, and the page nothing.
        const kept = (one: Element) =>
          one.contains(document.activeElement) || document.activeElement === document.body
        expect(await dialog.evaluate(kept)).toBe(true)
        await page.keyboard.press(i % 2 === 0 ? 'Tab' : 'Shift+Tab')
      }
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      await expect
        .poll(() =>
          page.evaluate(
            () =>
              document.activeElement?.getAttribute('aria-label') ??
              document.activeElement?.textContent?.trim(),
          ),
        )
        .toBe(from)
      expect(complaints).toEqual([])
    },
  )

  it('the arrows go through the trace, and Escape does not lose the place', async () => {
    const { page } = await open('wide', 'trace-full')
    await page.getByRole('listbox', { name: 'Trace' }).focus()
    const active = () =>
      page.evaluate(() => {
        const id = document.activeElement?.getAttribute('aria-activedescendant')
        const row = id ? document.getElementById(id) : null
        return row?.getAttribute('aria-selected') === 'true' ? Number(id?.replace(/\D+/g, '')) : undefined
      })
    await page.keyboard.press('End')
    const last = await active()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    expect(await active()).toBe((last ?? Number.NaN) - 2)
    await page.keyboard.press('Home')
    await expect.poll(active).toBeLessThan((last ?? 0) - 100)
  })

  it('a key without a ring would be found', async () => {
    const { page } = await open('wide', 'call-idle')
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync('button:focus-visible { outline: 1px solid #eee !important }')
      document.adoptedStyleSheets.push(sheet)
    })
    await expectedStops(page)
    const stops = await walk(page)
    await page.evaluate(() => void document.adoptedStyleSheets.pop())
    expect(stops.filter(({ ring }) => ring < 3).length).toBeGreaterThan(3)
  })
})

/** Steps that go back to the left on one line, or up without going to another column: nobody reads so. */
function backwards(stops: readonly Stop[]): string[] {
  return stops.flatMap((stop, index) => {
    const before = stops[index - 1]
    if (!before) return []
    const sameLine = Math.abs(stop.box.y + stop.box.height / 2 - before.box.y - before.box.height / 2) < 6
    return sameLine && stop.box.x + stop.box.width <= before.box.x ? [`${before.name} → ${stop.name}`] : []
  })
}
