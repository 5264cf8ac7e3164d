// What a screen reader is told of the call and of the registration.
import { expect, test } from 'vitest'
import { initialPhoneState } from '../../../common/model/phone.ts'
import {
  anError,
  aSession,
  callId,
  linkedApp,
  registeredPhone,
  withSessions,
} from '../../../renderer/gallery/people.ts'
import { toCallNews, toLineNews } from '../../../renderer/view/announce-view.ts'

test('a call that rings tells itself, by its own alert', () => {
  expect(toCallNews(withSessions(aSession({ status: 'ringing', direction: 'incoming' })))).toBe('')
  expect(toCallNews(withSessions(aSession({ status: 'ringing', direction: 'outgoing' })))).toBe('')
})

test('connecting, connected, muted, held and ended are told, each with the name', () => {
  expect(toCallNews(withSessions(aSession({ status: 'answering' })))).toBe('Connecting to VoIPBIN test call')
  expect(toCallNews(withSessions(aSession()))).toBe('In a call with VoIPBIN test call.')
  expect(toCallNews(withSessions(aSession({ sending: 'muted' })))).toBe(
    'In a call with VoIPBIN test call. Your microphone is muted.',
  )
  expect(toCallNews(withSessions(aSession({ held: { byUs: true, byThem: false } })))).toBe(
    'In a call with VoIPBIN test call. On hold by you.',
  )
  expect(toCallNews(withSessions(aSession({ status: 'ended', outcome: 'hungUpByThem' })))).toBe(
    'VoIPBIN test call: They hung up',
  )
  expect(toCallNews(registeredPhone)).toBe('')
})

test('a call is told by the name of the contact, also one that the platform joined', () => {
  const app = { ...linkedApp, people: { '+49301234567': { name: 'Mina Kaya' } } }
  const remote = { ...aSession().remote, user: '+49301234567', displayName: '' }
  expect(toCallNews(withSessions(aSession({ remote })), app)).toBe('In a call with Mina Kaya.')
  const joined = { [callId]: { from: '+15550100001', to: '+49301234567', far: 'up' as const } }
  expect(toCallNews(withSessions(aSession()), { ...app, bridged: joined })).toBe('In a call with Mina Kaya.')
})

test('the registration is told when it stands and when it is lost, not each try between', () => {
  expect(toLineNews(registeredPhone)).toBe('The phone is registered: calls can come.')
  expect(
    toLineNews({
      ...initialPhoneState,
      registration: { status: 'connecting', attempt: 0, edge: 'wss://sip.voipbin.test' },
    }),
  ).toBe('')
  const error = anError('sip.rejected', '403 Forbidden', 403)
  expect(toLineNews({ ...initialPhoneState, registration: { status: 'refused', error } })).toContain(
    'refused',
  )
})

test('a lost registration is told once: the words stay the same through every try', () => {
  const edge = 'wss://sip.voipbin.test'
  const error = anError('sip.unreachable')
  const all = [
    { status: 'waiting', attempt: 1, retryAt: 0, error } as const,
    { status: 'connecting', attempt: 1, edge } as const,
    { status: 'registering', attempt: 1, edge } as const,
    { status: 'waiting', attempt: 2, retryAt: 0, error } as const,
  ]
  const told = all.map((registration) => toLineNews({ ...initialPhoneState, registration }))
  expect(new Set(told)).toEqual(new Set(['The registration is lost and tried again: no calls can come.']))
})
