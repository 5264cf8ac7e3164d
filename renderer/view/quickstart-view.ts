// The Quickstart as a snapshot: where to, the checklist, what can be pressed, and how it ended.

import type { ErrorData } from '../../common/kit/errors.ts'
import type { AppState } from '../../common/model/app-state.ts'
import type { PhoneState } from '../../common/model/phone.ts'
import {
  type Step,
  type StepId,
  type StepState,
  stepTexts,
  whyNotStep,
} from '../../common/model/quickstart.ts'
import { toRunId } from '../../common/model/record.ts'
import { whyNot } from '../../common/model/roles.ts'
import type { Environment } from '../../common/model/settings.ts'
import type { Phrase } from '../../common/words/placeholders.ts'
import { phrase, say } from '../../common/words/say.ts'
import type { Actions } from './actions.ts'
import { toTook } from './format.ts'

export interface StepView {
  id: StepId
  number: number
  state: StepState
  title: string
  /** The proof when there is one, else what will be proven. */
  text: string
  took: string | undefined
  error: ErrorData | undefined
  run: (() => void) | undefined
}

export interface QuickstartView {
  environment: Environment
  choose: ((environment: Environment) => void) | undefined
  /** Practice brings its own credentials; everywhere else somebody must sign in first. */
  needsCredentials: boolean
  /** Why nobody is signed in, where no step says it: a sign-in at the start, or before the window was opened anew. */
  signInError: ErrorData | undefined
  steps: StepView[]
  done: number
  /** While it runs: which step, and since when. */
  running: { number: number; title: string; startedAt: number | undefined } | undefined
  run: (() => void) | undefined
  runLabel: string
  stop: (() => void) | undefined
  /** Of the flight record of the run that is over. */
  recordId: string | undefined
  result: { tone: 'good' | 'bad' | 'idle'; title: string; text: string } | undefined
  /** Now the person has to say something. */
  speakNow: { sessionId: string } | undefined
  callId: string | undefined
}

export const environments: readonly { value: Environment; title: Phrase; text: Phrase }[] = [
  { value: 'practice', title: phrase('Practice'), text: phrase('Built in. No account, no network.') },
  { value: 'production', title: phrase('Production'), text: { text: 'api.voipbin.net' } },
  { value: 'sandbox', title: phrase('Sandbox'), text: phrase('VoIPBIN on your own machine.') },
  { value: 'custom', title: phrase('Own address'), text: phrase('Any other VoIPBIN server.') },
]

export function toQuickstart(app: AppState, phone: PhoneState, actions: Actions): QuickstartView {
  const { quickstart, settings, account } = app
  const running = quickstart.status === 'running'
  const runOne = (only: StepId) => () => void actions.ask('quickstart.run', { only })
  const speaking = quickstart.steps.some((step) => step.id === 'speech' && step.state === 'running')
  const session = phone.sessions.find((one) => one.id === quickstart.sessionId)
  return {
    environment: settings.environment,
    choose: running ? undefined : (environment) => actions.change({ environment }),
    needsCredentials: settings.environment !== 'practice' && account.status !== 'signedIn',
    signInError: quickstart.status === 'idle' && 'error' in account ? account.error : undefined,
    steps: quickstart.steps.map((step, index) =>
      toStep(step, index, running || whyNotStep(account, step.id) ? undefined : runOne(step.id)),
    ),
    done: quickstart.steps.filter((step) => step.state === 'passed').length,
    running: running ? toRunning(app) : undefined,
    run: running ? undefined : () => void actions.ask('quickstart.run', {}),
    runLabel: quickstart.status === 'idle' ? say('Run the quickstart') : say('Run it again'),
    stop: running ? () => void actions.ask('quickstart.stop', {}) : undefined,
    recordId: toRecord(app),
    result: toResult(app),
    speakNow: running && speaking && session ? { sessionId: session.id } : undefined,
    callId: quickstart.callId,
  }
}

/** The running quickstart answers its own call; until the match is made, the call that rings is taken for it. */
export function isQuickstartCall({ quickstart }: Pick<AppState, 'quickstart'>, sessionId: string): boolean {
  if (quickstart.status !== 'running') return false
  return quickstart.sessionId === undefined || quickstart.sessionId === sessionId
}

function toRunning({ quickstart: { steps, startedAt } }: AppState): QuickstartView['running'] {
  const found = steps.findIndex((step) => step.state === 'running')
  const index =
    found >= 0
      ? found
      : Math.max(
          0,
          steps.findIndex((step) => step.state === 'waiting'),
        )
  const step = steps[index]
  return step && { number: index + 1, title: say(stepTexts[step.id].title), startedAt }
}

function toStep(step: Step, index: number, run: (() => void) | undefined): StepView {
  const { title, proves } = stepTexts[step.id]
  return {
    id: step.id,
    number: index + 1,
    state: step.state,
    title: say(title),
    text: step.proof ?? (step.state === 'skipped' ? say('Skipped: a step before it failed.') : say(proves)),
    took: step.ms === undefined ? undefined : toTook(step.ms),
    error: step.error,
    run,
  }
}

function toRecord({ quickstart: { status, startedAt }, settings }: AppState): string | undefined {
  const isOver = status === 'passed' || status === 'failed' || status === 'stopped'
  return isOver && startedAt !== undefined && settings.records.keep ? toRunId(startedAt) : undefined
}

function toResult({ quickstart, account }: AppState): QuickstartView['result'] {
  const { status, steps, startedAt, endedAt } = quickstart
  const took =
    startedAt !== undefined && endedAt !== undefined ? toTook(Math.max(0, endedAt - startedAt)) : undefined
  const failed = steps.find((step) => step.state === 'failed')
  const passed = steps.filter((step) => step.state === 'passed').length
  const closed = whyNot(account, 'placeCalls')
  if (status === 'passed') {
    const all = passed === steps.length
    return {
      tone: 'good',
      title: toProven(all ? passed : undefined, took),
      text: all
        ? say(
            'Signed in, registered, called, heard, transcribed, spoken and hung up. Each with its evidence.',
          )
        : [say('{passed} of {n} steps have their proof.', { passed, n: steps.length }), closed]
            .filter(Boolean)
            .join(' '),
    }
  }
  if (status === 'failed' && failed) {
    return {
      tone: 'bad',
      title: say('Stopped at step {number}: {title}', {
        number: steps.indexOf(failed) + 1,
        title: stepTexts[failed.id].title,
      }),
      text: say(failed.error?.say ?? phrase('See the step for its cause.').text),
    }
  }
  if (status === 'stopped') {
    return {
      tone: 'idle',
      title: say('Stopped'),
      text: say('{passed} of {n} steps have their proof.', { passed, n: steps.length }),
    }
  }
  return undefined
}

/** `steps`: how many, when it was all of them. */
function toProven(steps: number | undefined, took: string | undefined): string {
  if (steps === undefined) return took === undefined ? say('Proven') : say('Proven in {took}', { took })
  return took === undefined
    ? say('{steps, plural, one {The step is} other {All # steps}} proven', { steps })
    : say('{steps, plural, one {The step is} other {All # steps}} proven in {took}', { steps, took })
}
