import { expect, test } from 'vitest'
import { initialAppState } from '../../../common/model/app-state.ts'
import { initialPhoneState } from '../../../common/model/phone.ts'
import { stepIds } from '../../../common/model/quickstart.ts'
import {
  anError,
  aRun,
  aSession,
  linkedApp,
  signedInApp,
  withSessions,
} from '../../../renderer/gallery/people.ts'
import { isQuickstartCall, toQuickstart } from '../../../renderer/view/quickstart-view.ts'
import { rememberActions } from '../../support/screen-fixtures.ts'

const view = (app = initialAppState, phone = initialPhoneState) =>
  toQuickstart(app, phone, rememberActions().actions)

test('a first start has practice chosen and needs no credentials', () => {
  expect(view()).toMatchObject({ environment: 'practice', needsCredentials: false, done: 0 })
})

test('all other places need credentials until somebody is signed in', () => {
  const elsewhere = { ...initialAppState.settings, environment: 'production' as const }
  expect(view({ ...initialAppState, settings: elsewhere }).needsCredentials).toBe(true)
  expect(view({ ...signedInApp, settings: elsewhere }).needsCredentials).toBe(false)
})

test('a sign-in that failed before any run says why; after a run its step does', () => {
  const error = anError('account.rejected')
  const failed = { ...initialAppState, account: { status: 'failed' as const, error } }
  expect(view(failed).signInError).toEqual(error)
  const ran = aRun('signIn', 'failed', { error })
  expect(view({ ...failed, quickstart: ran }).signInError).toBeUndefined()
  expect(view().signInError).toBeUndefined()
})

test('while it runs it can be stopped, and nothing else can be started', () => {
  const running = view({ ...signedInApp, quickstart: aRun('register', 'running') })
  expect(running.run).toBeUndefined()
  expect(running.choose).toBeUndefined()
  expect(running.steps.some((step) => step.run)).toBe(false)
  expect(running.stop).toBeDefined()
  expect(running.running).toMatchObject({ number: 4, title: 'Register the phone' })
})

test('one step alone is asked for by its name', () => {
  const { actions, calls } = rememberActions()
  toQuickstart(initialAppState, initialPhoneState, actions).steps[3]?.run?.()
  expect(calls).toEqual([['ask', 'quickstart.run', { only: 'register' }]])
})

test('a waiting step says what will prove it, a passed one its proof', () => {
  const { steps } = view({ ...signedInApp, quickstart: aRun('register', 'running') })
  expect(steps[0]?.text).toContain('Acme Support')
  expect(steps[11]?.text).toContain('nothing is left behind')
})

test('the prompt to speak appears only in the step that listens, with a live session', () => {
  const listening = { ...linkedApp, quickstart: aRun('speech', 'running') }
  expect(view(listening, withSessions(aSession())).speakNow).toEqual({ sessionId: 'session-1' })
  expect(view(listening).speakNow).toBeUndefined()
  expect(
    view({ ...linkedApp, quickstart: aRun('say', 'running') }, withSessions(aSession())).speakNow,
  ).toBeUndefined()
})

test('a whole run is praised with its time, a part of it is not called everything', () => {
  const whole = aRun('hangUp', 'passed')
  expect(view({ ...signedInApp, quickstart: whole }).result).toMatchObject({
    tone: 'good',
    title: `All ${stepIds.length} steps proven in 14.3 s`,
  })
  const part = {
    ...whole,
    steps: whole.steps.map((step, i) => (i === 0 ? step : { id: step.id, state: 'waiting' as const })),
  }
  expect(view({ ...signedInApp, quickstart: part }).result?.title).not.toContain('All')
})

test('a failure names the step and its cause', () => {
  const quickstart = aRun('register', 'failed', { error: anError('sip.rejected') })
  const { result, steps } = view({ ...signedInApp, quickstart })
  expect(result).toMatchObject({ tone: 'bad', title: 'Stopped at step 4: Register the phone' })
  expect(steps[4]).toMatchObject({ state: 'skipped', text: 'Skipped: a step before it failed.' })
})

test('the call of a running quickstart is not offered for answering, any other is', () => {
  const app = { ...signedInApp, quickstart: aRun('ring', 'running') }
  expect(isQuickstartCall(app, 'session-1')).toBe(true)
  expect(isQuickstartCall(app, 'session-2')).toBe(false)
  expect(isQuickstartCall(signedInApp, 'session-1')).toBe(false)
})
