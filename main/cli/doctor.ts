// `npm run doctor`: looks at the network between here and a VoIPBIN without a window and without signing in.
import path from 'node:path'
import process from 'node:process'
import { createStore } from 'zustand/vanilla'
import { createScope } from '../../common/kit/scope.ts'
import { sliceOf } from '../../common/kit/slice.ts'
import { type DoctorRun, initialDoctorRun } from '../../common/model/doctor.ts'
import { compareRuns } from '../doctor/compare.ts'
import { createDoctor } from '../doctor/doctor.ts'
import { thisMachine } from '../doctor/machine.ts'
import { toTarget } from '../doctor/target.ts'
import { createReach } from '../reach.ts'
import { openPracticeProcess, spawnPractice } from '../shells/practice-process.ts'
import { type DoctorFlags, help, parseDoctorFlags } from './doctor-flags.ts'
import * as reports from './doctor-report.ts'
import { errorText } from './error-text.ts'
import { UsageError } from './flags.ts'

const log = { debug() {}, info() {}, warn() {}, error() {} }
const practiceFile = path.resolve(import.meta.dirname, '../practice/practice.js')

async function main(args: string[]): Promise<number> {
  const scope = createScope('doctor', () => {})
  try {
    const flags = parseDoctorFlags(args)
    if (flags.help) return tell(help)
    const before = flags.compare === undefined ? undefined : reports.readReport(flags.compare)
    const { run, place } = await examine(flags, scope)
    console.log(`\n${reports.verdictText(run)}`)
    if (before) console.log(`\nWhat differs:\n${reports.differencesText(compareRuns(run.checks, before))}`)
    const report = reports.toReport(run, place)
    if (flags.json) reports.writeJson(flags.json, report)
    if (flags.junit) reports.writeJunit(flags.junit, report)
    return run.status === 'done' && run.verdict?.state !== 'failed' ? 0 : 1
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) {
      console.error(errorText(thrown))
      return 1
    }
    console.error(`${thrown.message}\n\n${help}`)
    return 2
  } finally {
    await scope.end()
  }
}

async function examine({ settings, iceServers }: DoctorFlags, scope: ReturnType<typeof createScope>) {
  const practice =
    settings.environment === 'practice'
      ? await openPracticeProcess(scope, spawnPractice(practiceFile, settings.dialect), log)
      : undefined
  const target = toTarget(settings, iceServers, { practice })
  console.log(`Doctor on ${target.apiUrl.host}\n`)
  const store = createStore<{ doctor: DoctorRun }>(() => ({ doctor: initialDoctorRun }))
  const told = new Set<string>()
  store.subscribe(({ doctor }) => {
    for (const check of doctor.checks) {
      if (check.state === 'waiting' || check.state === 'running' || told.has(check.id)) continue
      told.add(check.id)
      console.log(reports.checkLine(check))
    }
  })
  const doctor = createDoctor({
    slice: sliceOf(store, 'doctor'),
    machine: thisMachine,
    reach: createReach({ settings: { current: () => settings }, log, resolveProxy: undefined }),
    target: async () => target,
  })
  process.once('SIGINT', doctor.stop)
  return { run: await doctor.run(), place: target.apiUrl.host }
}

function tell(text: string): number {
  console.log(text)
  return 0
}

process.exitCode = await main(process.argv.slice(2))
