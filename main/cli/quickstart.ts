// `npm run quickstart`: the main job without a window, verified step by step, with reports and an exit code.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import type { Quickstart } from '../../common/model/quickstart.ts'
import { askSecret } from './ask-secret.ts'
import { errorText } from './error-text.ts'
import { UsageError } from './flags.ts'
import { runHeadless } from './headless.ts'
import { help, parseQuickstartFlags, type QuickstartFlags } from './quickstart-flags.ts'
import { stepLine, toReport, writeJson, writeJunit } from './quickstart-report.ts'

async function main(args: string[]): Promise<number> {
  const flags = readFlags(args, await withAccessKey(args, process.env))
  if (typeof flags === 'number') return flags
  const target = flags.target?.apiUrl ?? `practice (${flags.dialect})`
  console.log(`Quickstart on ${target}\n`)
  // A folder of its own: neither the person's settings nor their stored key are touched.
  const profileDir = mkdtempSync(path.join(tmpdir(), 'voipbin-companion-'))
  try {
    const { run, browser } = await runHeadless({
      ...flags,
      profileDir,
      onStep: (step) => console.log(stepLine(step)),
    })
    report(flags, run, { target, browser, ...(flags.target ? {} : { dialect: flags.dialect }) })
    return run.status === 'passed' ? 0 : 1
  } catch (thrown) {
    console.error(errorText(thrown))
    return 1
  } finally {
    rmSync(profileDir, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** At a terminal the key may be typed; elsewhere its absence is wrong usage. */
async function withAccessKey(args: string[], env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  const isGiven = env.VOIPBIN_ACCESS_KEY || args.some((arg) => /^--(access-key-file|help)/.test(arg))
  const isNeeded = args.some((arg) => /^--(api|profile)(=|$)/.test(arg))
  if (isGiven || !isNeeded || !process.stdin.isTTY) return env
  return { ...env, VOIPBIN_ACCESS_KEY: await askSecret('Access key (not shown): ') }
}

function readFlags(args: string[], env: NodeJS.ProcessEnv): QuickstartFlags | number {
  try {
    const flags = parseQuickstartFlags(args, env)
    if (!flags.help) return flags
    console.log(help)
    return 0
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    console.error(`${error.message}\n\n${help}`)
    return 2
  }
}

function report(
  flags: QuickstartFlags,
  run: Quickstart,
  about: { target: string; browser: string; dialect?: string },
): void {
  const result = toReport(run, about)
  if (flags.json) writeJson(flags.json, result)
  if (flags.junit) writeJunit(flags.junit, result)
  const proven = result.steps.filter((step) => step.state === 'passed').length
  const verdict = result.passed ? 'Every step has its proof' : 'Not every step has its proof'
  console.log(`\n${verdict}: ${proven} of ${result.steps.length} in ${(result.ms / 1000).toFixed(1)} s.`)
}

process.exitCode = await main(process.argv.slice(2))
