// Every hazard of SIP.js that is documented has a test, and the test is there.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { patchedVersion } from '../../../renderer/phone/sipjs-patches.ts'
import { readNamedTests } from '../../support/named-tests.ts'

const top = path.resolve(import.meta.dirname, '../../..')
const page = readFileSync(path.join(top, 'docs/sip-hazards.md'), 'utf8')

describe('the hazards of SIP.js', () => {
  it('are 27 and some found later, each row with a test', () => {
    const rows = page.split('\n').filter((line) => /^\| (?!#|---|SIP\.js)/.test(line))
    expect(rows.filter((row) => /^\| \d+ \|/.test(row))).toHaveLength(27)
    for (const row of rows) expect(readNamedTests(row).length, row).toBeGreaterThan(0)
  })

  it.each(readNamedTests(page).map(({ file, title }) => [file, title] as const))(
    'in %s: “%s” is a test',
    (file, title) => {
      const text = readFileSync(path.join(top, 'test', file), 'utf8')
      expect(text.replaceAll("\\'", "'")).toContain(title)
    },
  )

  it('are those of the version that is used', () => {
    expect(page).toContain(`SIP.js ${patchedVersion}`)
  })
})
