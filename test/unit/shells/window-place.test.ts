// Where the window opens.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  defaultPlace,
  fitToScreens,
  readWindowPlace,
  writeWindowPlace,
} from '../../../main/shells/window-place.ts'

const left = { x: 0, y: 0, width: 1920, height: 1080 }
const right = { x: 1920, y: 0, width: 1280, height: 1024 }

describe('a kept window place', () => {
  let dir = ''
  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'place-'))
  })
  afterEach(() => rmSync(dir, { recursive: true }))

  it('is read as it was written', () => {
    const place = { width: 900, height: 700, x: 5, y: 6, maximized: true }
    writeWindowPlace(dir, place)
    expect(readWindowPlace(dir)).toEqual(place)
  })

  it.each(['', 'not json', '{}', '{"width":3,"height":3}', '{"width":"900","height":700}'])(
    'is the default one when the file says %j',
    (text) => {
      writeFileSync(path.join(dir, 'window.json'), text)
      expect(readWindowPlace(dir)).toEqual(defaultPlace)
    },
  )

  it('is not written when it makes no sense, and a missing folder is no failure', () => {
    writeWindowPlace(dir, { width: 1, height: 1 })
    writeWindowPlace(path.join(dir, 'missing'), defaultPlace)
    expect(readWindowPlace(dir)).toEqual(defaultPlace)
  })
})

describe('fitting a place to the screens', () => {
  it('keeps a place that can be seen, on any screen', () => {
    for (const place of [
      { width: 800, height: 600, x: 100, y: 100 },
      { width: 800, height: 600, x: 2000, y: 50 },
    ]) {
      expect(fitToScreens(place, [left, right])).toEqual(place)
    }
  })

  it('drops the position when that screen is gone', () => {
    expect(fitToScreens({ width: 800, height: 600, x: 2500, y: 50 }, [left])).toEqual({
      width: 800,
      height: 600,
    })
  })

  it('drops the position when the title bar cannot be reached', () => {
    expect(fitToScreens({ width: 800, height: 600, x: 10, y: -300 }, [left])).toEqual({
      width: 800,
      height: 600,
    })
    expect(fitToScreens({ width: 800, height: 600, x: -760, y: 10 }, [left])).toEqual({
      width: 800,
      height: 600,
    })
  })

  it('makes a window that was larger than today’s screen fit', () => {
    expect(fitToScreens({ width: 4000, height: 3000 }, [left])).toEqual({ width: 1920, height: 1080 })
  })
})
