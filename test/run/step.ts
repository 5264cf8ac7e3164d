// Runs one command of a test run, keeps its output, and counts what it tested.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export const top = path.resolve(import.meta.dirname, '../..')
export const bin = (name: string) => path.join(top, 'node_modules/.bin', name)

export interface Step {
  title: string
  command: string
  args: string[]
  env?: Record<string, string>
  /** A vitest run is counted test by test; anything else is one test that passes with exit code 0. */
  counts?: 'vitest'
}

export interface Counts {
  passed: number
  failed: number
  skipped: number
}

export interface Result extends Counts {
  title: string
  ms: number
  ok: boolean
}

/** A vitest run of one configuration or project. */
export function vitest(title: string, args: string[], env: Record<string, string> = {}): Step {
  const file = path.join(top, 'node_modules/vitest/vitest.mjs')
  return { title, command: process.execPath, args: [file, 'run', ...args], env, counts: 'vitest' }
}

/** Runs the step; its output is shown as it comes, or only on failure when `quiet`. */
export async function runStep(step: Step, quiet: boolean): Promise<Result> {
  const started = performance.now()
  const folder = mkdtempSync(path.join(tmpdir(), 'companion-run-'))
  const report = path.join(folder, 'report.json')
  const args =
    step.counts === 'vitest'
      ? [...step.args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
      : step.args
  try {
    const { code, output } = await run(step.command, args, step.env, quiet)
    const counts = step.counts === 'vitest' ? readCounts(report) : undefined
    const ok = code === 0 && (counts === undefined || counts.failed === 0)
    if (quiet && !ok) process.stdout.write(`\n── ${step.title}\n${output}\n`)
    const fallback = { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 }
    const sum = counts ?? fallback
    // A run that broke without a failing test still counts as one failure.
    const failed = !ok && sum.failed === 0 ? 1 : sum.failed
    return { title: step.title, ms: performance.now() - started, ok, ...sum, failed }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function run(command: string, args: string[], env: Record<string, string> | undefined, quiet: boolean) {
  const stdio = quiet ? ('pipe' as const) : ('inherit' as const)
  const child = spawn(command, args, {
    cwd: top,
    env: { ...process.env, ...env },
    stdio: ['ignore', stdio, stdio],
  })
  const chunks: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk))
  return new Promise<{ code: number; output: string }>((resolve) => {
    child.on('error', (error) => resolve({ code: 127, output: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') }))
  })
}

function readCounts(report: string): Counts | undefined {
  try {
    const json: {
      numPassedTests: number
      numFailedTests: number
      numPendingTests: number
      numTodoTests: number
    } = JSON.parse(readFileSync(report, 'utf8'))
    return {
      passed: json.numPassedTests,
      failed: json.numFailedTests,
      skipped: json.numPendingTests + json.numTodoTests,
    }
  } catch {
    return undefined
  }
}

export function line(result: Result): string {
  const mark = result.ok ? 'ok  ' : 'FAIL'
  const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : ''
  return `${mark} ${result.title.padEnd(34)} ${result.passed} passed, ${result.failed} failed${skipped}  ${(result.ms / 1000).toFixed(1)} s`
}

export function sum(results: readonly Result[]): Counts {
  return results.reduce<Counts>(
    (all, r) => ({
      passed: all.passed + r.passed,
      failed: all.failed + r.failed,
      skipped: all.skipped + r.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )
}
