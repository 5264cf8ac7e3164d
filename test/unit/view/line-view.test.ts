// The Call screen where calls are made, held, swapped and handed over: what is said, and what can be pressed.
import { expect, test } from 'vitest'
import * as rules from '../../../common/kit/phone-number.ts'
import type { Session, Transfer } from '../../../common/model/phone.ts'
import {
  anError,
  aSession,
  linkedApp,
  now,
  signedInApp,
  withSessions,
} from '../../../renderer/gallery/people.ts'
import { type CallView, toCall } from '../../../renderer/view/call-view.ts'
import { isPerhapsNumber, toDial, toHome } from '../../../renderer/view/dial-view.ts'
import { toEnded } from '../../../renderer/view/ended-view.ts'
import { frontSession } from '../../../renderer/view/sessions.ts'
import { toStatus } from '../../../renderer/view/status-view.ts'
import { toTitle } from '../../../renderer/view/title-view.ts'
import { whyNotTarget } from '../../../renderer/view/transfer-view.ts'
import { rememberActions } from '../../support/screen-fixtures.ts'

const held = { held: { byUs: true, byThem: false }, heldAt: now - 5_000 }
const second = (more: Partial<Session> = {}) => aSession({ id: 'session-2', startedAt: now, ...more })
const calling = (more: Partial<Session> = {}) =>
  aSession({ direction: 'outgoing', status: 'dialing', answeredAt: undefined, media: undefined, ...more })

function view<P extends CallView['phase']>(phase: P, ...sessions: Session[]) {
  const { actions, calls } = rememberActions()
  const found = toCall(linkedApp, withSessions(...sessions), actions)
  if (found.phase !== phase) throw new Error(`is ${found.phase}`)
  return { calls, ...(found as Extract<CallView, { phase: P }>) }
}

test('what is typed is dialled as it is, and only when pressed', () => {
  const { actions, calls } = rememberActions()
  const dial = toDial('+49 30 123456', '2002', actions)
  expect(dial).toMatchObject({ wrong: false, hint: 'Calls the number +4930123456.' })
  expect(calls).toEqual([])
  dial.call?.()
  dial.redial?.call()
  expect(calls).toEqual([
    ['dial', '+49 30 123456'],
    ['dial', '2002'],
  ])
})

test('an empty field cannot be called and is no mistake, a wrong one says what is wrong', () => {
  const { actions } = rememberActions()
  expect(toDial(' ', undefined, actions)).toMatchObject({ call: undefined, wrong: false, redial: undefined })
  expect(toDial('two words', undefined, actions)).toMatchObject({ call: undefined, wrong: true })
  expect(whyNotTarget('')).toBeUndefined()
  expect(whyNotTarget('two words')).toMatch(/\S/)
})

test('a number without + is said to be taken for an extension', () => {
  const { actions } = rememberActions()
  expect(toDial('0301234567', undefined, actions).hint).toContain('Without +')
  expect(toDial('ada@pbx.example', undefined, actions).hint).toBe('Calls ada at pbx.example.')
})

test('a number is shown as its country writes it, and what is doubtful about it is said', () => {
  const { actions } = rememberActions()
  const dial = (text: string) => toDial(text, undefined, actions, { rules, home: 'DE' })
  expect(dial('+49301234567').hint).toBe('Calls the number +49 30 1234567 (Germany).')
  expect(dial('+49301').hint).toContain('It is too short for Germany.')
  expect(dial('+49301').call).toBeDefined()
  expect(dial('+999000000001').hint).toContain('No country has this code.')
})

test('a number without country code can be completed, from the country that calls come from', () => {
  const { actions } = rememberActions()
  const dial = (text: string, home?: string) => toDial(text, undefined, actions, { rules, home })
  expect(dial('030 1234567', 'DE').instead).toEqual({
    number: '+49 30 1234567',
    label: 'Use +49 30 1234567 (Germany)',
  })
  expect(dial('030 1234567').instead).toBeUndefined()
  expect(dial('2000', 'DE').instead).toBeUndefined()
  expect(toDial('030 1234567', undefined, actions).instead).toBeUndefined()
})

