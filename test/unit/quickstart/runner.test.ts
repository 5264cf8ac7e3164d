// The runner of the checklist: order, time limits, stopping, skipping and cleaning up.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '../../../common/kit/errors.ts'
import { createSlice } from '../../../common/kit/slice.ts'
import { type AppState, initialAppState } from '../../../common/model/app-state.ts'
import { initialPhoneState, type PhoneState } from '../../../common/model/phone.ts'
import { initialQuickstart, type StepId, stepIds } from '../../../common/model/quickstart.ts'
import type { Context, Parts } from '../../../main/quickstart/parts.ts'
import { createQuickstart } from '../../../main/quickstart/runner.ts'
import type { StepRow } from '../../../main/quickstart/step.ts'
import { keepScopes } from '../../support/open-scopes.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

const newScope = keepScopes()
beforeEach(() => vi.useFakeTimers({ now: 1_800_000_000_000 }))
afterEach(() => vi.useRealTimers())

type Run = StepRow['run']

function setUp(runs: Partial<Record<StepId, Run>> = {}, app: AppState = initialAppState) {
  const did: string[] = []
  let phone: PhoneState = initialPhoneState
  const nothing = async () => {}
  const parts: Parts = {
    state: () => app,
    phone: () => phone,
    watch: () => () => {},
    signIn: nothing,
    provision: nothing,
    subscribe: nothing,
    register: nothing,
    placeTest: async () => ({ id: 'r1' }),
    legs: () => [],
    isOfRequest: () => false,
    whySilent: () => new AppError('call.noInvite'),
    whyOver: async () => new AppError('call.noInvite'),
    firstEvent: () => undefined,
    answer: nothing,
    hangUpSession: async (id) => void did.push(`hang up ${id}`),
    hangUpRequest: async (id) => void did.push(`end ${id}`),
    readCall: nothing,
    entries: () => [],
    say: () => [],
    sounds: () => [],
  }
  const steps = Object.fromEntries(
    stepIds.map((id): [StepId, StepRow] => [
      id,
      {
        id,
        timeoutMs: 1_000,
        late: () => new AppError('network.timeout', { detail: id }),
        run: async (context) => {
          did.push(id)
          return (await runs[id]?.(context)) ?? `${id} is proven`
        },
      },
    ]),
  ) as Record<StepId, StepRow>
  const slice = createSlice(initialQuickstart)
  const scope = newScope('app')
  const runner = createQuickstart(scope, {
    slice,
    parts,
    log: createQuietLog().log,
    sayText: () => 'Hello',
    steps,
  })
  const ring = () => {
    const session = { id: 's1', status: 'ringing' } as PhoneState['sessions'][number]
    phone = { ...phone, sessions: [session] }
  }
  const step = (id: StepId) => slice.get().steps.find((each) => each.id === id)
  const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms)
  return { runner, slice, did, step, settle, ring, scope }
}

const place: Run = async ({ run }) => {
  run.requestId = 'r1'
  run.sessionId = 's1'
  return 'placed'
}
const forever: Run = () => new Promise(() => {})

describe('[C.10] a plain agent', () => {
  const account = {
    status: 'signedIn',
    customerId: 'c',
    agentId: 'a',
    role: 'agent',
    credential: 'password',
    apiUrl: '',
    provenAt: 0,
    kept: 'memory',
  } as const

  it('proves what it may, and is told why the rest is not for it', async () => {
    const { runner, slice, did, settle } = setUp({}, { ...initialAppState, account })
    runner.run()
    await settle()
    expect(did).toEqual(['signIn', 'extension', 'subscribe', 'register'])
    expect(slice.get().status).toBe('passed')
    const rest = slice.get().steps.slice(4)
    expect(rest.every(({ state }) => state === 'skipped')).toBe(true)
    expect(rest[0]?.proof).toContain('needs the manager or admin permission; this account is an agent')
    expect(rest.at(-1)?.proof).toContain('Needs the test call')
  })
  it('is not offered the test call by itself either', async () => {
    const { runner, did, step, settle } = setUp({}, { ...initialAppState, account })
    runner.run({ only: 'placeCall' })
    await settle()
    expect(did).toEqual([])
    expect(step('placeCall')).toMatchObject({ state: 'skipped', proof: expect.stringContaining('agent') })
  })
})

