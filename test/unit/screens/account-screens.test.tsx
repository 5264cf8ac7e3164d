// @vitest-environment jsdom
// Whose account it is, on the screen: keys, signing up, signing in again.
import { act } from 'react'
import { beforeAll, expect, test } from 'vitest'
import { App } from '../../../renderer/app.tsx'
import { galleryState, prepareJsdom, render } from '../../support/render.tsx'

beforeAll(prepareJsdom)

const show = (id: string) => render(galleryState(id), <App />)
type Page = Awaited<ReturnType<typeof show>>

function field(page: Page, label: string): HTMLInputElement {
  const labels = [...page.element.querySelectorAll('label')]
  const found = labels.find((one) => one.textContent === label)
  const input = found && page.element.querySelector<HTMLInputElement>(`[id="${found.htmlFor}"]`)
  if (!input) throw new Error(`no field ${label}`)
  return input
}
async function type(input: HTMLInputElement, text: string) {
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
  await act(async () => {
    set?.call(input, text)
    input.dispatchEvent(new Event('input', { bubbles: true }))
  })
}
const tick = (page: Page, name: string) =>
  act(async () => page.element.querySelector<HTMLInputElement>(`input[aria-label="${name}"]`)?.click())

test('the token of a new key is shown until it is put away, and says that it will not be shown again', async () => {
  const page = await show('settings-keys')
  await type(field(page, 'Name of a new key'), 'Laptop')
  await tick(page, 'Sign in here with it')
  await page.click('Create')
  expect(page.calls).toEqual([['createAccessKey', { name: 'Laptop', days: 365, use: true }]])
  await act(async () => page.ui.setState({ newKey: 'vb_shown-once' }))
  // A call may ring meanwhile: the token waits.
  await act(async () => page.ui.setState({ screen: 'call' }))
  await act(async () => page.ui.setState({ screen: 'settings' }))
  expect(page.element.textContent).toContain('vb_shown-once')
  expect(page.element.textContent).toContain('it will not be shown again')
  expect(page.button('Copy')).toBeDefined()
  await page.click('I have it')
  expect(page.element.textContent).not.toContain('vb_shown-once')
  await page.close()
})

test('a key is deleted after a second look, which says what follows', async () => {
  const page = await show('settings-keys')
  await page.click('Delete the access key Laptop of Mina')
  expect(page.calls).toEqual([])
  expect(page.element.textContent).toContain('You are signed in with it')
  await page.click('Delete Laptop of Mina')
  expect(page.calls).toEqual([['ask', 'accessKey.remove', { id: 'k1' }]])
  await page.close()
})

test('a manager is told why there are no keys, and is offered none', async () => {
  const page = await show('settings-manager')
  expect(page.element.textContent).toContain(
    'Seeing, creating or deleting access keys needs the admin permission',
  )
  expect(page.button('Show the access keys')).toBeUndefined()
  expect(page.button('Create')).toBeUndefined()
  await page.close()
})

test('an account is made with address and accepted terms, not without', async () => {
  const page = await show('quickstart-signin')
  await act(async () => page.ui.setState({ screen: 'settings' }))
  await page.click('No account yet? Create one')
  await type(field(page, 'E-mail address'), 'ada@example.com')
  expect(page.button('Create the account')?.disabled).toBe(true)
  await tick(page, 'I accept the terms of service')
  await page.click('Create the account')
  expect(page.calls).toEqual([
    ['tryAsk', 'signUp.start', { email: 'ada@example.com', name: '', acceptedTerms: true }],
  ])
  await page.close()
})

test('a wrong code is told at its field; the right one is sent with six digits, another can be had', async () => {
  const page = await show('settings-code')
  expect(page.element.textContent).toContain('The code is wrong or has expired.')
  await type(field(page, 'Six digits'), '12 34 56')
  await page.click('Confirm')
  await page.click('Send another code')
  expect(page.calls).toEqual([
    ['tryAsk', 'signUp.confirm', { code: '123456' }],
    ['tryAsk', 'signUp.start', { email: 'mina@acme.example', name: '', acceptedTerms: true }],
  ])
  await page.close()
})

test('an address that may be registered is offered a link for a new password', async () => {
  const page = await show('settings-signup')
  await page.click('Send me a link for a new password')
  expect(page.calls).toEqual([['ask', 'account.forgotPassword', { email: 'mina@acme.example' }]])
  await page.close()
})

test('in a call, the end of a sign-in is mended where it is told, with the name filled in', async () => {
  const page = await show('call-expired')
  expect(page.button('Hang up')).toBeDefined()
  await page.click('Sign in again')
  expect(field(page, 'User name').value).toBe('mina@acme.example')
  await type(field(page, 'Password'), 'sesame-8')
  await page.click('Sign in again')
  expect(page.calls).toEqual([
    ['tryAsk', 'account.renew', { by: 'password', username: 'mina@acme.example', password: 'sesame-8' }],
  ])
  expect(page.button('Hang up')).toBeDefined()
  await page.close()
})

test('Settings asks the same person when the sign-in has expired, and offers it before', async () => {
  const expired = await show('settings-expired')
  expect(field(expired, 'User name').value).toBe('mina@acme.example')
  expect(expired.button('Sign in again')?.disabled).toBe(true)
  await expired.close()
  const manager = await show('settings-manager')
  expect(manager.button('Sign in again')).toBeDefined()
  await manager.close()
})
