// @vitest-environment jsdom
// The speak panel by keyboard: phrases by `/` and by Alt with a digit, what waits, and silence from anywhere.
import { act } from 'react'
import { beforeAll, expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { AppError } from '../../../common/kit/errors.ts'
import { createScope } from '../../../common/kit/scope.ts'
import { App } from '../../../renderer/app.tsx'
import { aSession, callId, linkedApp, withSessions } from '../../../renderer/gallery/people.ts'
import { createStandInPhone } from '../../../renderer/gallery/stand-in-phone.ts'
import { followDrafts, writeDraft } from '../../../renderer/state/drafts.ts'
import { createUiStore } from '../../../renderer/state/ui-store.ts'
import { galleryState, prepareJsdom, render } from '../../support/render.tsx'

beforeAll(prepareJsdom)

const show = (id: string) => render(galleryState(id), <App />)
type Page = Awaited<ReturnType<typeof show>>

async function type(field: HTMLTextAreaElement | HTMLInputElement, text: string) {
  const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement
  const set = Object.getOwnPropertyDescriptor(prototype.prototype, 'value')?.set
  await act(async () => {
    set?.call(field, text)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  })
}
const press = (target: EventTarget, key: string, more: KeyboardEventInit = {}) =>
  act(
    async () =>
      void target.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }),
      ),
  )
function composerOf(page: Page): HTMLTextAreaElement {
  const field = page.element.querySelector<HTMLTextAreaElement>('.composer textarea')
  if (!field) throw new Error('no composer')
  return field
}
const said = (page: Page) =>
  page.calls.filter(([, name]) => name === 'speaking.say').map(([, , input]) => input)

test('a slash finds phrases: the arrow keys choose, Enter says, Tab takes the text', async () => {
  const page = await show('call-phrases')
  const field = composerOf(page)
  await type(field, '/')
  const options = () => [...page.element.querySelectorAll('[role=option]')]
  expect(options()).toHaveLength(4)
  const chosen = () => page.element.querySelector('[role=option][aria-selected=true]')
  await press(field, 'ArrowDown')
  expect(field.getAttribute('aria-activedescendant')).toBe(chosen()?.id)
  await press(field, 'Enter')
  expect(said(page)).toEqual([{ callId, text: 'One moment, please; I am looking it up.' }])
  expect(field.value).toBe('')
  await type(field, '/hello')
  await press(field, 'Tab')
  expect(field.value).toBe('Hello VoIPBIN test call, thank you for calling.')
  expect(said(page)).toHaveLength(1)
  await type(field, '/nothing like it')
  expect(page.element.textContent).toContain('No phrase with these words')
  await press(field, 'Escape')
  expect(field.value).toBe('')
  expect(page.calls.map(([, name]) => name)).not.toContain('speaking.silence')
  await page.close()
})

test('Alt with a digit says a phrase, or asks for what it needs; Ctrl and the full stop silence', async () => {
  const page = await show('call-phrases')
  await press(document.body, '1', { altKey: true })
  expect(said(page)).toEqual([{ callId, text: 'Hello VoIPBIN test call, thank you for calling.' }])
  await press(document.body, '3', { altKey: true })
  const fields = page.element.querySelectorAll<HTMLInputElement>('.phrase-form input')
  expect(fields).toHaveLength(2)
  expect(page.button('Say')?.disabled).toBe(true)
  await type(fields[0] as HTMLInputElement, '4711')
  await type(fields[1] as HTMLInputElement, 'Monday')
  await page.click('Say')
  expect(said(page).at(-1)).toEqual({ callId, text: 'Your order 4711 arrives on Monday.' })
  expect(page.element.querySelector('.phrase-form')).toBeNull()
  await press(document.body, '.', { ctrlKey: true })
  expect(page.calls.at(-1)).toEqual(['ask', 'speaking.silence', { callId }])
  await page.close()
})

test('a text that is edited is held first, saved by Enter, and let go', async () => {
  const page = await show('call-live')
  await page.click('Edit: Is there anything else that I can do for you?')
  const field = page.element.querySelector<HTMLInputElement>('.queue-edit input, input.queue-edit')
  if (!field) throw new Error('nothing to edit in')
  await type(field, 'Anything else?')
  await press(field, 'Enter')
  const item = { callId, itemId: 'i4' }
  expect(page.calls).toEqual([
    ['ask', 'speaking.hold', { ...item, held: true }],
    ['ask', 'speaking.edit', { ...item, text: 'Anything else?' }],
    ['tryAsk', 'speaking.hold', { ...item, held: false }],
  ])
  await page.close()
})

