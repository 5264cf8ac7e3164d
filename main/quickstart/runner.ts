// Runs the checklist: all steps or one, each with its time and its proof; a failed step skips the rest and cleans up.
import { AppError, toAppError } from '../../common/kit/errors.ts'
import type { Log } from '../../common/kit/log.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Slice } from '../../common/kit/slice.ts'
import { waitFor, within } from '../../common/kit/wait.ts'
import {
  initialQuickstart,
  type Quickstart,
  type Step,
  type StepId,
  stepIds,
  whyNotStep,
} from '../../common/model/quickstart.ts'
import type { Context, Parts, Run } from './parts.ts'
import type { StepRow } from './step.ts'
import { steps as realSteps } from './steps.ts'

export interface QuickstartRunner {
  /** Begins and returns at once; the state tells the rest. Nothing when it runs already. */
  run(wanted?: Wanted): void
  /** Resolves when everything is cleaned up. */
  stop(): Promise<void>
  /** Stops, and forgets what was proven: it was proven of somebody else. */
  forget(): Promise<void>
}

/** Everything, or one step. */
export interface Wanted {
  only?: StepId | undefined
  /** Longest time of every step, instead of its own. */
  stepTimeoutMs?: number | undefined
}

export interface RunnerOptions {
  slice: Slice<Quickstart>
  parts: Parts
  log: Log
  sayText(): string
  steps?: Record<StepId, StepRow>
}

/** Cleaning up must not hang on a platform that is gone. */
const cleanUpMs = 5_000

/**
 *   idle → running → passed | failed | stopped → running …
 */
export function createQuickstart(scope: Scope, options: RunnerOptions): QuickstartRunner {
  const { slice, parts, log } = options
  const rows = options.steps ?? realSteps
  let run: Run = {}
  let current: { scope: Scope; done: Promise<void> } | undefined

  const change = (patch: Partial<Quickstart>) =>
    slice.set({ ...slice.get(), ...patch, callId: run.callId, sessionId: run.sessionId })
  const changeStep = (id: StepId, patch: Partial<Step>) =>
    change({ steps: slice.get().steps.map((step) => (step.id === id ? { ...step, ...patch } : step)) })

  const runStep = async (runScope: Scope, row: StepRow, timeoutMs = row.timeoutMs): Promise<boolean> => {
    const stepScope = runScope.child(row.id)
    const startedAt = Date.now()
    const context: Context = {
      scope: stepScope,
      parts,
      run,
      sayText: options.sayText(),
      startedAt,
      tell: (proof) => {
        const step = slice.get().steps.find(({ id }) => id === row.id)
        if (!stepScope.ended && step?.proof !== proof) changeStep(row.id, { proof })
      },
      until: (find, againMs) => waitFor(stepScope, (look) => watchAnd(stepScope, parts, look, againMs), find),
    }
    changeStep(row.id, { state: 'running', startedAt, ms: undefined, proof: undefined, error: undefined })
    try {
      // A step that hangs in a foreign promise still ends when it is stopped.
      const stopped = waitFor<string>(
        stepScope,
        () => () => {},
        () => undefined,
      )
      const proof = await within(stepScope, timeoutMs, Promise.race([row.run(context), stopped]), () =>
        row.late(context),
      )
      changeStep(row.id, { state: 'passed', proof, ms: Date.now() - startedAt })
      log.info(`quickstart ${row.id} passed in ${Date.now() - startedAt} ms`)
      return true
    } catch (thrown) {
      const error = runScope.ended ? new AppError('app.stopped') : toAppError(thrown)
      changeStep(row.id, { state: 'failed', error: error.toData(), ms: Date.now() - startedAt })
      log.warn(`quickstart ${row.id} failed: ${error.code}`, error.detail)
      return false
    } finally {
      await stepScope.end()
    }
  }

  const runAll = async (runScope: Scope, timeoutMs?: number) => {
    await cleanUp()
    run = {}
    change({
      status: 'running',
      startedAt: Date.now(),
      endedAt: undefined,
      steps: stepIds.map((id) => ({ id, state: 'waiting' })),
    })
    for (const id of stepIds) {
      if (closeStep(id)) continue
      if (await runStep(runScope, rows[id], timeoutMs)) continue
      skipRest()
      await cleanUp()
      return change({ status: runScope.ended ? 'stopped' : 'failed', endedAt: Date.now() })
    }
    change({ status: 'passed', endedAt: Date.now() })
  }
  const runOne = async (runScope: Scope, id: StepId, timeoutMs?: number) => {
    // A new call is a new run for the steps that follow it.
    if (id === 'placeCall') {
      await cleanUp()
      run = {}
    }
    change({ status: 'running', startedAt: Date.now(), endedAt: undefined })
    const passed = closeStep(id) || (await runStep(runScope, rows[id], timeoutMs))
    change({ status: statusOf(passed, runScope, slice.get().steps), endedAt: Date.now() })
  }
  /** A role that may not is no failure: it is said why, and everything else counts. */
  const closeStep = (id: StepId): boolean => {
    const closed = whyNotStep(parts.state().account, id)
    if (closed === undefined) return false
    changeStep(id, { state: 'skipped', proof: closed, error: undefined, ms: undefined })
    return true
  }
  const skipRest = () =>
    change({
      steps: slice
        .get()
        .steps.map((step) => (step.state === 'waiting' ? { ...step, state: 'skipped' } : step)),
    })

  /** Hangs up what this run has placed, on both sides; silent when there is nothing. */
  const cleanUp = async () => {
    const { sessionId, requestId } = run
    const live = parts.phone().sessions.some(({ id, status }) => id === sessionId && status !== 'ended')
    const work: Array<Promise<unknown>> = []
    if (sessionId !== undefined && live) work.push(parts.hangUpSession(sessionId))
    if (requestId !== undefined) work.push(parts.hangUpRequest(requestId))
    if (work.length === 0) return
    const settled = Promise.allSettled(work)
    await within(scope, cleanUpMs, settled, () => new AppError('network.timeout')).catch((error) =>
      log.warn('quickstart could not clean up', error),
    )
  }

  const begin = (work: (runScope: Scope) => Promise<void>) => {
    if (current || scope.ended) return
    const runScope = scope.child('quickstart')
    const done = work(runScope)
      .catch((error) => log.error('quickstart', error))
      .finally(() => {
        current = undefined
        return runScope.end()
      })
    current = { scope: runScope, done }
    change({ status: 'running' })
  }

  const stop = async () => {
    const { scope: runScope, done } = current ?? {}
    await runScope?.end()
    await done
  }

  return {
    run: ({ only, stepTimeoutMs } = {}) =>
      begin((runScope) => (only ? runOne(runScope, only, stepTimeoutMs) : runAll(runScope, stepTimeoutMs))),
    stop,
    async forget() {
      await stop()
      run = {}
      slice.set(initialQuickstart)
    },
  }
}

function watchAnd(scope: Scope, parts: Parts, look: () => void, againMs: number | undefined): () => void {
  const stop = parts.watch(look)
  const cancel = againMs === undefined ? () => {} : scope.every(againMs, look)
  return () => {
    stop()
    cancel()
  }
}

function statusOf(passed: boolean, runScope: Scope, steps: readonly Step[]): Quickstart['status'] {
  if (runScope.ended) return 'stopped'
  if (!passed) return 'failed'
  return steps.every(({ state }) => state === 'passed') ? 'passed' : 'idle'
}
