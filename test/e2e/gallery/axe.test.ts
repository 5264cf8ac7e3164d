// Every screen in every state, light and dark, narrow and wide, held to what axe can check of WCAG 2.2 AA.
import type { AxeResults, RunOptions } from 'axe-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GalleryTheme } from '../../../renderer/gallery/handle.ts'
import {
  chromiumPath,
  eachState,
  type Gallery,
  type GalleryBrowser,
  readAxe,
  startGallery,
} from '../../support/gallery.ts'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** Colours differ by theme; all else is the same in both. */
const colours = ['color-contrast', 'link-in-text-block']

/** The checker itself tries what our policy forbids, and does without. */
const ownTrouble = /TrustedScript|inline style/

type Page = { axe: { run(options: RunOptions): Promise<AxeResults> } }

async function check({ page }: Gallery, runOnly: RunOptions['runOnly']): Promise<string[]> {
  const options: RunOptions = { ...(runOnly ? { runOnly } : {}), resultTypes: ['violations'], preload: false }
  const { violations } = await page.evaluate(
    (asked) => (globalThis as unknown as Page).axe.run(asked),
    options,
  )
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}${toColours(node.any[0]?.data)}`),
  )
}

const toColours = (
  data: { contrastRatio?: number; fgColor?: string; bgColor?: string } | null | undefined,
) => (data?.contrastRatio === undefined ? '' : ` (${data.fgColor} on ${data.bgColor}: ${data.contrastRatio})`)

describe.skipIf(!chromiumPath)('every state of every screen', () => {
  let browser: GalleryBrowser
  let axe: string
  beforeAll(async () => {
    axe = await readAxe()
    browser = await startGallery()
  })
  afterAll(() => browser?.close())

  async function open(width: number) {
    const gallery = await browser.open({ viewport: { width, height: 800 }, reducedMotion: 'reduce' })
    await gallery.run(axe)
    return gallery
  }

  const all = { type: 'tag' as const, values: tags }
  const onlyColours = { type: 'rule' as const, values: colours }
  const rounds: [width: number, theme: GalleryTheme, rules: RunOptions['runOnly']][] = [
    [400, 'light', all],
    [900, 'dark', all],
    [400, 'dark', onlyColours],
    [900, 'light', onlyColours],
  ]
  /** A tenth of a second for each state; where nine programs share two cores, much more. */
  const patience = 300_000
  // Each in a page of its own: two cores halve the time.
  it.concurrent.for(rounds)(
    '%i px wide and %s there is nothing that axe finds',
    { timeout: patience },
    async ([width, theme, rules]) => {
      const gallery = await open(width)
      const found: string[] = []
      expect(gallery.ids.length).toBeGreaterThan(100)
      await eachState(
        gallery,
        async (id) => {
          for (const fault of await check(gallery, rules)) found.push(`${id}: ${fault}`)
        },
        [theme],
      )
      expect(found).toEqual([])
      expect(gallery.complaints.filter((text) => !ownTrouble.test(text))).toEqual([])
    },
  )

  it('a button without a name and pale words would be found', async () => {
    const gallery = await open(900)
    await gallery.show('call-idle')
    expect(await check(gallery, all)).toEqual([])
    await gallery.page.evaluate(() => {
      const button = document.createElement('button')
      const words = document.createElement('p')
      words.textContent = 'Hardly to be read'
      words.style.color = 'rgb(200, 200, 200)'
      document.querySelector('main')?.prepend(button, words)
    })
    const found = await check(gallery, all)
    expect(found.some((fault) => fault.startsWith('button-name'))).toBe(true)
    expect(found.some((fault) => fault.startsWith('color-contrast'))).toBe(true)
  })
})