test('home is the country of the number that calls come from, else the region of the language', () => {
  const own = { id: '1', name: '', type: 'normal', status: 'active' }
  const numbers = { status: 'ready', numbers: [{ ...own, number: '+49301234567' }], readAt: 0 } as const
  const { settings } = linkedApp
  expect(toHome({ settings, numbers: { ...numbers, numbers: [...numbers.numbers] } }, rules)).toBe('DE')
  expect(toHome({ settings, numbers: { status: 'unread' } }, rules)).toBe('US')
  expect(
    toHome({ settings: { ...settings, language: 'ko' }, numbers: { status: 'unread' } }, rules),
  ).toBeUndefined()
})

test('the rules are asked for only when something looks like a number', () => {
  for (const text of ['+', '+49 30', '030 1234567']) expect(isPerhapsNumber(text)).toBe(true)
  for (const text of ['', '2000', 'desk', 'ada@pbx.example', 'sip:2000@x'])
    expect(isPerhapsNumber(text)).toBe(false)
})

test.each([
  [undefined, 'Calling'],
  [180, 'Ringing'],
  [182, 'In a queue'],
  [183, 'On its way'],
  [199, 'Calling'],
])('a call of ours with the provisional status %s reads "%s"', (progress, text) => {
  expect(view('calling', calling({ progress }))).toMatchObject({ text, earlyMedia: false })
})

test('a call of ours is in front of everything else until it is answered, and can be given up', () => {
  const one = view('calling', aSession(), second({ ...calling(), id: 'session-2', earlyMedia: true }))
  expect(one).toMatchObject({
    sessionId: 'session-2',
    earlyMedia: true,
    others: [{ sessionId: 'session-1' }],
  })
  one.hangUp()
  expect(one.calls).toEqual([['hangUp', 'session-2']])
})

test('our own domain is not shown behind the number', () => {
  const { extension } = signedInApp
  if (extension.status !== 'ready') throw new Error('no extension')
  const ours = { user: '2002', displayName: '', host: extension.domain }
  expect(view('calling', calling({ remote: ours })).address).toBeUndefined()
  expect(view('calling', calling({ remote: { ...ours, host: 'pbx.example' } })).address).toBe(
    '2002@pbx.example',
  )
})

test.each([
  [{ byUs: true, byThem: false }, 'us', 'On hold by you', 'by you'],
  [{ byUs: false, byThem: true }, 'them', 'On hold by them', 'by them'],
  [{ byUs: true, byThem: true }, 'both', 'On hold by both', 'by both'],
] as const)('a call held %o says by whom, also in the status', (who, by, title, note) => {
  const session = aSession({ held: who })
  expect(view('inCall', session).hold).toMatchObject({ by, title })
  const item = toStatus(linkedApp, withSessions(session)).find(({ id }) => id === 'call')
  expect(item).toMatchObject({ value: 'On hold', note })
})

test('hold asks for the opposite of what we do ourselves, whatever they do', () => {
  const theirs = view('inCall', aSession({ held: { byUs: false, byThem: true } }))
  theirs.setHeld?.()
  expect(theirs.calls).toEqual([['setHeld', 'session-1', true]])
  const ours = view('inCall', aSession(held))
  ours.setHeld?.()
  expect(ours.calls).toEqual([['setHeld', 'session-1', false]])
  expect(view('inCall', calling({ direction: 'incoming', status: 'answering' })).setHeld).toBeUndefined()
})

test('of two calls the one that is not on hold is in front; the other tells since when it waits', () => {
  const one = view('inCall', aSession(), second(held))
  expect(one).toMatchObject({
    sessionId: 'session-1',
    others: [{ kind: 'waiting', sessionId: 'session-2', text: 'on hold', since: now - 5_000 }],
  })
})

test('of two calls on hold the one that was in front last stays there', () => {
  const both = withSessions(aSession(held), second(held))
  expect(frontSession(both)?.id).toBe('session-2')
  expect(frontSession({ ...both, front: 'session-1' })?.id).toBe('session-1')
})

test('the waiting call can be swapped with, hung up, or connected with the one in front', () => {
  const one = view('inCall', aSession(held), second())
  const [other] = one.others
  if (other?.kind !== 'waiting') throw new Error('nobody waits')
  other.swap?.()
  other.connect?.()
  other.hangUp()
  expect(one.calls).toEqual([
    ['swapTo', 'session-1'],
    ['transferTo', 'session-1', 'session-2'],
    ['hangUp', 'session-1'],
  ])
})

test('nothing is connected before both calls are up, nor while a transfer runs', () => {
  const ringing = view('calling', aSession(held), { ...calling(), id: 'session-2' })
  expect(ringing.others).toMatchObject([{ connect: undefined }])
  const running = aSession({ ...held, transfer: { kind: 'attended', to: 'Bob', status: 'trying' } })
  expect(view('inCall', running, second()).others).toMatchObject([{ connect: undefined }])
})

