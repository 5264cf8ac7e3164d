// Numbers on the screen: for whom, in what state, and where calls come from.
import { expect, test } from 'vitest'
import { AppError } from '../../../common/kit/errors.ts'
import type { AppState } from '../../../common/model/app-state.ts'
import type { Numbers, OwnNumber } from '../../../common/model/number.ts'
import { aSignIn, now, signedInApp } from '../../../renderer/gallery/people.ts'
import { toNumbers } from '../../../renderer/view/numbers-view.ts'
import { rememberActions } from '../../support/screen-fixtures.ts'

const a = (number: string, more: Partial<OwnNumber> = {}): OwnNumber => ({
  id: number,
  number,
  name: '',
  type: 'normal',
  status: 'active',
  ...more,
})
const ready = (...numbers: OwnNumber[]): Numbers => ({ status: 'ready', numbers, readAt: now })
const withNumbers = (numbers: Numbers, sourceNumber = ''): AppState => ({
  ...signedInApp,
  settings: { ...signedInApp.settings, sourceNumber },
  numbers,
})
const show = (app: AppState) => {
  const { actions, calls } = rememberActions()
  const view = toNumbers(app, actions)
  if (!view) throw new Error('nothing shown')
  return { view, calls }
}
const virtual = a('+999000000001', { type: 'virtual' })
const main = a('+15550100001', { name: 'Main' })

test('nobody who is signed out sees them, and an agent is told why not', () => {
  expect(
    toNumbers({ ...signedInApp, account: { status: 'signedOut' } }, rememberActions().actions),
  ).toBeUndefined()
  const account = { status: 'signedIn', ...aSignIn, role: 'agent' } as const
  const { view } = show({ ...withNumbers(ready(main)), account })
  expect(view).toMatchObject({ read: undefined, source: undefined, numbers: [], unread: false })
  expect(view.closed).toContain('needs the manager or admin permission')
})

test('what was never read is read', () => {
  const { view, calls } = show(withNumbers({ status: 'unread' }))
  expect(view.unread).toBe(true)
  view.read?.()
  expect(calls).toEqual([['tryAsk', 'number.list', {}]])
})

test('each has its state; only active normal ones can be chosen', () => {
  const { view, calls } = show(withNumbers(ready(virtual, a('+15550100009', { status: 'deleted' }), main)))
  expect(view.numbers.map(({ state, usable }) => [state, usable])).toEqual([
    ['virtual, for calls inside VoIPBIN only', false],
    ['given back', false],
    ['active', true],
  ])
  expect(view.summary).toBe('3 numbers, 1 to call from')
  expect(view.source?.options).toEqual([
    { value: '', label: 'Chosen by itself: +15550100001' },
    { value: '+15550100001', label: '+15550100001 · Main' },
  ])
  view.source?.choose('+15550100001')
  expect(calls).toEqual([['change', { sourceNumber: '+15550100001' }]])
})

test('without a number it says what works all the same', () => {
  expect(show(withNumbers(ready())).view).toMatchObject({
    source: undefined,
    summary: expect.stringContaining('Calls to extensions work without one'),
  })
  expect(show(withNumbers(ready(virtual))).view.summary).toContain('The one number cannot be called from')
})

test('a chosen number that was given back stays chosen, with a doubt', () => {
  const { view } = show(withNumbers(ready(main), '+15550100077'))
  expect(view.source).toMatchObject({ value: '+15550100077', doubt: expect.stringContaining('not among') })
  expect(view.source?.options.at(-1)?.label).toBe('+15550100077 · not yours')
})

test('a failed reading keeps what is known and can be tried again; a running one cannot', () => {
  const error = new AppError('network.timeout').toData()
  const failed = show(withNumbers({ status: 'failed', numbers: [main], error })).view
  expect(failed).toMatchObject({ error, numbers: [{ number: '+15550100001' }] })
  expect(failed.read).toBeDefined()
  expect(show(withNumbers({ status: 'failed', numbers: [], error })).view.summary).toBeUndefined()
  expect(show(withNumbers({ status: 'reading', numbers: [main] })).view).toMatchObject({
    busy: true,
    read: undefined,
  })
})
