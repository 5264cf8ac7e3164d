// The build leaves out the component library's styles for widths of the window: no screen may ask for them.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const renderer = path.resolve(import.meta.dirname, '../../../renderer')
/** `size={{ initial: '1', sm: '2' }}`: what the library calls a responsive value. */
const byWidth = /=\{\{[^}]*\b(initial|xs|sm|md|lg|xl)\s*:/

it('no component is given a value by the width of the window', () => {
  const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.tsx'),
  )
  expect(files.length).toBeGreaterThan(20)
  const guilty = files.filter((name) => byWidth.test(readFileSync(path.join(renderer, name), 'utf8')))
  expect(guilty).toEqual([])
})

it('a value by width would be seen', () => {
  expect(byWidth.test(`<Button size={{ initial: '1', sm: '2' }} />`)).toBe(true)
  expect(byWidth.test(`<Button style={{ width: 1 }} />`)).toBe(false)
})
