import { expect, test } from 'vitest'
import { initialAppState } from '../../../common/model/app-state.ts'
import { initialPhoneState } from '../../../common/model/phone.ts'
import {
  anError,
  aSession,
  now,
  registeredPhone,
  signedInApp,
  withSessions,
} from '../../../renderer/gallery/people.ts'
import { toStatus } from '../../../renderer/view/status-view.ts'

const item = (id: string, app = signedInApp, phone = registeredPhone) => {
  const found = toStatus(app, phone).find((one) => one.id === id)
  if (!found) throw new Error(`no item ${id}`)
  return found
}

test('nothing is green at a first start', () => {
  expect(toStatus(initialAppState, initialPhoneState).map(({ tone }) => tone)).toEqual([
    'idle',
    'idle',
    'idle',
    'idle',
  ])
})

test('every green item brings a proof with its time', () => {
  const items = toStatus(signedInApp, withSessions(aSession()))
  expect(items.map(({ tone }) => tone)).toEqual(['good', 'good', 'good', 'good'])
  for (const one of items) expect(one.proof?.at).toBeLessThanOrEqual(now)
})

test('a registration is good only until its binding ends', () => {
  expect(item('registration').goodUntil).toBe(now + 262_000)
})

test('an open event socket without any event of our own is not called good', () => {
  const { subscription } = signedInApp
  if (subscription.status !== 'open') throw new Error('fixture')
  expect(
    item('events', { ...signedInApp, subscription: { ...subscription, delivery: 'unproven' } }).tone,
  ).toBe('idle')
  expect(item('events', { ...signedInApp, subscription: { ...subscription, delivery: 'silent' } }).tone).toBe(
    'warn',
  )
})

test('an established call without sound in the ear is not called good', () => {
  const { media } = aSession()
  const quiet = aSession({ media: media && { ...media, firstHeardAt: undefined } })
  expect(item('call', signedInApp, withSessions(quiet))).toMatchObject({ tone: 'busy', note: 'no sound yet' })
})

test('a lost registration says when it is tried again, a refused one that it is not', () => {
  const error = anError('sip.unreachable')
  const waiting = {
    ...registeredPhone,
    registration: { status: 'waiting' as const, attempt: 2, retryAt: now, error },
  }
  const refused = { ...registeredPhone, registration: { status: 'refused' as const, error } }
  expect(item('registration', signedInApp, waiting)).toMatchObject({ tone: 'warn', retryAt: now, error })
  expect(item('registration', signedInApp, refused)).toMatchObject({ tone: 'bad', note: 'not retried' })
})
