// Runs the tree of checks: each as soon as what it stands on is known, with its time, and a verdict at the end.
import { toAppError } from '../../common/kit/errors.ts'
import type { Slice } from '../../common/kit/slice.ts'
import { type Check, type CheckId, type DoctorRun, initialDoctorRun } from '../../common/model/doctor.ts'
import { phrase } from '../../common/words/say.ts'
import type { Reach } from '../platform/tls.ts'
import { toAllowList } from './allow-list.ts'
import {
  type CheckRow,
  failed,
  type Look,
  type Machine,
  type Outcome,
  skipped,
  type Target,
} from './check.ts'
import { tree } from './tree.ts'
import { toVerdict } from './verdict.ts'

export interface Doctor {
  /** Looks at everything anew; resolves with the whole. A run under way is stopped first. */
  run(): Promise<DoctorRun>
  stop(): void
}

export interface DoctorParts {
  slice: Slice<DoctorRun>
  machine: Machine
  reach: Reach
  /** Throws AppError when the settings name no server. */
  target(): Promise<Target>
  rows?: readonly CheckRow[]
  patienceMs?: number
}

/**
 *   idle → running → done | stopped → running …
 */
export function createDoctor({
  slice,
  machine,
  reach,
  target,
  rows = tree,
  patienceMs = 4_000,
}: DoctorParts): Doctor {
  let current: AbortController | undefined

  return {
    async run() {
      current?.abort()
      const own = new AbortController()
      current = own
      // What a run that was stopped still learns belongs to nobody.
      const set = (next: DoctorRun) => own === current && slice.set(next)
      const seen = await target()
      set({ ...initialDoctorRun, status: 'running', startedAt: machine.now() })
      const look: Look = { target: seen, machine, reach, signal: own.signal, patienceMs, known: {} }
      const change = (id: CheckId, patch: Partial<Check>) =>
        set({
          ...slice.get(),
          checks: slice.get().checks.map((one) => (one.id === id ? { ...one, ...patch } : one)),
        })
      await runTree(rows, look, change)
      const { checks } = slice.get()
      set({
        ...slice.get(),
        status: own.signal.aborted ? 'stopped' : 'done',
        endedAt: machine.now(),
        ...(own.signal.aborted ? {} : { verdict: toVerdict(checks, rows) }),
        allowList: toAllowList(look.target),
      })
      return slice.get()
    },
    stop: () => current?.abort(),
  }
}

type Change = (id: CheckId, patch: Partial<Check>) => void

/** Side by side where nothing stands between: a slow one holds up only what stands on it. */
async function runTree(rows: readonly CheckRow[], look: Look, change: Change): Promise<void> {
  const ends = new Map<CheckId, Promise<Outcome>>()
  for (const row of rows) {
    const below = row.after.flatMap((id) => ends.get(id) ?? [])
    ends.set(row.id, runRow(row, Promise.all(below), look, change))
  }
  await Promise.all(ends.values())
}

async function runRow(
  row: CheckRow,
  below: Promise<Outcome[]>,
  look: Look,
  change: Change,
): Promise<Outcome> {
  const isBlocked = (await below).some(({ state, says }) => state === 'failed' || says === blocked)
  const startedAt = performance.now()
  if (!isBlocked && !look.signal.aborted) change(row.id, { state: 'running' })
  const outcome = look.signal.aborted
    ? skipped(stopped)
    : isBlocked
      ? skipped(blocked)
      : await lookOnce(row, look)
  const { error, evidence = [], ...rest } = outcome
  const ms = Math.round(performance.now() - startedAt)
  change(row.id, {
    ...rest,
    evidence,
    ...(error ? { error: error.toData() } : {}),
    ...(isBlocked ? {} : { ms }),
  })
  return outcome
}

const blocked = phrase('Not asked: what it stands on failed')
const stopped = phrase('Stopped')

/** A check that itself breaks says so, and is never taken for health. */
async function lookOnce(row: CheckRow, look: Look): Promise<Outcome> {
  try {
    return await row.look(look)
  } catch (thrown) {
    return failed(phrase('The check itself failed'), toAppError(thrown), 'possible')
  }
}
