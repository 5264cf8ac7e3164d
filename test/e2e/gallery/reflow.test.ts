// Enlarged to 200 % and 400 %, with wider spacing, with the system's own colours, without motion: nothing is lost.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  chromiumPath,
  eachState,
  type Gallery,
  type GalleryBrowser,
  startGallery,
} from '../../support/gallery.ts'

/** What sticks out of the window sideways, and words cut off by their own box. */
function lookForLosses(): string[] {
  const scrolls = (overflow: string) => overflow === 'auto' || overflow === 'scroll'
  const cuts = (overflow: string) => overflow === 'hidden' || overflow === 'clip'
  const tooWide = (one: Element) => one.scrollWidth > one.clientWidth + 1
  const root = document.documentElement
  const lost = tooWide(root) ? [`${root.scrollWidth - root.clientWidth} px too wide`] : []
  if (root.scrollHeight > root.clientHeight + 1) lost.push('the window itself scrolls')
  for (const one of document.querySelectorAll<HTMLElement>('body *')) {
    const what = one.checkVisibility() && toLoss(one, getComputedStyle(one))
    if (what)
      lost.push(`${what}: ${one.tagName.toLowerCase()}.${one.className} “${one.textContent?.slice(0, 40)}”`)
  }
  return [...new Set(lost)]

  function toLoss(one: HTMLElement, style: CSSStyleDeclaration): string | undefined {
    // Hidden on purpose: for screen readers.
    if (one.clientWidth <= 1 || style.clipPath !== 'none' || style.clip !== 'auto') return undefined
    if (scrolls(style.overflowX) && tooWide(one)) return 'scrolls sideways'
    if (one.tagName === 'BUTTON' && tooWide(one) && !cuts(style.overflowX)) return 'words wider than the key'
    // The place of the screens hides what sticks out of it sideways.
    if (one.tagName === 'MAIN' && tooWide(one)) return 'something in it is too wide'
    const words = [...one.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
    )
    if (!words) return undefined
    if (cuts(style.overflowY) && one.scrollHeight > one.clientHeight + 2) return 'cut off below'
    if (cuts(style.overflowX) && style.textOverflow !== 'ellipsis' && tooWide(one)) return 'cut off'
    return undefined
  }
}

/** A moment for each state; where nine programs share two cores, much more. */
const patience = 300_000

describe.skipIf(!chromiumPath)('every state of every screen', { timeout: patience }, () => {
  let browser: GalleryBrowser
  beforeAll(async () => {
    browser = await startGallery()
  })
  afterAll(() => browser?.close())

  async function losses(gallery: Gallery): Promise<string[]> {
    const lost: string[] = []
    await eachState(
      gallery,
      async (id) => {
        for (const one of await gallery.page.evaluate(lookForLosses)) lost.push(`${id}: ${one}`)
      },
      ['light'],
    )
    return lost
  }

  // WCAG 1.4.4 and 1.4.10: a window of 1280 × 1024 enlarged to 200 % and to 400 %.
  it.for([
    ['200 %', 640, 512],
    ['400 %', 320, 256],
  ] as const)('loses nothing and scrolls only downwards at %s', async ([, width, height]) => {
    const gallery = await browser.open({ viewport: { width, height } })
    expect(await losses(gallery)).toEqual([])
    expect(gallery.complaints).toEqual([])
  })

  it('loses nothing with the spacing of WCAG 1.4.12', async () => {
    const gallery = await browser.open({ viewport: { width: 900, height: 760 } })
    await gallery.page.evaluate(() => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
        p { margin-bottom: 2em !important }`)
      document.adoptedStyleSheets.push(sheet)
    })
    expect(await losses(gallery)).toEqual([])
  })

  it('moves nothing but a fade where motion is not wanted', async () => {
    const gallery = await browser.open({ viewport: { width: 900, height: 760 }, reducedMotion: 'reduce' })
    const moving: string[] = []
    await eachState(
      gallery,
      async (id) => {
        const found = await gallery.page.evaluate(() =>
          document.getAnimations().flatMap((one) => {
            const effect = one.effect instanceof KeyframeEffect ? one.effect : undefined
            const moved = (effect?.getKeyframes() ?? []).flatMap((frame) => Object.keys(frame))
            const short = Number(effect?.getComputedTiming().activeDuration ?? 0) < 1
            return short ||
              moved.every((name) =>
                ['offset', 'easing', 'composite', 'computedOffset', 'opacity'].includes(name),
              )
              ? []
              : [`${effect?.target?.className}: ${moved}`]
          }),
        )
        for (const one of found) moving.push(`${id}: ${one}`)
      },
      ['light'],
    )
    expect(moving).toEqual([])
  })

  it('something too wide, cut off or moving would be found', async () => {
    const gallery = await browser.open({ viewport: { width: 320, height: 256 }, reducedMotion: 'reduce' })
    await gallery.show('call-idle')
    expect(await gallery.page.evaluate(lookForLosses)).toEqual([])
    await gallery.page.evaluate(() => {
      const wide = document.createElement('p')
      wide.textContent = 'W'.repeat(80)
      wide.style.overflowWrap = 'normal'
      const cut = document.createElement('p')
      cut.textContent = 'Cut off'
      Object.assign(cut.style, { height: '8px', overflow: 'hidden', lineHeight: '20px' })
      document.querySelector('main > *')?.prepend(wide, cut)
    })
    const found = await gallery.page.evaluate(lookForLosses)
    expect(found.filter((one) => /too wide|cut off/.test(one)).length).toBe(2)
  })
})
