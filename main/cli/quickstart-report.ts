// What a headless run leaves behind: a line a step, a JSON report, a JUnit report.
import { writeFileSync } from 'node:fs'
import junit from 'junit-report-builder'
import type { ErrorData } from '../../common/kit/errors.ts'
import { type Quickstart, type Step, type StepId, stepTexts } from '../../common/model/quickstart.ts'
import { adviceOf } from './error-text.ts'

export interface Report {
  passed: boolean
  startedAt: string
  ms: number
  target: string
  dialect?: string
  browser: string
  steps: Array<{
    id: StepId
    title: string
    state: Step['state']
    proof?: string
    ms?: number
    error?: ErrorData
  }>
}

export function toReport(run: Quickstart, about: Pick<Report, 'target' | 'browser' | 'dialect'>): Report {
  const startedAt = run.startedAt ?? Date.now()
  return {
    passed: run.status === 'passed',
    startedAt: new Date(startedAt).toISOString(),
    ms: (run.endedAt ?? Date.now()) - startedAt,
    ...about,
    steps: run.steps.map(({ id, state, proof, ms, error }) => ({
      id,
      title: stepTexts[id].title.text,
      state,
      ...(proof === undefined ? {} : { proof }),
      ...(ms === undefined ? {} : { ms }),
      ...(error === undefined ? {} : { error }),
    })),
  }
}

/** `✓ Register the phone        84 ms  200 OK from ws://…, expires in 300 s` */
export function stepLine(step: Step): string {
  const mark = { passed: '✓', failed: '✗', skipped: '–', running: '…', waiting: ' ' }[step.state]
  const time = step.ms === undefined ? '' : `${Math.round(step.ms)} ms`
  const head = `${mark} ${stepTexts[step.id].title.text.padEnd(30)} ${time.padStart(9)}  `
  if (!step.error) return head + (step.proof ?? '')
  const { say, detail } = step.error
  const indent = ' '.repeat(head.length)
  return [
    `${head}${say}`,
    ...(detail ? [`${indent}Cause: ${detail}`] : []),
    ...adviceOf(step.error).map((line) => indent + line),
  ].join('\n')
}

export function writeJson(file: string, report: Report): void {
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`)
}

export function writeJunit(file: string, report: Report): void {
  const builder = junit.newBuilder()
  const suite = builder
    .testSuite()
    .name('quickstart')
    .time(report.ms / 1000)
  for (const step of report.steps) {
    const test = suite
      .testCase()
      .className('quickstart')
      .name(step.title)
      .time((step.ms ?? 0) / 1000)
    if (step.state === 'failed') test.failure(failureText(step.error))
    if (step.state === 'skipped' || step.state === 'waiting') test.skipped()
    if (step.proof) test.standardOutput(step.proof)
  }
  builder.writeTo(file)
}

function failureText(error: ErrorData | undefined): string {
  if (!error) return 'failed'
  return [error.say, error.detail, error.remedy].filter(Boolean).join(' — ')
}
