// The import rules of docs/architecture.md hold, and the check can fail.
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { findViolations, readProduct } from '../../support/layers.ts'

const top = path.resolve(import.meta.dirname, '../../..')

describe('the layers', () => {
  it('are respected by every file of the product', () => {
    const files = readProduct(top)
    expect(files.length).toBeGreaterThan(20)
    expect(findViolations(files)).toEqual([])
  })

  it.each([
    ['renderer/screens/bad.tsx', `import '../../main/app.ts'`, 'main/app.ts'],
    ['main/call/bad.ts', `import { x } from '../speaking/queue.ts'`, 'main/speaking/queue.ts'],
    ['common/model/bad.ts', `export { x } from '../bridge/table.ts'`, 'common/bridge/table.ts'],
    [
      'practice/rest/bad.ts',
      `import type { Call } from '../../common/model/call.ts'`,
      'common/model/call.ts',
    ],
    ['main/call/bad.ts', `const e = await import('electron')`, 'electron'],
    ['renderer/view/bad.ts', `import { useState } from 'react'`, 'react'],
    ['renderer/screens/bad.tsx', `import { UserAgent } from 'sip.js/lib/api'`, 'sip.js'],
    ['renderer/phone/bad.ts', `import fs from 'node:fs'`, 'node:fs'],
    ['main/speaking/bad.ts', `import { spawn } from 'node:child_process'`, 'node:child_process'],
    ['main/call/bad.ts', `import x from 'left-pad'`, 'left-pad'],
  ])('find a violation planted in %s: %s', (file, text, named) => {
    const found = findViolations([{ path: file, text }])
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(named)
  })

  it('let a feature import the model, the platform and its own files', () => {
    const text = `import '../../common/model/call.ts'\nimport '../platform/platform.ts'\nimport './match.ts'`
    expect(findViolations([{ path: 'main/call/good.ts', text }])).toEqual([])
  })
})
