// @vitest-environment jsdom
import { act } from 'react'
import { beforeAll, expect, test } from 'vitest'
import { App } from '../../../renderer/app.tsx'
import { CallWindow } from '../../../renderer/components/CallWindow.tsx'
import { followRinging } from '../../../renderer/state/follow-ringing.ts'
import { keepScopes } from '../../support/open-scopes.ts'
import { galleryState, prepareJsdom, render } from '../../support/render.tsx'

const newScope = keepScopes()
beforeAll(prepareJsdom)

const show = (id: string) => render(galleryState(id), <App />)
const press = (key: string) =>
  act(async () => void dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: true, shiftKey: true })))

test('the small window names the caller and takes one press', async () => {
  const state = galleryState('callwindow-name')
  if (!state.call) throw new Error('no call')
  const acts: string[] = []
  const page = await render(
    state,
    <CallWindow
      notice={{ call: state.call, theme: 'dark', language: 'en' }}
      act={(what) => acts.push(what)}
    />,
  )
  expect(page.element.textContent).toContain('Mina Hartmann')
  await page.click('Answer')
  await page.click('Decline')
  expect(acts).toEqual(['answer'])
  await page.close()
})

test('the key that takes a call has the keyboard, and says its shortcut to whoever comes back to it only', async () => {
  const page = await show('call-ringing')
  const key = page.button('Answer')
  expect(document.activeElement).toBe(key)
  expect(document.querySelector('[role=tooltip]')).toBeNull()
  await act(async () => {
    key?.blur()
    key?.focus()
  })
  expect(document.querySelector('[role=tooltip]')?.textContent).toContain('Answer')
  await page.close()
})

test('do not disturb has a sign on every screen, a key in the side bar and one on the keyboard', async () => {
  const page = await show('trace-disturb')
  expect(page.element.querySelector('[role=status][aria-label="Do not disturb"]')?.textContent).toContain(
    'busy',
  )
  expect(page.button('Do not disturb')?.getAttribute('aria-pressed')).toBe('true')
  await page.click('Turn off')
  await press('B')
  expect(page.calls).toEqual([
    ['change', { doNotDisturb: false }],
    ['change', { doNotDisturb: false }],
  ])
  await page.close()
})

test('missed calls are counted in the navigation, listed with the reason, called back and cleared', async () => {
  const page = await show('call-missed')
  expect(page.element.querySelector('.nav-missed')?.textContent).toBe('3 missed')
  expect(page.element.querySelector('.missed')?.textContent).toContain('while do not disturb was on')
  expect(page.button('Call anonymous.invalid back')?.disabled).toBe(true)
  await page.click('Call Mina Hartmann back')
  await page.click('Clear')
  expect(page.calls).toEqual([
    ['dial', '2001'],
    ['ask', 'ringing.clear', {}],
  ])
  await page.close()
})

test('missed calls are seen by a person at the Call screen, not by a window that lies open', async () => {
  const page = await show('call-missed')
  const scope = newScope('window')
  followRinging(scope, page)
  document.hasFocus = () => true
  expect(page.calls).toEqual([])
  page.ui.setState({ screen: 'trace' })
  dispatchEvent(new Event('pointermove'))
  expect(page.calls).toEqual([])
  page.ui.setState({ screen: 'call' })
  dispatchEvent(new Event('pointermove'))
  dispatchEvent(new Event('pointermove'))
  expect(page.calls).toEqual([['tryAsk', 'ringing.seen', {}]])
  await page.close()
})

test('without a tray the settings say why closing quits', async () => {
  const page = await show('settings-notray')
  const closing = [...page.element.querySelectorAll('select')].find(
    (one) => one.labels[0]?.textContent === 'Closing the window',
  )
  expect([closing?.disabled, closing?.value]).toEqual([true, 'quit'])
  expect(page.element.textContent).toContain('nothing would lead back')
  await page.close()
})
