// `npm run bench`: measures everything that has a goal and writes docs/benchmarks.md. Judges nothing, hides nothing.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { calls } from './benches/calls.ts'
import { events } from './benches/events.ts'
import { history } from './benches/history.ts'
import { idle } from './benches/idle.ts'
import { list } from './benches/list.ts'
import { record } from './benches/record.ts'
import { say } from './benches/say.ts'
import { silence } from './benches/silence.ts'
import { start } from './benches/start.ts'
import { wake } from './benches/wake.ts'
import type { Bench } from './figure.ts'
import { describeMachine } from './machine.ts'
import { readSection } from './marked-section.ts'
import { type Section, toReport, toWord } from './report.ts'
import { buildCompanion } from './support/companion.ts'

const benches: readonly Bench[] = [events, start, calls, say, silence, list, history, record, idle, wake]
const usage = `npm run bench -- [--only NAME] [--out FILE]

  --only NAME   one of them, printed and not written: ${benches.map(({ name }) => name).join(', ')}
  --out FILE    instead of docs/benchmarks.md
  --help        this text
`
const page = path.resolve(import.meta.dirname, '../../docs/benchmarks.md')

async function main(args: string[]): Promise<number> {
  const flags = readFlags(args)
  if (typeof flags === 'number') return flags
  const chosen = benches.filter(({ name }) => flags.only === undefined || name === flags.only)
  const machine = describeMachine()
  const startedAt = performance.now()
  await buildCompanion()
  const sections: Section[] = []
  for (const bench of chosen) sections.push(await runOne(bench))
  const seconds = (performance.now() - startedAt) / 1000
  console.log(`\nTook ${Math.round(seconds)} s.`)
  if (flags.only === undefined || flags.out !== undefined) {
    const file = flags.out ?? page
    const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
    const others = (['day', 'edge'] as const).map((name) => readSection(before, name)).filter(Boolean)
    writeFileSync(file, `${[toReport(machine, sections, seconds).trimEnd(), ...others].join('\n\n')}\n`)
    console.log(`Written: ${path.relative(process.cwd(), file)}`)
  }
  return sections.some(({ failed }) => failed !== undefined) ? 1 : 0
}

async function runOne({ name, about, run }: Bench): Promise<Section> {
  console.log(`\n${name}: ${about}`)
  try {
    const figures = await run((line) => console.log(`  ${line}`))
    for (const { what, goal, measured, met } of figures) {
      console.log(`  ${what}: ${measured} (goal ${goal}) ${toWord(met).replaceAll('*', '')}`)
    }
    return { name, about, figures }
  } catch (error) {
    const failed = error instanceof Error ? error.message : String(error)
    console.error(`  could not be measured: ${error instanceof Error ? error.stack : failed}`)
    return { name, about, figures: [], failed }
  }
}

function readFlags(args: string[]): { only: string | undefined; out: string | undefined } | number {
  try {
    const options = { only: { type: 'string' }, out: { type: 'string' }, help: { type: 'boolean' } } as const
    const { values } = parseArgs({ args, options, strict: true, allowPositionals: false })
    if (values.help) {
      console.log(usage)
      return 0
    }
    if (values.only !== undefined && !benches.some(({ name }) => name === values.only)) {
      throw new Error(`There is no bench called ${values.only}.`)
    }
    return { only: values.only, out: values.out }
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`)
    return 2
  }
}

process.exit(await main(process.argv.slice(2)))
