// Walks a page with the Tab key, and tells of every stop what it is, where it stands and whether its focus can be seen.
import type { Page } from '@playwright/test'

export interface Stop {
  /** Role or tag with its name, and its number among equals. */
  name: string
  box: { x: number; y: number; width: number; height: number }
  /** At least one point of it is in the window and not under something else. */
  inSight: boolean
  /** Best contrast of its ring with the ground around it; 0 where there is no ring of 2 px. */
  ring: number
}

/** Every stop of one round, from the first to the last; ends where the round begins again. */
export async function walk(page: Page, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<Stop[]> {
  await page.evaluate(toStart, key === 'Tab')
  const stops: Stop[] = []
  const most = 150
  while (stops.length < most) {
    await page.keyboard.press(key)
    const stop = await page.evaluate(lookAtFocus)
    if (!stop) return stops
    stops.push(stop)
  }
  throw new Error(`more than ${most} stops: a round without end? ${stops.slice(-4).map(({ name }) => name)}`)
}

/** What can be reached with Tab as the page says it: in the order of the document. */
export const expectedStops = (page: Page): Promise<string[]> => page.evaluate(listStops)

/** The walk begins at the first element, or at the last one backwards. */
function toStart(forwards: boolean): void {
  for (const one of document.querySelectorAll('[data-walked]')) one.removeAttribute('data-walked')
  const { body } = document
  const edge = document.createElement('span')
  edge.tabIndex = -1
  if (forwards) body.prepend(edge)
  else body.append(edge)
  edge.focus()
  edge.remove()
}

function listStops(): string[] {
  const asked = 'a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]'
  const seen = new Map<string, number>()
  return [...document.querySelectorAll<HTMLElement>(asked)]
    .filter(
      (one) =>
        one.tabIndex >= 0 && !one.matches(':disabled') && one.checkVisibility({ visibilityProperty: true }),
    )
    .filter(
      (one) =>
        !(one instanceof HTMLInputElement && one.type === 'hidden') &&
        !one.closest('[inert], [aria-hidden="true"]'),
    )
    .map((one) => {
      const name = `${one.getAttribute('role') ?? one.tagName.toLowerCase()} ${(one.getAttribute('aria-label') ?? one.textContent ?? '').trim().slice(0, 40)}`
      seen.set(name, (seen.get(name) ?? 0) + 1)
      const stop = `${name} #${seen.get(name)}`
      one.dataset.stop = stop
      // Where it stands before anything is scrolled.
      one.dataset.box = JSON.stringify(one.getBoundingClientRect())
      // One stop for all of a group: the chosen one takes the focus.
      if (one.matches('[role="radiogroup"]'))
        for (const radio of one.querySelectorAll<HTMLElement>('[role="radio"]'))
          Object.assign(radio.dataset, { stop, box: one.dataset.box })
      return stop
    })
}

function lookAtFocus(): Stop | undefined {
  const element = document.activeElement
  if (!(element instanceof HTMLElement) || element === document.body || element.dataset.walked)
    return undefined
  element.dataset.walked = 'yes'
  const { x, y, width, height } = element.getBoundingClientRect()
  const points = [0.15, 0.5, 0.85].flatMap((across) =>
    [0.2, 0.5, 0.8].map((down) => [x + width * across, y + height * down] as const),
  )
  const inSight = points.some(([px, py]) => {
    const top = document.elementFromPoint(px, py)
    return (
      top !== null &&
      (element.contains(top) || (top.contains(element) && top.closest('label, .rt-TextFieldRoot') !== null))
    )
  })
  return {
    name: element.dataset.stop ?? `not listed: ${element.outerHTML.slice(0, 80)}`,
    box: JSON.parse(element.dataset.box ?? '{}') as Stop['box'],
    inSight,
    ring: Math.max(0, ...ringColours(element).map((ring) => contrast(ring, groundOf(element.parentElement)))),
  }

  /** Outlines and rings of shadow: its own, of its pseudo elements, and of the frame of a field around it. */
  function ringColours(one: HTMLElement): number[][] {
    const around = one.closest('.rt-TextFieldRoot, .rt-TextAreaRoot')
    const styles = [
      getComputedStyle(one),
      getComputedStyle(one, '::before'),
      getComputedStyle(one, '::after'),
    ]
    if (around) styles.push(getComputedStyle(around))
    return styles.flatMap((style) => {
      const outline =
        style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2
          ? [style.outlineColor]
          : []
      const shadows = style.boxShadow.match(/(?:rgba?|color)\([^)]*\)(?= 0px 0px 0px [2-9])/g) ?? []
      return [...outline, ...shadows].map(toRgba).filter(([, , , a = 1]) => a > 0.5)
    })
  }

  function groundOf(from: Element | null): number[] {
    const layers: number[][] = []
    for (let one = from; one; one = one.parentElement)
      layers.push(toRgba(getComputedStyle(one).backgroundColor))
    return layers.reduceRight(
      (under, [r = 0, g = 0, b = 0, a = 1]) => {
        const mix = (upper: number, lower = 255) => upper * a + lower * (1 - a)
        return [mix(r, under[0]), mix(g, under[1]), mix(b, under[2])]
      },
      [255, 255, 255],
    )
  }

  /** Any colour of CSS as red, green, blue (0…255) and alpha (0…1): the browser paints it for us. */
  function toRgba(colour: string): number[] {
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = 1
    const paint = canvas.getContext('2d')
    if (!paint) return [0, 0, 0, 0]
    paint.fillStyle = colour
    paint.fillRect(0, 0, 1, 1)
    const [r = 0, g = 0, b = 0, a = 0] = paint.getImageData(0, 0, 1, 1).data
    return [r, g, b, a / 255]
  }

  function contrast(one: number[], other: number[]): number {
    const [high = 0, low = 0] = [light(one), light(other)].sort((a, b) => b - a)
    return (high + 0.05) / (low + 0.05)
  }

  /** Relative luminance, WCAG 2.2. */
  function light([r = 0, g = 0, b = 0]: number[]): number {
    const part = (value: number) =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
  }
}
