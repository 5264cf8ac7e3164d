// @vitest-environment jsdom
import { act } from 'react'
import { beforeAll, expect, test, vi } from 'vitest'
import { App } from '../../../renderer/app.tsx'
import * as p from '../../../renderer/gallery/people.ts'
import { galleryState, prepareJsdom, render } from '../../support/render.tsx'

beforeAll(prepareJsdom)

const show = (id: string) => render(galleryState(id), <App />)

/** Sets a field the way a keyboard does, so that React hears it. */
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

test('the big button runs the quickstart', async () => {
  const page = await show('quickstart-first')
  await page.click('Run the quickstart')
  expect(page.calls).toEqual([['ask', 'quickstart.run', {}]])
  await page.close()
})

test('elsewhere than practice, the button signs in with the typed key first', async () => {
  const page = await show('quickstart-signin')
  const key = page.element.querySelector<HTMLInputElement>('input[type=password]')
  if (!key) throw new Error('no field for the key')
  await type(key, 'k-123')
  await page.click('Run the quickstart')
  expect(page.calls).toEqual([
    ['tryAsk', 'account.signIn', { by: 'accessKey', accessKey: 'k-123' }],
    ['ask', 'quickstart.run', {}],
  ])
  expect(key.value).toBe('')
  await page.close()
})

test('while it runs there is a stop, and no second run', async () => {
  const page = await show('quickstart-speech')
  expect(page.button('Run it again')).toBeUndefined()
  expect(page.element.textContent).toContain('Speak now')
  await page.click('Stop')
  expect(page.calls).toEqual([['ask', 'quickstart.stop', {}]])
  await page.close()
})

test('a failed step shows what happened and what to do', async () => {
  const page = await show('quickstart-failed')
  const step = page.element.querySelector('[data-step=register]')
  expect(step?.textContent).toContain('The registrar refuses this extension or its password.')
  expect(step?.textContent).toContain('Run the extension step again')
  expect(step?.textContent).toContain('403 Forbidden')
  await page.close()
})

test('Enter says, Shift+Enter does not, Escape silences', async () => {
  const page = await show('call-live')
  const field = page.element.querySelector('textarea')
  if (!field) throw new Error('no composer')
  await type(field, 'Good morning')
  await press(field, 'Enter', { shiftKey: true })
  expect(page.calls).toEqual([])
  await press(field, 'Enter')
  await press(field, 'Escape')
  expect(page.calls.map(([, name]) => name)).toEqual(['speaking.say', 'speaking.silence'])
  expect(page.ui.getState().drafts).toEqual({})
  await page.close()
})

test('keys of the window: digits are tones on the call, not in a field; Ctrl+Shift+H hangs up', async () => {
  const page = await show('call-live')
  const field = page.element.querySelector('textarea')
  if (!field) throw new Error('no composer')
  await press(field, '5')
  expect(page.calls).toEqual([])
  await press(document.body, '5')
  await press(document.body, 'H', { ctrlKey: true, shiftKey: true })
  await press(document.body, '3', { ctrlKey: true })
  expect(page.calls).toEqual([
    ['sendDtmf', 'session-1', '5'],
    ['hangUp', 'session-1'],
    ['open', 'history'],
  ])
  await page.close()
})

test('interim text is not told to a screen reader', async () => {
  const page = await show('call-live')
  const log = page.element.querySelector('[role=log]')
  const { callId } = p
  await act(async () =>
    page.copy.setState(({ transcripts }) => ({
      transcripts: {
        ...transcripts,
        [callId]: [...(transcripts[callId] ?? []), p.aLine(9, 'out', 'I hear you, too.')],
      },
    })),
  )
  await vi.waitFor(() => expect(log?.textContent).toContain('I hear you, too.'))
  expect(log?.textContent).not.toContain('That worked')
  await page.close()
})

