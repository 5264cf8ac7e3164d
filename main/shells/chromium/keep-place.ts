// The place of the browser's window: brought back onto a screen that is there, and kept for the next start.
import type { Scope } from '../../../common/kit/scope.ts'
import {
  type Area,
  fitToScreens,
  readWindowPlace,
  type WindowPlace,
  writeWindowPlace,
} from '../window-place.ts'
import type { Cdp } from './cdp-pipe.ts'

interface PlacePage {
  targetId: string
  onResized(listener: () => void): void
  evaluate(expression: string): Promise<unknown>
}

interface CdpBounds {
  left?: number
  top?: number
  width?: number
  height?: number
  windowState?: string
}

/** A move is not reported, a resize is. */
const lookEveryMs = 5_000
const afterResizeMs = 500

export function keepPlace(scope: Scope, cdp: Cdp, page: PlacePage, dataDir: string): void {
  let cancel = () => {}
  let kept = ''
  const read = async () => {
    const { bounds } = await cdp.send('Browser.getWindowForTarget', { targetId: page.targetId })
    const place = toPlace(bounds as CdpBounds, readWindowPlace(dataDir))
    const text = JSON.stringify(place)
    if (!place || text === kept) return
    kept = text
    writeWindowPlace(dataDir, place)
  }
  const quietly = () => void read().catch(() => {})
  page.onResized(() => {
    cancel()
    cancel = scope.after(afterResizeMs, quietly)
  })
  scope.every(lookEveryMs, quietly)
  scope.add(() => read().catch(() => {}))
}

/** Of a maximised window the place that it goes back to stays. */
function toPlace(
  { left, top, width, height, windowState }: CdpBounds,
  before: WindowPlace,
): WindowPlace | undefined {
  if (windowState === 'maximized') return { ...before, maximized: true }
  if (windowState !== 'normal' || width === undefined || height === undefined) return undefined
  return { width, height, x: left, y: top }
}

/** The browser goes where it is told, also where no screen is any more. Its page knows the nearest one. */
export async function bringToScreen(cdp: Cdp, page: PlacePage, place: WindowPlace): Promise<void> {
  const { windowId } = await cdp.send('Browser.getWindowForTarget', { targetId: page.targetId })
  const set = (bounds: CdpBounds) => cdp.send('Browser.setWindowBounds', { windowId, bounds })
  if (place.x !== undefined) {
    const area = toArea(
      await page.evaluate('[screen.availLeft, screen.availTop, screen.availWidth, screen.availHeight]'),
    )
    const fits = area && fitToScreens(place, [area])
    if (fits && fits.x === undefined) {
      await set({
        left: area.x + Math.round((area.width - fits.width) / 2),
        top: area.y + Math.round((area.height - fits.height) / 2),
        width: fits.width,
        height: fits.height,
      })
    }
  }
  if (place.maximized) await set({ windowState: 'maximized' })
}

function toArea(value: unknown): Area | undefined {
  if (!Array.isArray(value) || value.length !== 4 || !value.every(Number.isFinite)) return undefined
  const [x, y, width, height] = value as [number, number, number, number]
  return { x, y, width, height }
}
