// What the documents list is what the program says.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { helpSections } from '../../../common/kit/errors/row.ts'
import { errorTable } from '../../../common/kit/errors.ts'
import { Settings } from '../../../common/model/settings.ts'
import { toErrorList } from '../../support/error-docs.ts'
import { toGlobalKeyList, toKeyList } from '../../support/key-docs.ts'

const doc = (name: string) => readFileSync(path.resolve(import.meta.dirname, '../../../docs', name), 'utf8')

describe('the documents', () => {
  it('list every error with the words of the program (else: npm run docs)', () => {
    expect(doc('troubleshooting.md')).toContain(toErrorList())
  })

  it('tell the longer story of every error under the heading that it points to', () => {
    const headings = [...doc('troubleshooting.md').matchAll(/^## (.+)$/gm)].map(([, title = '']) =>
      title.toLowerCase().replaceAll(',', '').replaceAll(' ', '-'),
    )
    for (const section of helpSections) expect(headings).toContain(section)
    const used = new Set(Object.values(errorTable).map(({ help }) => help))
    expect([...used].sort()).toEqual([...helpSections].sort())
  })

  it('list every key (else: npm run docs)', () => {
    expect(doc('keys.md')).toContain(toKeyList())
    expect(doc('keys.md')).toContain(toGlobalKeyList())
  })

  it('explain every setting', () => {
    for (const name of Object.keys(Settings.shape)) expect(doc('settings.md')).toContain(`| ${name} |`)
  })

  it('show only pictures that are there, and every picture that is there', () => {
    const docs = path.resolve(import.meta.dirname, '../../../docs')
    const pages = ['../README.md', ...readdirSync(docs).filter((name) => name.endsWith('.md'))]
    const shown = pages.flatMap((page) =>
      [...doc(page).matchAll(/"([\w/-]+\.webp)"/g)].map(([, name = '']) =>
        path.resolve(docs, path.dirname(page), name),
      ),
    )
    expect(shown.length).toBeGreaterThan(6)
    expect(shown.filter((name) => !existsSync(name))).toEqual([])
    const folder = path.join(docs, 'pictures')
    const unused = readdirSync(folder).filter((name) => !shown.includes(path.join(folder, name)))
    expect(unused).toEqual([])
  })
})
