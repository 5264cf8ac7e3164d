// `npm run bench:edge`: the companion and linphonec side by side on a real SIP edge. Judges nothing, hides nothing.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { ensureInstalled, installCommand, missingText } from '../../main/cli/system-packages.ts'
import { ensureEdgePackages } from '../run/edge-packages.ts'
import { createChromium } from './edge/chromium.ts'
import { createElectron } from './edge/electron.ts'
import { createLinphone, linphonePackage } from './edge/linphone.ts'
import { calls } from './edge/parts/calls.ts'
import { load } from './edge/parts/load.ts'
import { quality } from './edge/parts/quality.ts'
import { register } from './edge/parts/register.ts'
import { row } from './edge/parts/row.ts'
import { start } from './edge/parts/start.ts'
import type { Context, Part } from './edge/row.ts'
import { openStage, type Stage } from './edge/stage.ts'
import type { Subject } from './edge/subject.ts'
import { type Measured, toCells, toSection } from './edge/table.ts'
import { describeMachine } from './machine.ts'
import { putSection } from './marked-section.ts'
import { buildCompanion } from './support/companion.ts'
import { openDisplay } from './support/display.ts'

const parts: readonly Part[] = [register, start, calls, load, quality, row]
const usage = `npm run bench:edge -- [--only NAME] [--rounds N] [--phones A,B] [--headless] [--out FILE]

  --only NAME   one part, printed and not written: ${parts.map(({ name }) => name).join(', ')}
  --rounds N    how often the quick things are repeated, 20 by default; the slow ones in proportion
  --phones A,B  only these: chromium, electron, linphonec
  --headless    Chromium without a window
  --out FILE    instead of docs/benchmarks.md
  --help        this text
`
const page = path.resolve(import.meta.dirname, '../../docs/benchmarks.md')

interface Flags {
  only: string | undefined
  rounds: number
  phones: readonly string[] | undefined
  headless: boolean
  out: string | undefined
}

async function main(args: string[]): Promise<number> {
  const flags = readFlags(args)
  if (typeof flags === 'number') return flags
  if (!areProgramsThere()) return 1
  const machine = describeMachine()
  const startedAt = performance.now()
  await buildCompanion()
  const display = await openDisplay()
  const stage = await openStage(['1000', '2000', '3000'])
  try {
    const subjects = findSubjects(stage, flags, display !== undefined)
    const context: Context = {
      stage,
      subjects,
      rounds: flags.rounds,
      say: (line) => console.log(`  ${line}`),
    }
    const measured: Measured[] = []
    for (const part of parts) {
      if (flags.only === undefined || part.name === flags.only) measured.push(await runOne(part, context))
    }
    const section = toSection(machine, subjects, measured, (performance.now() - startedAt) / 1000)
    if (flags.only === undefined || flags.out !== undefined) write(flags.out ?? page, section)
    return measured.some(({ failed }) => failed !== undefined) ? 1 : 0
  } finally {
    await stage.close()
    await display?.close()
  }
}

async function runOne({ name, about, run }: Part, context: Context): Promise<Measured> {
  console.log(`\n${name}: ${about}`)
  try {
    const rows = await run(context)
    for (const row of rows) {
      const [what, aim, ...cells] = toCells(row, context.subjects)
      const named = context.subjects.map(({ name: of }, i) => `${of} ${cells[i]}`)
      console.log(
        `  ${what}: ${named.join('; ')}; ratio ${cells.at(-1)}${aim ? ` (aim ${aim})` : ''}`.replaceAll(
          '**',
          '',
        ),
      )
    }
    return { name, about, rows }
  } catch (error) {
    const failed = error instanceof Error ? error.message : String(error)
    console.error(`  could not be measured: ${error instanceof Error ? error.stack : failed}`)
    return { name, about, rows: [], failed }
  }
}

function findSubjects(stage: Stage, flags: Flags, hasDisplay: boolean): Subject[] {
  const all = [
    createChromium(stage, flags.headless || !hasDisplay),
    ...(hasDisplay ? [createElectron(stage)] : []),
    createLinphone(stage),
  ]
  return all.filter((one) => one !== undefined).filter(({ name }) => flags.phones?.includes(name) ?? true)
}

/** What is missing is installed where that is allowed, else named with the command. */
function areProgramsThere(): boolean {
  const edge = ensureEdgePackages()
  if (edge.length > 0) {
    console.error(`The SIP edge needs programs that are not here:\n  ${installCommand(edge.join(' '))}`)
  }
  const missing = ensureInstalled([
    linphonePackage,
    { command: 'flite', debian: 'flite', why: 'say what the quality is judged by' },
  ])
  if (missing.length > 0) console.error(missingText(missing))
  return edge.length === 0 && missing.length === 0
}

function write(file: string, section: string): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '# Benchmarks\n'
  writeFileSync(file, putSection(before, 'edge', section))
  console.log(`\nWritten: ${path.relative(process.cwd(), file)}`)
}

function readFlags(args: string[]): Flags | number {
  try {
    const options = {
      only: { type: 'string' },
      rounds: { type: 'string', default: '20' },
      phones: { type: 'string' },
      headless: { type: 'boolean', default: false },
      out: { type: 'string' },
      help: { type: 'boolean' },
    } as const
    const { values } = parseArgs({ args, options, strict: true, allowPositionals: false })
    if (values.help) {
      console.log(usage)
      return 0
    }
    const rounds = Number(values.rounds)
    if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds is a number from 1.')
    if (values.only !== undefined && !parts.some(({ name }) => name === values.only)) {
      throw new Error(`There is no part called ${values.only}.`)
    }
    const { only, headless, out } = values
    return { only, rounds, phones: values.phones?.split(','), headless, out }
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`)
    return 2
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
process.exit(await main(process.argv.slice(2)))
