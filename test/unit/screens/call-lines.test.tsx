// @vitest-environment jsdom
// Dialling, hold, two calls and transfer on the drawn screen: what a press or a key asks for.
import { act } from 'react'
import { beforeAll, expect, test } from 'vitest'
import { App } from '../../../renderer/app.tsx'
import { galleryState, prepareJsdom, render } from '../../support/render.tsx'

beforeAll(prepareJsdom)

const show = (id: string) => render(galleryState(id), <App />)

async function type(field: HTMLInputElement | null, text: string) {
  if (!field) throw new Error('no field')
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
  await act(async () => {
    set?.call(field, text)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  })
}
const submit = (form: HTMLFormElement | null) => act(async () => form?.requestSubmit())
const press = (key: string, target: EventTarget = document.body, repeat = false) =>
  act(async () => {
    const init = { key, bubbles: true, cancelable: true, ctrlKey: true, shiftKey: true, repeat }
    target.dispatchEvent(new KeyboardEvent('keydown', init))
  })

test('a number is dialled by Enter or by the button, and never by typing it', async () => {
  const page = await show('call-idle')
  const field = page.element.querySelector<HTMLInputElement>('.dial input')
  await type(field, '2002')
  expect(page.calls).toEqual([])
  await submit(page.element.querySelector('.dial'))
  await act(async () => page.element.querySelector<HTMLButtonElement>('.dial button')?.click())
  expect(page.calls).toEqual([
    ['dial', '2002'],
    ['dial', '2002'],
  ])
  await page.close()
})

test('while a call from an own number is prepared Enter does not place the plain one', async () => {
  const page = await show('call-through')
  const form = page.element.querySelector<HTMLFormElement>('.dial')
  await submit(form)
  expect(page.calls.filter(([name]) => name === 'dial')).toEqual([])
  expect(form?.querySelector<HTMLButtonElement>('[type=submit]')?.disabled).toBe(true)
  await page.click('Call through the platform')
  expect(page.calls.map(([name]) => name)).toContain('dialThrough')
  await page.close()
})

test('what cannot be dialled is not, and the reason stands under the field', async () => {
  const page = await show('call-dial-wrong')
  await submit(page.element.querySelector('.dial'))
  expect(page.calls).toEqual([])
  expect(page.element.querySelector<HTMLButtonElement>('.dial button')?.disabled).toBe(true)
  expect(page.element.querySelector('.dial .field-hint')?.textContent).toContain('Letters, digits')
  await page.close()
})

test('the last one can be called again', async () => {
  const page = await show('call-dial')
  await page.click('Call 2002 again')
  expect(page.calls).toEqual([['dial', '2002']])
  await page.close()
})

test('without a registration there is nothing to dial with', async () => {
  const page = await show('call-offline')
  expect(page.element.querySelector('.dial')).toBeNull()
  await page.close()
})

test('a filled dial field waits for a press, and its key brings the keyboard to it', async () => {
  const page = await show('call-dial')
  await press('D')
  expect(page.calls).toEqual([])
  expect(document.activeElement).toBe(page.element.querySelector('.dial input'))
  expect(page.ui.getState().focus).toBeUndefined()
  await page.close()
})

test('keys of a call: hold, keypad and transfer', async () => {
  const page = await show('call-live')
  await press('L')
  await press('K')
  expect(page.element.querySelector('.keypad')).not.toBeNull()
  await press('X')
  expect(page.element.querySelector('.keypad')).toBeNull()
  expect(page.element.querySelector('.transfer-panel')).not.toBeNull()
  await press('X')
  expect(page.element.querySelector('.transfer-panel')).toBeNull()
  expect(page.calls).toEqual([['setHeld', 'session-1', true]])
  await page.close()
})

test('a held call is resumed by the same key, which says that it is pressed', async () => {
  const page = await show('call-held')
  expect(page.button('Hold')?.getAttribute('aria-pressed')).toBe('true')
  await page.click('Hold')
  await press('L')
  expect(page.calls).toEqual([
    ['setHeld', 'session-1', false],
    ['setHeld', 'session-1', false],
  ])
  await page.close()
})

