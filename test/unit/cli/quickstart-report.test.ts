// The reports of a headless run say what happened and nothing else.
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../common/kit/errors.ts'
import { initialQuickstart, type Quickstart } from '../../../common/model/quickstart.ts'
import { stepLine, toReport, writeJson, writeJunit } from '../../../main/cli/quickstart-report.ts'

const failed: Quickstart = {
  ...initialQuickstart,
  status: 'failed',
  startedAt: 1000,
  endedAt: 3500,
  steps: initialQuickstart.steps.map((step) => {
    if (step.id === 'signIn') return { ...step, state: 'passed', ms: 12, proof: 'Customer 5 <admin>' }
    if (step.id === 'extension') {
      return {
        ...step,
        state: 'failed',
        ms: 30,
        error: new AppError('extension.taken', { detail: '500' }).toData(),
      }
    }
    return { ...step, state: 'skipped' }
  }),
}
const about = { target: 'practice', browser: 'Chromium 1', dialect: 'deployed' }
const folder = mkdtempSync(path.join(tmpdir(), 'companion-report-'))

describe('the report of a headless run', () => {
  it('keeps every step with its state, proof, time and error', () => {
    const file = path.join(folder, 'report.json')
    writeJson(file, toReport(failed, about))
    const report = JSON.parse(readFileSync(file, 'utf8'))
    expect(report).toMatchObject({ passed: false, ms: 2500, target: 'practice' })
    expect(report.steps).toHaveLength(initialQuickstart.steps.length)
    expect(report.steps[1]).toMatchObject({
      id: 'extension',
      state: 'failed',
      error: { code: 'extension.taken' },
    })
    expect(report.steps[2]).toMatchObject({ state: 'skipped' })
  })

  it('counts as JUnit with one failure and the rest skipped', () => {
    const file = path.join(folder, 'report.xml')
    writeJunit(file, toReport(failed, about))
    const xml = readFileSync(file, 'utf8')
    expect(xml.match(/<failure/g)).toHaveLength(1)
    expect(xml.match(/<skipped/g)).toHaveLength(10)
    expect(xml).toContain('Customer 5 <admin>')
  })

  it('explains a failed step on lines of its own: cause, why, remedy, where more stands', () => {
    const line = stepLine(failed.steps[1] ?? failed.steps[0] ?? { id: 'signIn', state: 'waiting' })
    expect(line).toMatch(/^✗ Provision an extension/)
    expect(line).toMatch(/\n\s+Cause: 500\n\s+Why: .+\n\s+Remedy: .+\n\s+More: docs\/troubleshooting\.md#/)
  })
})
