// @vitest-environment jsdom
// Events and webhooks on the screen: what is asked before the webhook of a whole customer changes.
import { act } from 'react'
import { beforeAll, expect, test } from 'vitest'
import { App } from '../../../renderer/app.tsx'
import { galleryState, prepareJsdom, render } from '../../support/render.tsx'

beforeAll(prepareJsdom)

const show = (id: string) => render(galleryState(id), <App />)
type Page = Awaited<ReturnType<typeof show>>

async function type(page: Page, label: string, text: string) {
  const found = [...page.element.querySelectorAll('label')].find((one) => one.textContent === label)
  const input = found && page.element.querySelector<HTMLInputElement>(`[id="${found.htmlFor}"]`)
  if (!input) throw new Error(`no field ${label}`)
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
  await act(async () => {
    set?.call(input, text)
    input.dispatchEvent(new Event('input', { bubbles: true }))
  })
}

test('the webhook changes after a second look that names the customer and what it replaces', async () => {
  const page = await show('settings-hooks')
  await type(page, 'Address', 'https://new.example/hook')
  await page.click('Change …')
  expect(page.calls).toEqual([])
  expect(page.element.textContent).toContain(
    'Every event of Acme Support will go to POST https://new.example/hook',
  )
  expect(page.element.textContent).toContain('(POST https://mina.tunnel.example/voipbin/events)')
  await page.click('Change it for the whole customer')
  expect(page.calls).toEqual([
    ['tryAsk', 'webhook.change', { method: 'POST', uri: 'https://new.example/hook' }],
  ])
  await page.close()
})

test('what is typed after the question asks anew, and a mistake cannot be sent', async () => {
  const page = await show('settings-hooks')
  await type(page, 'Address', 'https://new.example/hook')
  await page.click('Change …')
  await type(page, 'Address', 'ftp://new.example')
  expect(page.button('Change it for the whole customer')).toBeUndefined()
  expect(page.button('Change …')?.disabled).toBe(true)
  expect(page.element.textContent).toContain('Must be an address that begins with https:// or http://')
  await page.close()
})

test('one press puts back what was there; the address of the receiver is a press away and says who reaches it', async () => {
  const page = await show('settings-hooks')
  await page.click('Put it back')
  expect(page.calls).toEqual([['tryAsk', 'webhook.restore', {}]])
  await page.click('Use the receiver’s address')
  expect(page.element.textContent).toContain('VoIPBIN on the internet cannot reach it here')
  await page.close()
})

test('a manager sees the webhook and is offered no change of it', async () => {
  const page = await show('settings-silent')
  expect(page.element.textContent).toContain(
    'Changing the webhook of the customer needs the admin permission',
  )
  expect(page.button('Change …')).toBeUndefined()
  expect(page.button('Put it back')).toBeUndefined()
  expect(page.element.textContent).toContain('connected but silent, found 2 min ago')
  await page.close()
})

test('the receiver is started and stopped; a port in use says so', async () => {
  const off = await show('settings-hooksoff')
  expect(off.element.textContent).toContain('The port of the webhook receiver is in use.')
  expect(off.element.textContent).toContain('without a password and without encryption')
  await off.click('Start the receiver')
  expect(off.calls).toEqual([['tryAsk', 'receiver.start', {}]])
  await off.close()
  const on = await show('settings-hooks')
  await on.click('Stop the receiver')
  expect(on.calls).toEqual([['tryAsk', 'receiver.stop', {}]])
  await on.close()
})

test('the trace shows webhooks as rows of their own, a further try as such', async () => {
  const page = await show('trace-hooks')
  expect(page.button('Webhooks')).toBeDefined()
  await act(async () => page.ui.setState({ traceRow: 10_004 }))
  expect(page.element.textContent).toContain('Hook · incoming · 200 · again, 2nd try · signed')
  await page.close()
})