test('keys of two calls: swap, and connect them', async () => {
  const page = await show('call-two')
  await press('S')
  await press('E')
  await page.click('Hang up VoIPBIN test call')
  expect(page.calls).toEqual([
    ['swapTo', 'session-1'],
    ['transferTo', 'session-1', 'session-2'],
    ['hangUp', 'session-1'],
  ])
  await page.close()
})

test('a call that rings beside another one is answered by the key, and the one in front hung up by the other', async () => {
  const page = await show('call-three')
  await press('A')
  await press('H')
  expect(page.calls).toEqual([
    ['answer', 'session-3'],
    ['hangUp', 'session-2'],
  ])
  await page.close()
})

test('a second call can be answered from every screen', async () => {
  const page = await show('trace-second')
  await page.click('Answer')
  expect(page.calls).toEqual([['answer', 'session-2']])
  await page.close()
})

test('Enter in the transfer field transfers at once; the other button calls first', async () => {
  const page = await show('call-transfer')
  await page.click('Call first')
  await submit(page.element.querySelector('.transfer-panel'))
  expect(page.calls).toEqual([
    ['dial', '2002'],
    ['transfer', 'session-1', '2002'],
  ])
  await page.close()
})

test('a transfer to nothing is not possible', async () => {
  const page = await show('call-transfer')
  await type(page.element.querySelector('.transfer-panel input'), 'two words')
  await submit(page.element.querySelector('.transfer-panel'))
  expect(page.button('Call first')?.disabled).toBe(true)
  expect(page.calls).toEqual([])
  await page.close()
})

test('a failed transfer can be put away, and does not come back by itself', async () => {
  const page = await show('call-transfer-failed')
  expect(page.element.querySelector('.transfer-outcome')?.textContent).toContain(
    'Not transferred to 2002: busy',
  )
  await page.click('Dismiss')
  expect(page.element.querySelector('.transfer-outcome')).toBeNull()
  await page.close()
})

test('the way of the platform is shown as something to type', async () => {
  const page = await show('call-transfer-refused')
  expect(page.element.querySelector('.transfer-outcome code')?.textContent).toBe('POST /transfers')
  await page.close()
})

test('a call of ours can be given up by the button and by the key', async () => {
  const page = await show('call-calling')
  await page.click('Hang up')
  await press('H')
  expect(page.calls).toEqual([
    ['hangUp', 'session-1'],
    ['hangUp', 'session-1'],
  ])
  await page.close()
})

test('the keys of do not disturb, held down, toggle it once', async () => {
  const page = await show('call-idle')
  await press('b')
  for (let i = 0; i < 3; i++) await press('b', document.body, true)
  expect(page.calls).toEqual([['change', { doNotDisturb: true }]])
  await page.close()
})

test.each(['call-live', 'call-two', 'call-three', 'call-dial', 'call-calling', 'call-ringing'])(
  'on %s every shortcut that a key promises is answered',
  async (id) => {
    const page = await show(id)
    const promised = [...page.element.querySelectorAll('.view [aria-keyshortcuts]')].map((one) => [
      one.getAttribute('aria-keyshortcuts')?.split(' ')[0] ?? '',
      (one as HTMLButtonElement).disabled,
    ])
    expect(promised.length).toBeGreaterThan(0)
    for (const [chord, disabled] of promised) {
      const names = String(chord).split('+')
      const event = new KeyboardEvent('keydown', {
        key: names.at(-1) ?? '',
        bubbles: true,
        cancelable: true,
        ctrlKey: names.includes('Control'),
        shiftKey: names.includes('Shift'),
        altKey: names.includes('Alt'),
      })
      await act(async () => void document.body.dispatchEvent(event))
      expect([chord, event.defaultPrevented]).toEqual([chord, !disabled])
    }
    await page.close()
  },
)
