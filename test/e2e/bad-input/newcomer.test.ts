// A newcomer with a wrong key, a wrong role, an untrusted certificate or a blocked port: one sentence, and the next step.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type ErrorCode, errorTable, helpOf } from '../../../common/kit/errors.ts'
import { createCertificate } from '../../support/certificate.ts'
import { type HeadlessRun, runQuickstart } from '../../support/headless-run.ts'
import { createApi, type PracticeProcess, startPracticeProcess } from '../../support/practice.ts'
import { openTinyServer, type TinyServer } from '../../support/tiny-server.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'companion-newcomer-'))
const keyFile = path.join(folder, 'key')
writeFileSync(keyFile, 'vb_canary00000000')
const certificate = createCertificate('localhost', 'IP:127.0.0.1')
let secure: TinyServer
let practice: PracticeProcess | undefined

beforeAll(async () => {
  secure = await openTinyServer(certificate)
})
afterEach(async () => {
  await practice?.end()
  practice = undefined
})
afterAll(async () => {
  await secure.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The sentence, its likely cause, the next step and where more stands, each on a line of its own, and nothing else failed. */
function expectTold({ code, output, report }: HeadlessRun, error: ErrorCode): void {
  const { say, why, remedy } = errorTable[error]
  const failed = report?.steps.filter(({ state }) => state === 'failed')
  expect(
    failed?.map((step) => step.error?.code),
    output,
  ).toEqual([error])
  const lines = output.split('\n').map((line) => line.trim())
  expect(lines.some((line) => line.startsWith('✗') && line.endsWith(say))).toBe(true)
  expect(lines).toContain(`Why: ${why}`)
  expect(lines).toContain(`Remedy: ${remedy}`)
  expect(lines).toContain(`More: ${helpOf(error)}`)
  expect(output).not.toContain('vb_canary')
  expect(output).not.toMatch(/^\s+at .+:\d+:\d+/m)
  expect(code).toBe(1)
}

describe('a newcomer', () => {
  it('with a wrong key is told that the platform does not take it, and to make another one', async () => {
    practice = await startPracticeProcess()
    const { apiUrl, edgeUrl, baseDomain } = practice.address
    const args = ['--api', apiUrl, '--edge', edgeUrl, '--base-domain', baseDomain]
    expectTold(await runQuickstart([...args, '--access-key-file', keyFile]), 'account.rejected')
  })

  it('with a role that may not place calls is told which permission it takes, and keeps what it may do', async () => {
    practice = await startPracticeProcess()
    const { apiUrl, edgeUrl, baseDomain } = practice.address
    const login = { username: 'agent@localhost', password: 'agent@localhost' }
    const token = String((await createApi(apiUrl, {}).post('/auth/login', login)).json.token)
    const args = ['--api', apiUrl, '--edge', edgeUrl, '--base-domain', baseDomain]
    const { code, output } = await runQuickstart(args, { VOIPBIN_ACCESS_KEY: token })
    expect(output).toContain('Placing calls through the platform needs the manager or admin permission')
    expect(output).toContain('✓ Register')
    expect(code).toBe(0)
  })

  it('at a server whose certificate nobody vouches for is shown its fingerprint, and asked to compare it', async () => {
    const run = await runQuickstart(['--api', secure.url, '--access-key-file', keyFile])
    expectTold(run, 'network.untrusted')
    expect(run.output).toContain(certificate.sha256)
  })

  it('behind a blocked port is told that the connection is refused, and to check server and port', async () => {
    const run = await runQuickstart(['--api', 'http://127.0.0.1:9', '--access-key-file', keyFile])
    expectTold(run, 'network.refused')
  })
})
