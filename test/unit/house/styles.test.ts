// One type scale, one accent, and styles that work in both directions of writing: what the style sheets may not say.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const renderer = path.resolve(import.meta.dirname, '../../../renderer')
const filesOf = (ending: string) =>
  readdirSync(renderer, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => ({ name, text: readFileSync(path.join(renderer, name), 'utf8') }))

/** `size={{ initial: '1', sm: '2' }}`: what the library calls a responsive value; the build leaves its styles out. */
const byWidth = /=\{\{[^}]*\b(initial|xs|sm|md|lg|xl)\s*:/
/** A colour of one's own: figures, functions of colours, names. */
const colour =
  /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|color)a?\(|:[^;]*\b(?:white|black|red|green|blue|gray|orange)\b(?!-)/i
const faults: readonly [what: string, pattern: RegExp, example: string][] = [
  ['a colour that is no token', colour, 'color: #fff'],
  ['a size of type that is no token', /font(?:-size)?: (?!var\(--text-|inherit)/, 'font-size: 13px'],
  [
    'a weight that is no token',
    /font-weight: (?!var\(--(?:medium|strong)\)|normal|inherit)/,
    'font-weight: 550',
  ],
  [
    'left or right instead of start or end',
    /^(?:(?:margin|padding|border)-(?:left|right)|left|right)\b|text-align:\s*(?:left|right)|float:/,
    'margin-left: 4px',
  ],
]
const looksOf = (sheet: string) =>
  sheet
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    // What is for one direction only may name its side.
    .replaceAll(/\[dir="(?:rtl|ltr)"\][^{]*\{[^}]*\}/g, '')
    .split(/[{};]/)
    .map((line) => line.trim())
    .filter((line) => /^[a-z-]+:\s/.test(line))

describe('the style sheets', () => {
  const sheets = filesOf('.css').filter(({ name }) => !name.endsWith('tokens.css'))

  it.for(faults)('have nowhere %s', ([, pattern, example]) => {
    expect(looksOf(`a { ${example}; }`).some((line) => pattern.test(line))).toBe(true)
    const guilty = sheets.flatMap(({ name, text }) =>
      looksOf(text)
        .filter((line) => pattern.test(line) && !line.includes('color-mix('))
        .map((line) => `${name}: ${line}`),
    )
    expect(guilty).toEqual([])
  })

  it('say in their first line what they are, and are short enough to be read', () => {
    expect(sheets.length).toBeGreaterThan(15)
    for (const { name, text } of sheets) {
      expect(text, name).toMatch(/^\/\* .+\*\/\n/)
      expect(text.split('\n').length, name).toBeLessThanOrEqual(250)
    }
  })
})

describe('the classes', () => {
  const strings = [...filesOf('.tsx'), ...filesOf('.html')].flatMap(({ text }) =>
    [...text.matchAll(/"[^"\n]*"|'[^'\n]*'|`[^`\n]*`/g)].map(([string]) => string.slice(1, -1)),
  )
  const words = new Set(strings.flatMap((string) => string.split(/\s+/)))
  /** As a whole word of a string, or made of two: `tone-${tone}`. */
  const isUsed = (name: string) =>
    words.has(name) || [...words].some((word) => word.includes('${') && toStart(word) === toStart(name, '-'))
  const toStart = (word: string, end = '${') =>
    word.includes(end) ? word.slice(0, word.lastIndexOf(end)).replace(/-$/, '') : undefined

  it('of the style sheets are all used by a component', () => {
    expect(isUsed('frame')).toBe(true)
    expect(isUsed('tone-good')).toBe(true)
    expect(isUsed('nobody-has-this')).toBe(false)
    const classes = new Set(
      filesOf('.css').flatMap(({ text }) =>
        [...text.matchAll(/\.([a-z][\w-]*)(?=[^{}]*\{)/g)].map(([, name = '']) => name),
      ),
    )
    const theirs = /^(?:rt-|radix-|light|dark)/
    expect(classes.size).toBeGreaterThan(100)
    expect([...classes].filter((name) => !theirs.test(name) && !isUsed(name))).toEqual([])
  })
})

describe('the components', () => {
  const components = filesOf('.tsx')

  it('give no value by the width of the window', () => {
    expect(byWidth.test(`<Button size={{ initial: '1', sm: '2' }} />`)).toBe(true)
    expect(byWidth.test(`<Button style={{ width: 1 }} />`)).toBe(false)
    expect(components.length).toBeGreaterThan(20)
    expect(components.filter(({ text }) => byWidth.test(text)).map(({ name }) => name)).toEqual([])
  })

  it('have no colour but the accent, grey, and red, amber and green where they mean something', () => {
    const told = components.flatMap(({ name, text }) =>
      [...text.matchAll(/\b(?:accentColor|color)=(?:"|\{')(\w+)/g)].map(([, used = '']) => ({ name, used })),
    )
    expect(told.length).toBeGreaterThan(20)
    const allowed = ['gray', 'red', 'amber', 'green', 'indigo']
    expect(told.filter(({ used }) => !allowed.includes(used))).toEqual([])
  })

  it('leave colours and type to the style sheets', () => {
    const own = /style=\{\{[^}]*\b(?:color|background|font\w*)\s*:/
    expect(own.test("<p style={{ color: 'red' }} />")).toBe(true)
    expect(components.filter(({ text }) => own.test(text)).map(({ name }) => name)).toEqual([])
  })
})
