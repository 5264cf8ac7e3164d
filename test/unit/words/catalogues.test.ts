// Every text of the code has its translations, every translation its text, and both ask for the same values.
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { formatter } from '@lingui/format-po'
import { type CompiledMessage, compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import { describe, expect, it } from 'vitest'
import { messages as arabic } from '../../../common/words/catalogues/ar.ts'
import { messages as korean } from '../../../common/words/catalogues/ko.ts'
import { textsIn } from '../../support/texts-in.ts'

const top = path.resolve(import.meta.dirname, '../../..')
const files = globSync('{common,main,renderer}/**/*.{ts,tsx}', {
  cwd: top,
  exclude: ['renderer/gallery/**', 'common/words/catalogues/**'],
})
const inCode = new Set(files.flatMap((file) => textsIn(file, readFileSync(path.join(top, file), 'utf8'))))

/** Names of placeholders, also those within a plural. */
function namesIn(message: CompiledMessage): string[] {
  return message.flatMap((token) => {
    if (typeof token === 'string') return []
    const [name, , cases] = token
    const inner: unknown[] = typeof cases === 'object' && cases !== null ? Object.values(cases) : []
    return [name, ...inner.flatMap((one) => (Array.isArray(one) ? namesIn(one as CompiledMessage) : []))]
  })
}
const placeholders = (text: string) => [...new Set(namesIn(compileMessageOrThrow(text)))].sort()

describe.each([
  { language: 'ar', messages: arabic, plurals: ['zero', 'one', 'two', 'few', 'many', 'other'] },
  { language: 'ko', messages: korean, plurals: ['other'] },
])('the catalogue of $language', ({ language, messages, plurals }) => {
  const file = path.join(top, 'common/words/catalogues', `${language}.po`)
  const ctx = { locale: language, sourceLocale: 'en', filename: file }
  const format = formatter({ explicitIdAsDefault: true })
  const catalogue = format.parse(readFileSync(file, 'utf8'), ctx) as Record<string, { translation: string }>

  it('has a translation for every text of the code (else: npm run words, then translate)', () => {
    expect([...inCode].filter((text) => !catalogue[text]?.translation)).toEqual([])
  })

  it('has no translation of a text that is gone (else: npm run words)', () => {
    expect(Object.keys(catalogue).filter((text) => !inCode.has(text))).toEqual([])
  })

  it('asks for the same values as the text', () => {
    const wrong = Object.entries(catalogue).filter(
      ([text, { translation }]) =>
        translation !== '' && `${placeholders(translation)}` !== `${placeholders(text)}`,
    )
    expect(wrong.map(([text]) => text)).toEqual([])
  })

  it('has each form of a plural that the language knows', () => {
    const lacking = Object.values(catalogue).filter(({ translation }) =>
      translation.includes(', plural,') ? plurals.some((form) => !translation.includes(`${form} {`)) : false,
    )
    expect(lacking.map(({ translation }) => translation)).toEqual([])
  })

  it('is compiled as it stands in its file (else: npm run words)', () => {
    const compiled = Object.fromEntries(
      Object.entries(catalogue).map(([text, { translation }]) => [
        text,
        compileMessageOrThrow(translation || text),
      ]),
    )
    expect(JSON.parse(JSON.stringify(messages))).toEqual(JSON.parse(JSON.stringify(compiled)))
  })
})