describe('a run of all steps', () => {
  it('passes them in order, each with proof and time', async () => {
    const { runner, slice, did, settle } = setUp({
      signIn: async ({ scope }: Context) => {
        await scope.sleep(40)
        return 'known'
      },
    })
    runner.run()
    await settle(40)
    expect(did).toEqual(stepIds)
    expect(slice.get().status).toBe('passed')
    expect(slice.get().steps[0]).toMatchObject({ state: 'passed', proof: 'known', ms: 40 })
    expect(slice.get().endedAt).toBe(1_800_000_000_040)
  })
  it('shows what is known while a step runs', async () => {
    const { runner, step, settle } = setUp({
      speech: async ({ tell, scope }) => {
        tell('Speak now.')
        await scope.sleep(500)
        return 'spoken'
      },
    })
    runner.run()
    await settle()
    expect(step('speech')).toMatchObject({ state: 'running', proof: 'Speak now.' })
    await settle(500)
    expect(step('speech')).toMatchObject({ state: 'passed', proof: 'spoken' })
  })
  it('skips the rest after a failure and hangs up on both sides', async () => {
    const { runner, slice, did, step, settle, ring } = setUp({
      placeCall: place,
      answer: async () => {
        ring()
        throw new AppError('media.micDenied')
      },
    })
    runner.run()
    await settle()
    expect(slice.get().status).toBe('failed')
    expect(step('answer')).toMatchObject({ state: 'failed', error: { code: 'media.micDenied' } })
    expect(step('greeting')?.state).toBe('skipped')
    expect(did.slice(-2)).toEqual(['hang up s1', 'end r1'])
  })
  it('fails a step that takes too long with the cause that the step knows', async () => {
    const { runner, step, settle } = setUp({ register: forever })
    runner.run()
    await settle(1_000)
    expect(step('register')).toMatchObject({
      state: 'failed',
      ms: 1_000,
      error: { code: 'network.timeout', detail: 'register' },
    })
  })
  it('takes another limit for every step when given', async () => {
    const { runner, step, settle } = setUp({ register: forever })
    runner.run({ stepTimeoutMs: 50 })
    await settle(50)
    expect(step('register')).toMatchObject({ state: 'failed', ms: 50 })
    runner.run({ only: 'register', stepTimeoutMs: 70 })
    await settle(70)
    expect(step('register')).toMatchObject({ state: 'failed', ms: 70 })
  })
  it('takes the limits of the steps again in the next run', async () => {
    const { runner, step, settle } = setUp({ register: forever })
    runner.run({ stepTimeoutMs: 50 })
    await settle(50)
    runner.run()
    await settle(999)
    expect(step('register')).toMatchObject({ state: 'running' })
    await settle(1)
    expect(step('register')).toMatchObject({ state: 'failed', ms: 1_000 })
  })
  it('begins anew each time, after ending the call of the run before', async () => {
    const { runner, slice, did, settle } = setUp({ placeCall: place })
    runner.run()
    await settle()
    did.length = 0
    runner.run()
    await settle()
    expect(did[0]).toBe('end r1')
    expect(slice.get().status).toBe('passed')
  })
  it('is one at a time', async () => {
    const { runner, did, settle } = setUp()
    runner.run()
    runner.run()
    await settle()
    expect(did).toEqual(stepIds)
  })
  it('translates what a step throws', async () => {
    const { runner, step, settle } = setUp({
      say: async () => {
        throw new TypeError('x is not a function')
      },
    })
    runner.run()
    await settle()
    expect(step('say')?.error).toMatchObject({ code: 'app.unexpected', detail: 'x is not a function' })
  })
})

describe('stopping', () => {
  it('ends the running step, also one that hangs, and cleans up', async () => {
    const { runner, slice, did, step, settle } = setUp({ placeCall: place, ring: forever })
    runner.run()
    await settle()
    await runner.stop()
    expect(step('ring')).toMatchObject({ state: 'failed', error: { code: 'app.stopped' } })
    expect(slice.get().status).toBe('stopped')
    expect(did.at(-1)).toBe('end r1')
  })
  it('does not hang on a platform that is gone', async () => {
    const { runner, slice, settle } = setUp({ placeCall: place, ring: forever })
    runner.run()
    await settle()
    const stopped = runner.stop()
    await settle(5_000)
    await stopped
    expect(slice.get().status).toBe('stopped')
  })
  it('is nothing when nothing runs', async () => {
    const { runner, slice } = setUp()
    await runner.stop()
    expect(slice.get().status).toBe('idle')
  })
})

describe('a single step', () => {
  it('leaves the others as they are and keeps the call up when it fails', async () => {
    const { runner, slice, did, settle } = setUp({
      placeCall: place,
      speech: async () => {
        throw new AppError('media.micSilent')
      },
    })
    runner.run({ only: 'placeCall' })
    await settle()
    runner.run({ only: 'speech' })
    await settle()
    expect(slice.get().status).toBe('failed')
    expect(slice.get().steps.filter(({ state }) => state === 'waiting')).toHaveLength(10)
    expect(did).toEqual(['placeCall', 'speech'])
  })
  it('that places a call ends the one before', async () => {
    const { runner, did, settle } = setUp({ placeCall: place })
    runner.run({ only: 'placeCall' })
    await settle()
    runner.run({ only: 'placeCall' })
    await settle()
    expect(did).toEqual(['placeCall', 'end r1', 'placeCall'])
  })
  it('that was the last one missing makes the whole passed', async () => {
    const { runner, slice, settle } = setUp()
    for (const id of stepIds) {
      runner.run({ only: id })
      await settle()
    }
    expect(slice.get().status).toBe('passed')
  })
})
