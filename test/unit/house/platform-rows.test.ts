// Every difference and every symptom of the platform that is documented has a test, and the test is there.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { errorTable } from '../../../common/kit/errors.ts'
import { readNamedTests } from '../../support/named-tests.ts'

const top = path.resolve(import.meta.dirname, '../../..')
const read = (file: string) => readFileSync(path.join(top, file), 'utf8')
const rowsOf = (page: string) => page.split('\n').filter((line) => /^\| \d+ \|/.test(line))
/** `H.5`, `[H.5]` or `[H5]`, at the beginning of a title or behind another mark. */
const markOf = (letter: string, number: number) => new RegExp(`(^|\\] )\\[?${letter}\\.?${number}[\\] ]`)

const pages = [
  { file: 'docs/platform-differences.md', letter: 'H', count: 38 },
  { file: 'docs/symptoms.md', letter: 'I', count: 42 },
] as const

describe.each(pages)('$file', ({ file, letter, count }) => {
  const page = read(file)

  it(`has all ${count} rows, each with a test that bears its mark`, () => {
    const rows = rowsOf(page)
    expect(rows.map((row) => Number(/\d+/.exec(row)?.[0]))).toEqual(
      Array.from({ length: count }, (_, index) => index + 1),
    )
    rows.forEach((row, index) => {
      const mark = markOf(letter, index + 1)
      expect(
        readNamedTests(row).some(({ title }) => mark.test(title)),
        row,
      ).toBe(true)
    })
  })

  it.each(readNamedTests(page).map((each) => [each.file, each.title] as const))(
    'in %s: “%s” is a test',
    (test, title) => {
      expect(read(`test/${test}`).replaceAll("\\'", "'")).toContain(title)
    },
  )
})

it('every difference is tested on both dialects', () => {
  for (const { file, title } of readNamedTests(read('docs/platform-differences.md'))) {
    expect(file, title).toMatch(/^contract\/differences\//)
    expect(read(`test/${file}`)).toContain('describe.each(dialects)')
  }
})

it('every error that a symptom names is one of the table', () => {
  for (const row of rowsOf(read('docs/symptoms.md'))) {
    const [, , , , errors = ''] = row.split('|')
    for (const [, code = ''] of errors.matchAll(/`([\w.]+)`/g))
      expect(Object.keys(errorTable)).toContain(code)
  }
})
