// Shoots the main screens for the documents, light and dark, from the gallery's fixed data and time.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Gallery, startGallery } from './gallery.ts'

/** Picture → the gallery state that it shows. */
const pictures = {
  quickstart: 'quickstart-first',
  proven: 'quickstart-passed',
  ringing: 'call-ringing',
  call: 'call-live',
  history: 'history-call',
  trace: 'trace-detail',
  settings: 'settings-practice',
} as const

const folder = path.resolve(import.meta.dirname, '../../docs/pictures')
const size = { width: 1360, height: 850 }
/** Sharp on dense screens, and still small. */
const density = 1.5
const quality = 80

/** Returns how many bytes all pictures have, and which of them are new. */
export async function shootPictures(): Promise<{ bytes: number; changed: string[] }> {
  mkdirSync(folder, { recursive: true })
  const browser = await startGallery()
  const changed: string[] = []
  let bytes = 0
  try {
    const gallery = await browser.open({
      viewport: size,
      deviceScaleFactor: density,
      reducedMotion: 'reduce',
    })
    for (const [name, state] of Object.entries(pictures)) {
      for (const theme of ['light', 'dark'] as const) {
        await gallery.show(state, theme)
        const file = path.join(folder, `${name}-${theme}.webp`)
        const shot = await shoot(gallery)
        if (!existsSync(file) || !(await looksSame(gallery, readFileSync(file, 'base64'), shot))) {
          writeFileSync(file, Buffer.from(shot, 'base64'))
          changed.push(path.basename(file))
        }
        bytes += statSync(file).size
      }
    }
  } finally {
    await browser.close()
  }
  return { bytes, changed }
}

/** When two pictures in a row look the same: levels and scroll positions have come to rest. */
async function shoot(gallery: Gallery): Promise<string> {
  const capture = async () =>
    (await gallery.cdp.send('Page.captureScreenshot', { format: 'webp', quality })).data
  let last = await capture()
  for (let tries = 0; tries < 30; tries++) {
    await gallery.page.waitForTimeout(150)
    const next = await capture()
    if (await looksSame(gallery, last, next)) return next
    last = next
  }
  throw new Error('the screen does not come to rest')
}

/** The encoder does not write the same bytes each time; no eye sees what differs. Both as base64. */
function looksSame({ page }: Gallery, one: string, other: string): Promise<boolean> {
  return page.evaluate(
    async ([a, b]) => {
      const toPixels = async (base64: string) => {
        const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
        const image = await createImageBitmap(new Blob([bytes], { type: 'image/webp' }))
        const paint = new OffscreenCanvas(image.width, image.height).getContext('2d')
        paint?.drawImage(image, 0, 0)
        return paint?.getImageData(0, 0, image.width, image.height).data ?? new Uint8ClampedArray()
      }
      const [before, after] = [await toPixels(a), await toPixels(b)]
      if (before.length !== after.length) return false
      let differs = 0
      for (let i = 0; i < before.length; i++) if (Math.abs((before[i] ?? 0) - (after[i] ?? 0)) > 48) differs++
      return differs < before.length / 5_000
    },
    [one, other] as const,
  )
}
