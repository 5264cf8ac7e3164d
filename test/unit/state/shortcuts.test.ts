// @vitest-environment jsdom
// What a pressed key does to the window: which action runs, which does not, and what the browser is kept from.
import { afterEach, expect, test, vi } from 'vitest'
import type { PhoneState } from '../../../common/model/phone.ts'
import {
  aSession,
  linkedApp,
  now,
  registeredPhone,
  sessionId,
  signedInApp,
  withSessions,
} from '../../../renderer/gallery/people.ts'
import { createStandInPhone } from '../../../renderer/gallery/stand-in-phone.ts'
import { createCaptions } from '../../../renderer/state/captions.ts'
import { stillClock } from '../../../renderer/state/clock.ts'
import { createCopyStore } from '../../../renderer/state/copy-store.ts'
import { followShortcuts } from '../../../renderer/state/shortcuts.ts'
import { createUiStore, type Ui } from '../../../renderer/state/ui-store.ts'
import { rememberActions } from '../../support/screen-fixtures.ts'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
  document.body.replaceChildren()
  vi.restoreAllMocks()
})

function start(phone: PhoneState, ui: Partial<Ui> = {}) {
  const { actions, calls } = rememberActions()
  const companion = {
    copy: createCopyStore({
      app: phone === registeredPhone ? signedInApp : linkedApp,
      link: { status: 'live' },
    }),
    ui: createUiStore({ screen: 'call', ...ui }),
    phone: createStandInPhone(phone),
    actions,
    clock: stillClock(0),
    captions: createCaptions(),
  }
  ends.push(followShortcuts(companion))
  return { calls, ui: companion.ui }
}

/** Whether the browser may still do what it does with that key. */
function press(key: string, more: KeyboardEventInit = {}, target: EventTarget = document.body): boolean {
  return target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }))
}
const both = { ctrlKey: true, shiftKey: true }

function aField(): HTMLInputElement {
  const field = document.createElement('input')
  document.body.append(field)
  return field
}

test('an action that cannot be done now leaves its key to nobody: Ctrl+Shift+R would load the window again', () => {
  const { calls } = start(withSessions(aSession()))
  expect(press('R', both)).toBe(false)
  expect(calls).toEqual([])
})

test.each([
  ['r', { ctrlKey: true }],
  ['F5', {}],
  ['F5', { ctrlKey: true }],
])('%s %o does not load the window again while a call is up', (key, more) => {
  start(withSessions(aSession()))
  expect(press(key, more)).toBe(false)
  expect(press(key, more, aField())).toBe(false)
})

test('without a call the window may be loaded again', () => {
  start(registeredPhone)
  expect([press('r', { ctrlKey: true }), press('F5')]).toEqual([true, true])
})

test('behind the palette a call can be muted and ended, and nothing else happens', () => {
  const { calls, ui } = start(withSessions(aSession()), { overlay: 'palette' })
  press('L', both)
  press('3', { ctrlKey: true })
  press('X', both)
  expect(calls).toEqual([])
  expect(ui.getState().panel).toBe('closed')
  press('M', both)
  press('H', both)
  expect(calls).toEqual([
    ['setMuted', sessionId, true],
    ['hangUp', sessionId],
  ])
  press('k', { ctrlKey: true })
  expect(ui.getState().overlay).toBe('none')
})

test('on a Mac a sign typed with Option in a field is a sign, and outside of fields its key counts', () => {
  vi.spyOn(navigator, 'platform', 'get').mockReturnValue('MacIntel')
  const { calls } = start(registeredPhone)
  const larger = { altKey: true, code: 'Period' }
  expect(press('…', larger, aField())).toBe(true)
  expect(calls).toEqual([])
  press('…', larger)
  expect(calls).toEqual([['change', { captionSize: expect.any(Number) }]])
})

test('a moment that is pinned after the call is one of its end', () => {
  const endedAt = now
  const { calls } = start(withSessions(aSession({ status: 'ended', outcome: 'hungUpByThem', endedAt })))
  press('p', { altKey: true })
  expect(calls).toMatchObject([['ask', 'history.addMoment', { moment: { kind: 'pin', at: endedAt } }]])
})
