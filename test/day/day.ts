// `npm run day`: an agent's eight hours in fast motion, on practice and in the real window. Fails when anything was lost.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { describeMachine } from '../bench/machine.ts'
import { putSection } from '../bench/marked-section.ts'
import { buildCompanion } from '../bench/support/companion.ts'
import { planDay } from './plan.ts'
import { toFaults, toSection, toTable } from './report.ts'
import { runDay } from './run.ts'

const usage = `npm run day -- [--scale N] [--hours N] [--seed N] [--json FILE]

  --scale N     part of the day; a whole one, 1, is written into docs/benchmarks.md (default 1)
  --hours N     how often memory is looked at (default 8)
  --seed N      another order of things (default 1)
  --json FILE   the report for programs
  --help        this text
`

const page = path.resolve(import.meta.dirname, '../../docs/benchmarks.md')

async function main(args: string[]): Promise<number> {
  const flags = readFlags(args)
  if (typeof flags === 'number') return flags
  const { scale, hours, seed, json } = flags
  await buildCompanion()
  // SIP keeps what belongs to a call for 32 s after it (RFC 3261 timer H), and with it its sound.
  const restMs = scale >= 0.5 ? 34_000 : 2_000
  const say = (line: string) => console.log(`${new Date().toISOString().slice(11, 19)} ${line}`)
  const report = await runDay(planDay({ scale, hours, seed }), { headless: true, restMs, say })
  if (json !== undefined) writeFileSync(path.resolve(json), `${JSON.stringify(report, undefined, 2)}\n`)
  if (scale === 1) {
    const machine = describeMachine()
    writeFileSync(page, putSection(readFileSync(page, 'utf8'), 'day', toSection(report, machine)))
  }
  const faults = toFaults(report)
  console.log(`\n${toTable(report)}\n`)
  for (const fault of faults) console.log(`! ${fault}`)
  return faults.length > 0 ? 1 : 0
}

function readFlags(
  args: string[],
): { scale: number; hours: number; seed: number; json: string | undefined } | number {
  const text = { type: 'string' } as const
  try {
    const options = { scale: text, hours: text, seed: text, json: text, help: { type: 'boolean' } } as const
    const { values } = parseArgs({ args, options, strict: true, allowPositionals: false })
    if (values.help) {
      console.log(usage)
      return 0
    }
    const number = (name: 'scale' | 'hours' | 'seed', usual: number) => {
      const value = Number(values[name] ?? usual)
      if (!(value > 0)) throw new Error(`--${name} needs a number above 0.`)
      return value
    }
    return {
      scale: number('scale', 1),
      hours: Math.round(number('hours', 8)),
      seed: number('seed', 1),
      json: values.json,
    }
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`)
    return 2
  }
}

process.exit(await main(process.argv.slice(2)))
