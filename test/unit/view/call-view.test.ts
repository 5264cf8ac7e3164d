import { expect, test } from 'vitest'
import { initialAppState } from '../../../common/model/app-state.ts'
import { initialPhoneState } from '../../../common/model/phone.ts'
import {
  anError,
  aSession,
  linkedApp,
  now,
  registeredPhone,
  signedInApp,
  withSessions,
} from '../../../renderer/gallery/people.ts'
import { toCall } from '../../../renderer/view/call-view.ts'
import { toTitle } from '../../../renderer/view/title-view.ts'
import { rememberActions } from '../../support/screen-fixtures.ts'

const { actions, calls } = rememberActions()
const ringing = aSession({
  id: 'session-2',
  status: 'ringing',
  startedAt: now,
  answeredAt: undefined,
  media: undefined,
})

test('a test call can be placed only when signed in and registered, and else it says why', () => {
  expect(toCall(initialAppState, initialPhoneState, actions)).toMatchObject({
    phase: 'idle',
    place: undefined,
    reason: 'Sign in first.',
  })
  expect(toCall(signedInApp, initialPhoneState, actions)).toMatchObject({ place: undefined })
  const ready = toCall(signedInApp, registeredPhone, actions)
  if (ready.phase !== 'idle') throw new Error('not idle')
  ready.place?.()
  expect(calls.at(-1)).toEqual(['ask', 'call.placeTest', {}])
})

test('an agent is not offered to place a call, and told why', () => {
  const { account } = signedInApp
  if (account.status !== 'signedIn') throw new Error('not signed in')
  const agent = { ...signedInApp, account: { ...account, role: 'agent' as const } }
  const view = toCall(agent, registeredPhone, actions)
  expect(view).toMatchObject({ place: undefined, prepare: undefined })
  expect(view).toHaveProperty('reason', expect.stringContaining('this account is an agent'))
})

test('a phone that lost its registration shows the cause', () => {
  const error = anError('sip.unreachable')
  const view = toCall(
    signedInApp,
    { ...registeredPhone, registration: { status: 'refused', error } },
    actions,
  )
  expect(view).toMatchObject({ phase: 'idle', title: 'Not reachable', error })
})

test('an invitation rings and can be answered or declined', () => {
  const view = toCall(signedInApp, withSessions(ringing), actions)
  if (view.phase !== 'ringing') throw new Error('does not ring')
  view.answer?.()
  view.decline?.()
  expect(calls.slice(-2)).toEqual([
    ['answer', 'session-2'],
    ['decline', 'session-2'],
  ])
})

test('a second invitation waits beside the call, which stays in front', () => {
  const view = toCall(linkedApp, withSessions(aSession(), ringing), actions)
  expect(view).toMatchObject({
    phase: 'inCall',
    sessionId: 'session-1',
    others: [{ kind: 'ringing', sessionId: 'session-2' }],
  })
})

test('before a call is up, mute and keypad are impossible but hanging up is not', () => {
  const view = toCall(signedInApp, withSessions({ ...ringing, status: 'answering' }), actions)
  expect(view).toMatchObject({
    phase: 'inCall',
    mute: undefined,
    keys: { press: undefined },
    since: undefined,
  })
  expect(view).toHaveProperty('hangUp')
})

test('muting asks for the opposite of what is', () => {
  const view = toCall(linkedApp, withSessions(aSession({ sending: 'muted' })), actions)
  if (view.phase !== 'inCall') throw new Error('not in a call')
  view.mute?.()
  expect(calls.at(-1)).toEqual(['setMuted', 'session-1', false])
})

test('a microphone that delivers zeros is told, although everything else works', () => {
  const { media } = aSession()
  const session = aSession({ media: media && { ...media, microphone: 'digitalSilence' } })
  expect(toCall(linkedApp, withSessions(session), actions)).toHaveProperty(
    'warning',
    expect.stringContaining('silence'),
  )
})

test('after the call its transcript and its outcome stay', () => {
  const ended = aSession({ status: 'ended', endedAt: now, outcome: 'hungUpByThem' })
  const view = toCall(linkedApp, withSessions(ended), actions)
  expect(view).toMatchObject({
    phase: 'idle',
    callId: linkedApp.links['session-1'] && expect.any(String),
    last: { text: 'They hung up', lengthMs: 78_000 },
  })
})

test('the title tells of ringing before it tells of the call', () => {
  expect(toTitle(registeredPhone)).toBe('VoIPBIN Companion')
  expect(toTitle(withSessions(aSession()))).toContain('In call')
  expect(toTitle(withSessions(aSession(), ringing))).toContain('Ringing')
})
