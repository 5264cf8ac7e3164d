// Wrong addresses and servers, given to the built program: each ends soon with its cause and a remedy, and hangs nowhere.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Report } from '../../../main/cli/quickstart-report.ts'
import { toWav } from '../../../practice/voice/wav.ts'
import { createCertificate } from '../../support/certificate.ts'
import { runQuickstart } from '../../support/headless-run.ts'
import { openTinyServer, type TinyServer } from '../../support/tiny-server.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'companion-bad-'))
const keyFile = path.join(folder, 'key')
writeFileSync(keyFile, 'vb_canary00000000')

const certificate = createCertificate('localhost', 'IP:127.0.0.1')
let secure: TinyServer
let page: TinyServer
let mute: Server

beforeAll(async () => {
  secure = await openTinyServer(certificate)
  page = await openTinyServer()
  page.answer(() => ({
    status: 200,
    headers: { 'content-type': 'text/html' },
    body: '<h1>Welcome to the hotel</h1>',
  }))
  mute = createServer(() => {})
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
})

afterAll(async () => {
  await secure.close()
  await page.close()
  mute.close()
  rmSync(folder, { recursive: true, force: true })
})

const stepOf = (report: Report | undefined, id: string) => report?.steps.find((step) => step.id === id)
const mutePort = () => (mute.address() as { port: number }).port

describe('an API address', () => {
  const api = (url: string, ...more: string[]) =>
    runQuickstart(['--api', url, '--access-key-file', keyFile, '--timeout', '20', ...more])

  it('whose name does not resolve is told as such', async () => {
    const { code, report, output } = await api('https://api.nowhere.invalid')
    expect(stepOf(report, 'signIn')?.error, output).toMatchObject({ code: 'network.nameUnknown' })
    expect(code).toBe(1)
  })

  it('of something else than VoIPBIN is told as such', async () => {
    const { code, report } = await api(page.url)
    expect(stepOf(report, 'signIn')?.error).toMatchObject({ code: 'platform.malformed' })
    expect(code).toBe(1)
  })

  it('with an untrusted certificate shows its fingerprint, and goes on with the pin', async () => {
    const refused = await api(secure.url)
    const error = stepOf(refused.report, 'signIn')?.error
    expect(error).toMatchObject({ code: 'network.untrusted' })
    expect(error?.detail).toContain(certificate.sha256)
    const pinned = await api(secure.url, '--pin', certificate.sha256)
    expect(stepOf(pinned.report, 'signIn')?.error?.code).not.toBe('network.untrusted')
    expect(refused.output + pinned.output).not.toContain('vb_canary')
  })
})

describe('a SIP edge', () => {
  const edge = (url: string) => runQuickstart(['--practice', '--edge', url, '--timeout', '5'])

  it.each([
    ['that does not resolve', () => 'wss://edge.nowhere.invalid'],
    ['that refuses', () => 'ws://127.0.0.1:9'],
    ['that never answers', () => `ws://127.0.0.1:${mutePort()}`],
    ['with an untrusted certificate', () => secure.url.replace('https', 'wss')],
  ])('%s fails the register step with the address, and skips the rest', async (_, url) => {
    const { code, report, output } = await edge(url())
    expect(stepOf(report, 'subscribe')?.state, output).toBe('passed')
    const step = stepOf(report, 'register')
    expect(step).toMatchObject({ state: 'failed' })
    expect(step?.error?.code).toMatch(/^sip\.(unreachable|untrusted)$/)
    expect(step?.error?.detail).toContain(new URL(url()).hostname)
    expect(stepOf(report, 'placeCall')?.state).toBe('skipped')
    expect(code).toBe(1)
  })
})

describe('a wrong key', () => {
  it('is refused by the platform in its own words', async () => {
    secure.answer(() => ({
      status: 401,
      body: {
        error: { status: 'UNAUTHENTICATED', reason: 'INVALID_CREDENTIALS', message: 'no', request_id: 'r-1' },
      },
    }))
    const args = ['--api', secure.url, '--access-key-file', keyFile, '--pin', certificate.sha256]
    const { code, report } = await runQuickstart(args)
    expect(stepOf(report, 'signIn')?.error).toMatchObject({ code: 'account.rejected', requestId: 'r-1' })
    expect(code).toBe(1)
  })
})

describe('a microphone', () => {
  it('that gives only zeros fails the speech step and names the microphone', async () => {
    const silence = path.join(folder, 'silence.wav')
    writeFileSync(silence, toWav({ pcm: new Int16Array(4 * 8_000), rate: 8_000 }))
    const { code, report, output } = await runQuickstart(['--practice', '--mic', silence, '--timeout', '14'])
    expect(stepOf(report, 'greeting')?.state, output).toBe('passed')
    expect(stepOf(report, 'speech')?.error?.code).toBe('media.micSilent')
    expect(code).toBe(1)
  })
})
