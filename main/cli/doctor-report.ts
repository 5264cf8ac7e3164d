// What a doctor's run leaves behind: a line a check, a verdict, a JSON report, a JUnit report.
import { readFileSync, writeFileSync } from 'node:fs'
import junit from 'junit-report-builder'
import { z } from 'zod'
import {
  type Check,
  checkIds,
  checkTitles,
  type DoctorRun,
  type Evidence,
} from '../../common/model/doctor.ts'
import { ErrorShape } from '../../common/model/phone.ts'
import { say } from '../../common/words/say.ts'
import { toAllowText } from '../doctor/allow-list.ts'
import type { Difference } from '../doctor/compare.ts'
import { adviceOf } from './error-text.ts'
import { UsageError } from './flags.ts'

const marks = { passed: '✓', warned: '!', failed: '✗', skipped: '–', running: '…', waiting: ' ' } as const

export function checkLine(check: Check): string {
  const time = check.ms === undefined ? '' : `${check.ms} ms`
  const head = `${marks[check.state]} ${say(checkTitles[check.id]).padEnd(26)} ${time.padStart(9)}  `
  const indent = ' '.repeat(head.length)
  const isBad = check.state === 'failed' || check.state === 'warned'
  return [
    head + (check.says ? say(check.says) : ''),
    ...(isBad ? check.evidence.map(({ name, value }) => `${indent}${nameText(name)}: ${plain(value)}`) : []),
  ].join('\n')
}

/** No datagram of a STUN server is a voice in an ear. */
const soundText = 'Sound both ways is proven by a call: npm run quickstart.'

/** What a foreign server says is no command to a terminal. */
const plain = (text: string) => text.replaceAll(/\p{Cc}/gu, ' ')

const nameText = (name: Evidence['name']) => (typeof name === 'string' ? name : say(name))

/** The sentence, how sure it is, the failing row and the remedy. */
export function verdictText({ verdict, allowList = [] }: DoctorRun): string {
  const error = verdict?.error
  if (verdict?.state === 'healthy') return `Nothing wrong was found on the way to the platform. ${soundText}`
  if (verdict?.state === 'incomplete')
    return `Nothing failed, but not everything that a call needs was looked at: see the rows marked –. ${soundText}`
  if (!verdict?.check || !error) return 'The run was stopped.'
  const sure = { certain: 'Certainly', likely: 'Most likely', possible: 'Possibly' }[
    verdict.confidence ?? 'possible'
  ]
  return [
    `${sure}: ${error.say}`,
    `Row: ${say(checkTitles[verdict.check])}${error.detail ? ` (${error.detail})` : ''}`,
    ...adviceOf(error),
    '',
    'To be open for the companion, for the administrator of the network:',
    toAllowText(allowList, say),
  ].join('\n')
}

const Report = z.object({
  verdict: z.object({ state: z.enum(['healthy', 'warned', 'failed', 'incomplete']) }).loose(),
  checks: z.array(
    z.object({
      id: z.enum(checkIds),
      title: z.string(),
      state: z.enum(['waiting', 'running', 'passed', 'warned', 'failed', 'skipped']),
      says: z.string().optional(),
      error: ErrorShape.optional(),
      confidence: z.enum(['certain', 'likely', 'possible']).optional(),
      evidence: z.array(z.object({ name: z.string(), value: z.string() })),
      ms: z.number().optional(),
    }),
  ),
})
type Report = z.infer<typeof Report>

export function toReport(run: DoctorRun, target: string): Report & Record<string, unknown> {
  return {
    target,
    startedAt: new Date(run.startedAt ?? 0).toISOString(),
    ms: (run.endedAt ?? 0) - (run.startedAt ?? 0),
    verdict: { state: 'incomplete', ...run.verdict },
    checks: run.checks.map(({ says, evidence, ...check }) => ({
      ...check,
      title: say(checkTitles[check.id]),
      ...(says ? { says: say(says) } : {}),
      evidence: evidence.map(({ name, value }) => ({ name: nameText(name), value })),
    })),
    allowList: (run.allowList ?? []).map(({ why, ...row }) => ({ ...row, why: say(why) })),
  }
}

/** Throws UsageError for a file that is no report of ours. */
export function readReport(file: string): Check[] {
  let report: Report
  try {
    report = Report.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    throw new UsageError(`--compare: ${file} is not a report of npm run doctor -- --json.`)
  }
  return report.checks.map(({ title, says, evidence, ...check }) => ({
    ...check,
    ...(says === undefined ? {} : { says: { text: '{says}', values: { says } } }),
    evidence: evidence.map(({ name, value }) => ({ name, value })),
  }))
}

export function differencesText(differences: readonly Difference[]): string {
  if (differences.length === 0) return 'Both runs saw the same.'
  const side = ({ state, says }: Difference['here']) => `${marks[state]} ${says ? say(says) : state}`
  return differences
    .map(
      ({ id, here, there }) => `${say(checkTitles[id])}\n  now:    ${side(here)}\n  before: ${side(there)}`,
    )
    .join('\n')
}

export const writeJson = (file: string, report: object): void =>
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`)

export function writeJunit(file: string, { checks }: Report): void {
  const builder = junit.newBuilder()
  const suite = builder.testSuite().name('doctor')
  for (const check of checks) {
    const test = suite
      .testCase()
      .className('doctor')
      .name(check.title)
      .time((check.ms ?? 0) / 1_000)
    const said = [check.error?.say, check.error?.detail, check.error?.remedy].filter(Boolean).join(' — ')
    if (check.state === 'failed') test.failure(said)
    if (check.state === 'skipped') test.skipped()
    const seen = check.evidence.map(({ name, value }) => `${name}: ${value}`)
    test.standardOutput(
      [check.says, check.state === 'warned' ? said : '', ...seen].filter(Boolean).join('\n'),
    )
  }
  builder.writeTo(file)
}
