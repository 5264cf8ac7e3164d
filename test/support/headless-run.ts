// Runs the built `npm run quickstart` as a person would, and reads what it leaves behind.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Report } from '../../main/cli/quickstart-report.ts'

const top = path.resolve(import.meta.dirname, '../..')

export interface HeadlessRun {
  code: number | null
  output: string
  report: Report | undefined
  junit: string | undefined
}

/** `env` is added to this process's own environment. */
export async function runQuickstart(args: string[], env: Record<string, string> = {}): Promise<HeadlessRun> {
  const folder = mkdtempSync(path.join(tmpdir(), 'companion-e2e-'))
  const [json, junit] = [path.join(folder, 'report.json'), path.join(folder, 'report.xml')]
  const script = path.join(top, 'dist/main/quickstart.js')
  const child = spawn(process.execPath, [script, ...args, '--json', json, '--junit', junit], {
    cwd: folder,
    env: { ...process.env, ...env },
  })
  let output = ''
  child.stdout.on('data', (data: Buffer) => (output += data.toString('utf8')))
  child.stderr.on('data', (data: Buffer) => (output += data.toString('utf8')))
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', resolve)
    })
    const report = existsSync(json) ? (JSON.parse(readFileSync(json, 'utf8')) as Report) : undefined
    return { code, output, report, junit: existsSync(junit) ? readFileSync(junit, 'utf8') : undefined }
  } finally {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}
