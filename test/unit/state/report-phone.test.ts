import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createScope } from '../../../common/kit/scope.ts'
import { initialPhoneState, type PhoneState } from '../../../common/model/phone.ts'
import { aSession, now, registeredPhone, withSessions } from '../../../renderer/gallery/people.ts'
import { createPhoneReports, reportPhone } from '../../../renderer/state/report-phone.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function listening() {
  const heard: [string, unknown][] = []
  const hear = (name: string) => async (input: unknown) => {
    heard.push([name, input])
    return null
  }
  const main = {
    'phone.changed': hear('phone.changed'),
    'phone.sound': hear('phone.sound'),
    'trace.add': hear('trace.add'),
  }
  return { heard, main, count: (name: string) => heard.filter(([one]) => one === name).length }
}

test('a transition reaches main at once, counters together and later', async () => {
  const { main, count } = listening()
  const scope = createScope('test')
  const store = createStore<PhoneState>(() => initialPhoneState)
  reportPhone(scope, store, main)
  expect(count('phone.changed')).toBe(1)
  store.setState(registeredPhone)
  store.setState(withSessions(aSession()))
  expect(count('phone.changed')).toBe(3)
  const { media } = aSession()
  for (let i = 0; i < 40; i++) {
    store.setState(withSessions(aSession({ media: media && { ...media, packetsReceived: 4_000 + i } })))
  }
  expect(count('phone.changed')).toBe(3)
  vi.advanceTimersByTime(250)
  expect(count('phone.changed')).toBe(4)
  await scope.end()
})

test('a transition takes waiting counters along, and they are not sent twice', async () => {
  const { main, count } = listening()
  const scope = createScope('test')
  const store = createStore<PhoneState>(() => withSessions(aSession()))
  reportPhone(scope, store, main)
  const { media } = aSession()
  store.setState(withSessions(aSession({ media: media && { ...media, packetsSent: 9_999 } })))
  store.setState(withSessions(aSession({ status: 'ended', endedAt: now })))
  expect(count('phone.changed')).toBe(2)
  vi.advanceTimersByTime(1_000)
  expect(count('phone.changed')).toBe(2)
  await scope.end()
})

test('sound is told at once; trace rows go in bundles, none is lost from before the bridge was open', async () => {
  const { main, count, heard } = listening()
  const scope = createScope('test')
  const reports = createPhoneReports()
  reports.trace({ at: now, source: 'sip', direction: 'out', title: 'early' })
  reports.open(scope, main)
  expect(count('trace.add')).toBe(1)
  for (let i = 0; i < 600; i++) reports.trace({ at: now, source: 'sip', direction: 'in', title: `${i}` })
  reports.sound({ sessionId: 's', where: 'ear', edge: 'start', at: now })
  expect([count('trace.add'), count('phone.sound')]).toEqual([1, 1])
  vi.advanceTimersByTime(50)
  const sizes = heard
    .filter(([name]) => name === 'trace.add')
    .map(([, input]) => (input as { rows: unknown[] }).rows.length)
  expect(sizes).toEqual([1, 500, 100])
  await scope.end()
})