test('a call from within another one that nobody took is told there; one that was given up is not', () => {
  const busy = {
    ...calling({ status: 'ended', outcome: 'busy', sipStatus: 486 }),
    id: 'session-2',
    startedAt: now,
  }
  expect(view('inCall', aSession(held), busy).tried).toMatchObject({ text: 'Busy' })
  expect(view('inCall', aSession(held), { ...busy, outcome: 'hungUpByUs' }).tried).toBeUndefined()
  expect(view('inCall', aSession(held), { ...busy, startedAt: now - 900_000 }).tried).toBeUndefined()
})

const transferred = (transfer: Partial<Transfer>) =>
  aSession({ transfer: { kind: 'blind', to: '2002', status: 'asking', ...transfer } })

test.each([
  ['asking', 'busy', 'Asking them to call 2002'],
  ['trying', 'busy', 'They are calling 2002'],
  ['ringing', 'busy', 'It rings at 2002'],
  ['done', 'good', 'They speak with 2002'],
] as const)('a transfer that is %s is shown, and no other can be asked for', (status, tone, text) => {
  const { transfer } = view('inCall', transferred({ status }))
  expect(transfer).toMatchObject({
    blind: undefined,
    consult: undefined,
    outcome: { tone, text, remedy: undefined },
  })
})

test('a transfer that failed says why in plain words and what to do, and can be tried again', () => {
  const { transfer } = view(
    'inCall',
    transferred({
      status: 'failed',
      sipStatus: 486,
      error: anError('call.transferFailed', 'Busy Here', 486),
    }),
  )
  expect(transfer.outcome).toMatchObject({
    tone: 'bad',
    text: 'Not transferred to 2002',
    reason: 'busy',
    remedy: expect.stringContaining('The call goes on'),
  })
  expect(transfer.blind).toBeTypeOf('function')
})

test('a refused transfer names the way of the platform, an unknown one is not called a failure', () => {
  const refused = transferred({
    status: 'failed',
    sipStatus: 405,
    error: anError('call.transferRefused', 'x', 405),
  })
  expect(view('inCall', refused).transfer.outcome).toMatchObject({
    reason: 'they do not accept a transfer',
    remedy: expect.stringContaining('POST /transfers'),
  })
  const unknown = transferred({ status: 'failed', error: anError('call.transferUnknown', 'no NOTIFY') })
  expect(view('inCall', unknown).transfer.outcome).toMatchObject({ tone: 'warn', reason: 'nobody tells' })
})

test('a transfer goes out at once or after a call, as it was typed', () => {
  const one = view('inCall', aSession())
  one.transfer.blind?.('2002')
  one.transfer.consult?.('2003')
  expect(one.calls).toEqual([
    ['transfer', 'session-1', '2002'],
    ['dial', '2003'],
  ])
})

test.each([
  [{ outcome: 'busy', sipStatus: 486 }, 'Busy'],
  [{ outcome: 'notAnswered' }, 'No answer'],
  [{ outcome: 'hungUpByUs' }, 'You gave up'],
  [{ outcome: 'refused', sipStatus: 603 }, 'They declined'],
  [{ outcome: 'refused', sipStatus: 404, error: anError('call.targetUnknown') }, 'Not connected'],
  [{ outcome: 'failed', error: anError('call.notConnected') }, 'Not connected'],
] as const)('a call of ours that ended with %o reads "%s"', (more, text) => {
  expect(toEnded(calling({ status: 'ended', ...more })).text).toBe(text)
})

test('an answered call of ours that we hung up was not given up', () => {
  expect(toEnded(aSession({ direction: 'outgoing', status: 'ended', outcome: 'hungUpByUs' })).text).toBe(
    'You hung up',
  )
})

test('a transferred call names the new party; one that left before the news says so', () => {
  const done = { ...transferred({ status: 'done' }), status: 'ended' as const }
  expect(toEnded({ ...done, outcome: 'transferred' }).text).toBe('Transferred to 2002')
  const reason = 'before it was known whether the transfer worked'
  expect(toEnded({ ...done, outcome: 'hungUpByThem', reason }).text).toBe(`They hung up ${reason}`)
})

test('the title tells whom we call', () => {
  expect(toTitle(withSessions(calling()))).toContain('Calling')
})
