// The place of the browser's window, over a browser that only answers.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createScope } from '../../../common/kit/scope.ts'
import type { Cdp } from '../../../main/shells/chromium/cdp-pipe.ts'
import { bringToScreen, keepPlace } from '../../../main/shells/chromium/keep-place.ts'
import { readWindowPlace, writeWindowPlace } from '../../../main/shells/window-place.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'place-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

function aBrowser(bounds: object, screen: unknown = [0, 0, 1920, 1080]) {
  const set: unknown[] = []
  const cdp = {
    async send(method: string, params: { bounds?: unknown }) {
      if (method === 'Browser.setWindowBounds') set.push(params.bounds)
      return { windowId: 1, bounds }
    },
  } as unknown as Cdp
  let resized = () => {}
  const page = {
    targetId: 't',
    evaluate: async () => screen,
    onResized: (listener: () => void) => {
      resized = listener
    },
  }
  return { cdp, page, set, resize: () => resized() }
}

describe('the place of the browser’s window', () => {
  it('is kept when the window closes', async () => {
    const scope = createScope('window')
    const { cdp, page } = aBrowser({ left: 30, top: 40, width: 900, height: 700, windowState: 'normal' })
    keepPlace(scope, cdp, page, dir)
    await scope.end()
    expect(readWindowPlace(dir)).toEqual({ x: 30, y: 40, width: 900, height: 700 })
  })

  it('of a maximised one is where it goes back to', async () => {
    writeWindowPlace(dir, { x: 30, y: 40, width: 900, height: 700 })
    const scope = createScope('window')
    const { cdp, page } = aBrowser({ left: 0, top: 0, width: 1920, height: 1080, windowState: 'maximized' })
    keepPlace(scope, cdp, page, dir)
    await scope.end()
    expect(readWindowPlace(dir)).toEqual({ x: 30, y: 40, width: 900, height: 700, maximized: true })
  })

  it('on a screen that is gone becomes the middle of one that is there', async () => {
    const { cdp, page, set } = aBrowser({})
    await bringToScreen(cdp, page, { x: 4000, y: 100, width: 1000, height: 800 })
    expect(set).toEqual([{ left: 460, top: 140, width: 1000, height: 800 }])
  })

  it('on a screen that is there stays, maximised again if it was', async () => {
    const { cdp, page, set } = aBrowser({})
    await bringToScreen(cdp, page, { x: 100, y: 100, width: 1000, height: 800 })
    expect(set).toEqual([])
    await bringToScreen(cdp, page, { x: 100, y: 100, width: 1000, height: 800, maximized: true })
    expect(set).toEqual([{ windowState: 'maximized' }])
  })

  it('stays where the browser put it when the page does not tell its screen', async () => {
    const { cdp, page, set } = aBrowser({}, null)
    await bringToScreen(cdp, page, { x: 4000, y: 100, width: 1000, height: 800 })
    expect(set).toEqual([])
  })
})
