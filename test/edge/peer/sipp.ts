// sipp: calls by scenario, for what no decent user agent does and for many calls in a row.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '../fixture/ports.ts'
import type { Place } from './wire.ts'

/** Each is a file in `sipp/`; the first one calls, the other one is called. */
export type Scenario = 'short-call' | 'odd-answers'

export interface SippOptions {
  scenario: Scenario
  edge: Place
  domain: string
  /** Extension to call. */
  service?: string
  /** One after the other; 1 by default. */
  calls?: number
  timeoutS?: number
}

export interface SippRun {
  /** Where it listens. */
  readonly place: Place
  /** Resolves when all calls went as the scenario says; rejects with what sipp found wrong. */
  readonly done: Promise<void>
  /** Ends it, wherever it is. */
  stop(): Promise<void>
}

export async function runSipp(options: SippOptions): Promise<SippRun> {
  const { scenario, edge, domain, service = 'nobody', calls = 1, timeoutS = 60 } = options
  const dir = mkdtempSync(path.join(tmpdir(), 'companion-sipp-'))
  const errors = path.join(dir, 'errors.log')
  const port = await freePort()
  const args = [
    `${edge.host}:${edge.port}`,
    ...['-sf', path.join(import.meta.dirname, 'sipp', `${scenario}.xml`)],
    ...['-i', '127.0.0.1', '-p', String(port), '-mi', '127.0.0.1', '-mp', String(await freePort())],
    ...['-s', service, '-key', 'domain', domain],
    ...['-m', String(calls), '-l', '1', '-r', '20'],
    // What it hears is sent back, so that the phone hears its own microphone.
    '-rtp_echo',
    ...['-nostdin', '-trace_err', '-error_file', errors],
    ...['-timeout', `${timeoutS}s`, '-timeout_error'],
  ]
  // The kernel ends it when this process dies, however it dies.
  const child = spawn('setpriv', ['--pdeathsig', 'TERM', 'sipp', ...args], { cwd: dir, stdio: 'ignore' })
  const code = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  const done = code.then((ended) => {
    const found = existsSync(errors) ? readFileSync(errors, 'utf8').trim() : ''
    rmSync(dir, { recursive: true, force: true })
    if (ended !== 0) throw new Error(`sipp's ${scenario} failed (${ended}): ${found.slice(0, 2_000)}`)
  })
  done.catch(() => {})
  return {
    place: { host: '127.0.0.1', port },
    done,
    async stop() {
      child.kill('SIGKILL')
      await done.catch(() => {})
    },
  }
}