test('Ctrl+Z in the empty field takes the newest back to be corrected', async () => {
  const page = await show('call-live')
  const field = composerOf(page)
  await press(field, 'z', { ctrlKey: true })
  expect(page.calls).toEqual([['ask', 'speaking.remove', { callId, itemId: 'i4' }]])
  expect(field.value).toBe('Is there anything else that I can do for you?')
  await press(field, 'z', { ctrlKey: true })
  expect(page.calls).toHaveLength(1)
  await page.close()
})

/** On hold behind it: the call whose text was begun. */
const other = aSession({ id: 'session-2' })
const swapped = () => {
  const state = galleryState('call-live')
  const links = {
    ...linkedApp.links,
    'session-2': { status: 'linked' as const, callId: 'other', by: 'contact' as const },
  }
  const held = aSession({ held: { byUs: true, byThem: false } })
  return {
    ...state,
    copy: { ...state.copy, app: { ...(state.copy.app ?? linkedApp), links } },
    phone: withSessions(held, other),
    ui: { ...state.ui, drafts: { 'session-1': 'Your password is' }, asking: { 'session-1': 'p3' } },
  }
}

test('what was typed for one call is not said to the next one', async () => {
  const page = await render(swapped(), <App />)
  const field = composerOf(page)
  expect(field.value).toBe('')
  await press(field, 'Enter')
  expect(said(page)).toEqual([])
  expect(page.ui.getState().drafts).toEqual({ 'session-1': 'Your password is' })
  await page.close()
})

test('what was typed for a call is forgotten with it, and nothing else', async () => {
  const scope = createScope('test')
  const held = aSession({ held: { byUs: true, byThem: false } })
  const store = createStore(() => withSessions(held, other))
  const phone = { ...createStandInPhone(), store }
  const ui = createUiStore({ asking: { 'session-1': 'p3' } })
  followDrafts(scope, { phone, ui })
  writeDraft(ui, 'session-1', 'To the first')
  writeDraft(ui, 'session-2', 'To the second')
  store.setState(withSessions({ ...held, status: 'ended' }, other))
  expect(ui.getState()).toMatchObject({ drafts: { 'session-2': 'To the second' }, asking: {} })
  await scope.end()
})

const refuse = (page: Page) => {
  page.actions.ask = async () => new AppError('app.mainGone').toData()
}

test('a text that is refused stands in the field again, unless something new is typed', async () => {
  const page = await show('call-live')
  const field = composerOf(page)
  refuse(page)
  await type(field, 'Not to be lost')
  await press(field, 'Enter')
  expect(field.value).toBe('Not to be lost')
  let answer = (_: ReturnType<AppError['toData']>) => {}
  page.actions.ask = () => new Promise((resolve) => (answer = resolve))
  await press(field, 'Enter')
  await type(field, 'Something new')
  await act(async () => answer(new AppError('app.mainGone').toData()))
  expect(field.value).toBe('Something new')
  await page.close()
})

test('a phrase that is refused keeps what was filled in; a new one in Settings keeps its text', async () => {
  const page = await show('call-asking')
  refuse(page)
  const fields = [...page.element.querySelectorAll<HTMLInputElement>('.phrase-form input')]
  for (const field of fields) await type(field, '4711')
  await page.click('Say')
  expect(fields.map((field) => field.isConnected && field.value)).toEqual(['4711', '4711'])
  await page.close()

  const settings = await show('settings-phrases')
  refuse(settings)
  const field = settings.element.querySelector<HTMLTextAreaElement>('.phrase-new textarea')
  if (!field) throw new Error('no new phrase')
  expect(field.maxLength).toBe(2_000)
  await type(field, 'Not to be lost')
  await settings.click('Add the phrase')
  expect(field.value).toBe('Not to be lost')
  await settings.close()
})

test('keys lead to the field and to the voice, and drop what waits', async () => {
  const page = await show('call-live')
  await press(document.body, 't', { altKey: true })
  expect(document.activeElement).toBe(composerOf(page))
  await press(composerOf(page), 'x', { altKey: true })
  expect(page.calls).toEqual([['ask', 'speaking.flush', { callId }]])
  const voice = page.element.querySelector('[aria-keyshortcuts="Alt+V"]')
  expect(voice?.getAttribute('title')).toContain('(Alt+V)')
  await press(document.body, 'v', { altKey: true })
  expect(voice?.getAttribute('aria-expanded')).toBe('true')
  expect(page.ui.getState().focus).toBeUndefined()
  await page.close()
})