test('a call can be answered from every screen', async () => {
  const page = await show('trace-ringing')
  await page.click('Answer')
  expect(page.calls).toEqual([['answer', 'session-1']])
  await page.close()
})

test('removing the extension asks once more', async () => {
  const page = await show('settings-practice')
  await page.click('Remove')
  expect(page.calls).toEqual([])
  await page.click('Remove it from the platform')
  expect(page.calls).toEqual([['ask', 'extension.remove', {}]])
  await page.close()
})

test('a wrong address is named at its field and not saved', async () => {
  const page = await show('settings-custom')
  const field = [...page.element.querySelectorAll('input')].find(
    (one) => one.value === 'https://wrong.example',
  )
  if (!field) throw new Error('no edge field')
  expect(field.getAttribute('aria-invalid')).toBe('true')
  expect(page.element.querySelector('.field-wrong')?.textContent).toContain('wss://')
  await press(field, 'Enter')
  expect(page.calls).toEqual([])
  await page.close()
})

test('a certificate is trusted only after its host and key were shown, and then what failed runs again', async () => {
  const page = await show('quickstart-untrusted')
  await page.click('Trust this certificate for api.pbx.example')
  expect(page.calls).toEqual([])
  const confirm = page.element.querySelector('.trust-confirm')
  expect(confirm?.textContent).toContain('api.pbx.example')
  expect(confirm?.textContent).toContain(p.aKey)
  await page.click('Cancel')
  expect(page.element.querySelector('.trust-confirm')).toBeNull()
  await page.click('Trust this certificate for api.pbx.example')
  await page.click('Equal: trust it')
  const pins = [{ host: 'api.pbx.example', sha256: p.aKey }]
  expect(page.calls).toEqual([
    ['ask', 'settings.change', { patch: { pins } }],
    ['ask', 'quickstart.run', {}],
  ])
  await page.close()
})

test('a key that differs from the pinned one is never offered', async () => {
  const page = await show('settings-otherkey')
  expect(page.element.textContent).toContain('api.pbx.example showed another key before')
  expect(page.button('Trust this certificate for api.pbx.example')).toBeUndefined()
  await page.close()
})

test('a TURN password goes to main once and leaves the fields', async () => {
  const page = await show('settings-servers')
  const field = (label: string) => {
    const id = [...page.element.querySelectorAll('label')].find((one) => one.textContent === label)?.htmlFor
    const found = page.element.querySelector<HTMLInputElement>(`input[id="${id}"]`)
    if (!found) throw new Error(`no field ${label}`)
    return found
  }
  await type(field('Add a server'), 'turn:new.example')
  await type(field('User name'), 'ada')
  await type(field('Password'), 'hush')
  expect(field('Password').type).toBe('password')
  await press(field('Password'), 'Enter')
  expect(page.calls[0]).toEqual([
    'ask',
    'settings.keepTurnPassword',
    { urls: 'turn:new.example', username: 'ada', password: 'hush' },
  ])
  expect(page.calls[1]?.[0]).toBe('change')
  expect(JSON.stringify(page.calls[1])).not.toContain('hush')
  expect(field('Add a server').value).toBe('')
  await page.close()
})

test('a kept TURN password can be forgotten, one that is missing is named', async () => {
  const page = await show('settings-servers')
  expect(page.element.querySelector('[data-password=missing]')?.textContent).toContain('no password')
  await page.click('Password of turns:turn.pbx.example for mina')
  await page.click('Forget')
  expect(page.calls).toEqual([
    ['ask', 'settings.keepTurnPassword', { urls: 'turns:turn.pbx.example', username: 'mina', password: '' }],
  ])
  await page.close()
})

test('a notice can be dismissed', async () => {
  const page = await show('call-notices')
  expect(page.element.querySelectorAll('.notice')).toHaveLength(2)
  await page.click('Dismiss')
  expect(page.calls).toEqual([['dismiss', 'n1']])
  await page.close()
})
