// What the documents list is what the program says.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { Settings } from '../../../common/model/settings.ts'
import { toErrorList } from '../../support/error-docs.ts'

const doc = (name: string) => readFileSync(path.resolve(import.meta.dirname, '../../../docs', name), 'utf8')

describe('the documents', () => {
  it('list every error with the words of the program (else: npm run docs)', () => {
    expect(doc('troubleshooting.md')).toContain(toErrorList())
  })

  it('explain every setting', () => {
    for (const name of Object.keys(Settings.shape)) expect(doc('settings.md')).toContain(`| ${name} |`)
  })
})
