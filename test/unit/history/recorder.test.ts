// What is written of a call, and when.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createScope, type Scope } from '../../../common/kit/scope.ts'
import { type AppState, initialAppState } from '../../../common/model/app-state.ts'
import { isMissed } from '../../../common/model/history.ts'
import { initialPhoneState, type PhoneState } from '../../../common/model/phone.ts'
import type { TranscriptEntry } from '../../../common/model/transcript.ts'
import { openRecorder } from '../../../main/history/recorder.ts'
import type { Change } from '../../../main/history/store.ts'
import { toMissed } from '../../../main/ringing/missed.ts'
import { aSession, signedInApp } from '../../../renderer/gallery/people.ts'
import { aSpokenLine } from '../../support/history.ts'

let scope: Scope
let changes: Change[]
beforeEach(() => {
  scope = createScope('test')
  changes = []
})
afterEach(() => scope.end())

const session = aSession()
const link = { status: 'linked', callId: 'call-1', by: 'contact' } as const
function open(known: TranscriptEntry[] = []) {
  const phone = createStore<PhoneState>(() => initialPhoneState)
  const app = createStore<AppState>(() => initialAppState)
  const put = (change: Change) => void changes.push(change)
  const recorder = openRecorder(scope, { phone, app, put, entriesOf: () => known })
  return { phone, app, recorder }
}
const ops = () => changes.map(({ op }) => op)

it('a call is written when something of it changed, and not with every packet that is counted', () => {
  const { phone } = open()
  phone.setState({ sessions: [session] })
  phone.setState({ sessions: [{ ...session, sending: 'muted' }] })
  expect(ops()).toEqual(['call'])
  phone.setState({
    sessions: [{ ...session, status: 'ended', outcome: 'hungUpByUs', endedAt: session.startedAt + 9 }],
  })
  expect(ops()).toEqual(['call', 'call'])
})
it('lines that came before the match are written with it, interim ones never', () => {
  const early = aSpokenLine('a', 'Early.')
  const { phone, app, recorder } = open([early, aSpokenLine('i', 'Inter', { status: 'interim' })])
  phone.setState({ sessions: [session] })
  app.setState({ links: { [session.id]: link } })
  expect(changes.at(-1)).toMatchObject({ op: 'lines', entries: [early] })
  recorder.entries('call-1', [aSpokenLine('j', 'Inter', { status: 'interim' })])
  expect(ops()).toEqual(['call', 'call', 'lines'])
})
it('lines that come after the session has left the phone still find their call', () => {
  const { phone, app, recorder } = open()
  phone.setState({ sessions: [session] })
  app.setState({ links: { [session.id]: link } })
  phone.setState({ sessions: [] })
  changes = []
  recorder.entries('call-1', [aSpokenLine('late', 'Last words.')])
  expect(ops()).toEqual(['lines'])
})
it('a new database is told everything of the present calls once more', () => {
  const { phone, app, recorder } = open([aSpokenLine('a', 'Said before.')])
  phone.setState({ sessions: [session] })
  app.setState({ links: { [session.id]: link } })
  changes = []
  recorder.again()
  expect(ops()).toEqual(['call', 'lines'])
})
it('belongs to the profile that it began in', () => {
  const { phone, app } = open()
  phone.setState({ sessions: [session] })
  app.setState({ profiles: { ...initialAppState.profiles, now: 'office' } })
  phone.setState({ sessions: [{ ...session, status: 'ended', outcome: 'hungUpByUs' }] })
  expect(changes.map((change) => change.op === 'call' && change.call.profile)).toEqual(['default', 'default'])
})
const lastCall = () => {
  const change = changes.findLast(({ op }) => op === 'call')
  if (change?.op !== 'call') throw new Error('no call')
  return change.call
}
const number = '+4930123456'
const byNumber = { ...session, remote: { user: number, host: 'x.test', displayName: '' } }
const ended = { status: 'ended', outcome: 'hungUpByUs' } as const

it.each([
  ['ended before', ended],
  ['is up still', {}],
])('a name that was known stays when its finder signs out, and the call %s', (_when, more) => {
  const { phone, app } = open()
  app.setState({ account: signedInApp.account, people: { [number]: { name: 'Ada Byron' } } })
  phone.setState({ sessions: [byNumber] })
  phone.setState({ sessions: [{ ...byNumber, ...more }] })
  if (!('status' in more)) app.setState({ account: { status: 'signedOut' } })
  app.setState({ people: {} })
  app.setState({ links: {} })
  phone.setState({ sessions: [{ ...byNumber, ...ended }] })
  expect(lastCall()).toMatchObject({ name: 'Ada Byron', address: `${number}@x.test` })
})
it('a better name is written after the end, too', () => {
  const { phone, app } = open()
  app.setState({ account: signedInApp.account })
  phone.setState({ sessions: [{ ...byNumber, ...ended }] })
  expect(lastCall().name).toBe(number)
  app.setState({ people: { [number]: { name: 'Ada Byron' } } })
  expect(lastCall().name).toBe('Ada Byron')
})
it('a joined call is of whom it joins, by name and address, also after the sign-out', () => {
  const { phone, app } = open()
  app.setState({ account: signedInApp.account, people: { [number]: { name: 'Ada Byron' } } })
  phone.setState({ sessions: [session] })
  app.setState({
    links: { [session.id]: link },
    bridged: { 'call-1': { from: session.remote.user, to: number, far: 'up' } },
  })
  expect(lastCall()).toMatchObject({ name: 'Ada Byron', address: number })
  phone.setState({ sessions: [{ ...session, ...ended }] })
  app.setState({ people: {}, bridged: {}, links: {} })
  expect(lastCall()).toMatchObject({ name: 'Ada Byron', address: number })
})
it.each([
  [undefined, 'declined', false],
  ['do not disturb', 'doNotDisturb', true],
  ['busy with another call', 'engaged', true],
])(
  'a call declined for the reason %s is written as %s, and missed in the tray as in the history: %s',
  (reason, outcome, missed) => {
    const { phone } = open()
    const ended = {
      ...session,
      answeredAt: undefined,
      direction: 'incoming',
      status: 'ended',
      outcome: 'declined',
      reason,
    } as const
    phone.setState({ sessions: [ended] })
    const change = changes.at(-1)
    if (change?.op !== 'call') throw new Error('no call')
    expect(change.call.outcome).toBe(outcome)
    expect([isMissed(change.call), toMissed(ended, initialAppState.people) !== undefined]).toEqual([
      missed,
      missed,
    ])
  },
)
