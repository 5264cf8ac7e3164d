// The doctor at the command line: its flags, what it prints and what it leaves behind.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../common/kit/errors.ts'
import { checkIds, type DoctorRun, initialDoctorRun } from '../../../common/model/doctor.ts'
import { phrase } from '../../../common/words/say.ts'
import { parseDoctorFlags } from '../../../main/cli/doctor-flags.ts'
import {
  checkLine,
  readReport,
  toReport,
  verdictText,
  writeJson,
  writeJunit,
} from '../../../main/cli/doctor-report.ts'
import { UsageError } from '../../../main/cli/flags.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'companion-doctor-'))
const login = path.join(folder, 'login')
writeFileSync(login, 'anna\nsecret\n')

const edgeError = new AppError('doctor.edgeUnreachable', { detail: 'sip.pbx.example:443' }).toData()
const run: DoctorRun = {
  ...initialDoctorRun,
  status: 'done',
  startedAt: 1_000,
  endedAt: 1_400,
  checks: checkIds.map((id) =>
    id === 'edge'
      ? {
          id,
          state: 'failed',
          says: phrase('None of the edges can be used'),
          error: edgeError,
          confidence: 'likely',
          evidence: [{ name: phrase('Seen'), value: 'ECONNREFUSED' }],
          ms: 12,
        }
      : { id, state: 'passed', evidence: [] },
  ),
  verdict: { state: 'failed', check: 'edge', error: edgeError, confidence: 'likely' },
  allowList: [{ protocol: 'tcp', host: 'sip.pbx.example', port: '443', why: phrase('SIP over WebSocket') }],
}

describe('the flags of the doctor', () => {
  it('mean production when there are none', () => {
    expect(parseDoctorFlags([]).settings.environment).toBe('production')
  })

  it('take a relay with its login from a file', () => {
    const { iceServers } = parseDoctorFlags([
      '--stun',
      'stun.example:3478',
      '--turn',
      'turn:relay.example',
      '--turn-login',
      login,
    ])
    expect(iceServers).toEqual([
      { urls: 'stun:stun.example:3478' },
      { urls: 'turn:relay.example', username: 'anna', credential: 'secret' },
    ])
  })

  it.each([
    [['--practice', '--api', 'https://x.example'], 'one of'],
    [['--api', 'https://x.example?key=canary'], 'an address only'],
    [['--turn', 'turn:relay.example'], '--turn-login'],
    [['--turn', 'relay.example', '--turn-login', login], 'turn:relay'],
    [['--stun', 'a b'], '--stun'],
    [['--compare', '/nowhere/run.json'], '/nowhere/run.json'],
    [['--nonsense'], '--nonsense'],
  ])('refuse %j with a sentence that names the fault', (args, named) => {
    expect(() => parseDoctorFlags(args)).toThrow(UsageError)
    expect(() => parseDoctorFlags(args)).toThrow(named)
  })
})

describe('the report of the doctor', () => {
  it('says cause, certainty, row, remedy and what has to be open', () => {
    expect(verdictText(run)).toContain('Most likely: No SIP edge can be reached.')
    expect(verdictText(run)).toContain('Row: SIP edge (sip.pbx.example:443)')
    expect(verdictText(run)).toContain('tcp  sip.pbx.example  443')
  })

  it('shows evidence where something is wrong', () => {
    const edge = run.checks.find(({ id }) => id === 'edge')
    expect(edge && checkLine(edge)).toContain('Seen: ECONNREFUSED')
  })

  it('is read back for a comparison', () => {
    const file = path.join(folder, 'run.json')
    writeJson(file, toReport(run, 'pbx.example'))
    expect(readReport(file).find(({ id }) => id === 'edge')).toMatchObject({
      state: 'failed',
      error: edgeError,
    })
  })

  it('of another program is no report', () => {
    const file = path.join(folder, 'other.json')
    writeFileSync(file, '{"checks": 3}')
    expect(() => readReport(file)).toThrow('is not a report')
  })

  it('counts a failed check as a failure in JUnit', () => {
    const file = path.join(folder, 'run.xml')
    writeJunit(file, toReport(run, 'pbx.example'))
    expect(readFileSync(file, 'utf8')).toContain('failures="1"')
  })
})
