// Where the window was: kept in `window.json`, checked before use so that it never opens off screen.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

export interface WindowPlace {
  width: number
  height: number
  x?: number | undefined
  y?: number | undefined
  maximized?: boolean | undefined
}

export interface Area {
  x: number
  y: number
  width: number
  height: number
}

export const defaultPlace: WindowPlace = { width: 1100, height: 760 }
export const smallestPlace = { width: 400, height: 480 }

const Stored = z.object({
  width: z.number().int().min(smallestPlace.width).max(20_000),
  height: z.number().int().min(smallestPlace.height).max(20_000),
  x: z.number().int().optional(),
  y: z.number().int().optional(),
  maximized: z.boolean().optional(),
})

const fileOf = (dataDir: string) => path.join(dataDir, 'window.json')

/** The stored place; the default one when there is none or when it makes no sense. */
export function readWindowPlace(dataDir: string): WindowPlace {
  try {
    return Stored.parse(JSON.parse(readFileSync(fileOf(dataDir), 'utf8')))
  } catch {
    return defaultPlace
  }
}

/** Losing a place is harmless, so failures are too. */
export function writeWindowPlace(dataDir: string, place: WindowPlace): void {
  const parsed = Stored.safeParse(place)
  if (!parsed.success) return
  try {
    writeFileSync(fileOf(dataDir), JSON.stringify(parsed.data))
  } catch {
    // Full disk or read-only profile.
  }
}

/** The place on one of the screens of today: without a position when too little of the title bar would be seen. */
export function fitToScreens(place: WindowPlace, screens: readonly Area[]): WindowPlace {
  const { x, y } = place
  const screen =
    x === undefined || y === undefined
      ? undefined
      : screens.find((area) => showsTitle(area, x, y, place.width))
  const largest = screen ?? screens[0]
  if (!largest) return place
  const width = Math.min(place.width, largest.width)
  const height = Math.min(place.height, largest.height)
  const size = { width, height, ...(place.maximized ? { maximized: true } : {}) }
  return screen ? { ...size, x, y } : size
}

/** At least 100 pixels of the title bar's width, and the bar itself, lie inside the area. */
function showsTitle(area: Area, x: number, y: number, width: number): boolean {
  const seen = Math.min(x + width, area.x + area.width) - Math.max(x, area.x)
  return seen >= 100 && y >= area.y - 10 && y <= area.y + area.height - 40
}
