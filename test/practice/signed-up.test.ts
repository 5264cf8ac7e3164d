// Who signed up on practice has a phone like everybody else: in a domain of their own.
import { expect, it, onTestFinished } from 'vitest'
import { openPractice } from '../../practice/practice.ts'
import { openRawPhone } from '../support/practice/raw-phone.ts'
import { createApi } from '../support/practice.ts'

it('a new customer registers in its own domain, and in no other', async () => {
  const practice = await openPractice({ dialect: 'deployed' })
  onTestFinished(() => practice.close())
  const { apiUrl, edgeUrl, baseDomain } = practice.address
  const signUp = { email: 'ada@example.com', accepted_tos: true }
  const { customer, accesskey } = (await createApi(apiUrl, {}).post('/auth/signup', signUp)).json
  const wish = { name: 'adas', detail: 'A desk', extension: 'adas', password: 'sesame-8' }
  await createApi(apiUrl, { query: `accesskey=${accesskey.token}` }).post('/v1.0/extensions', wish)
  const registerAt = async (customerId: string) => {
    const domain = `${customerId}.registrar.${baseDomain}`
    const phone = await openRawPhone({ url: edgeUrl, domain, extension: 'adas' })
    onTestFinished(() => phone.close())
    return (await phone.register({ password: wish.password })).status
  }
  expect(await registerAt(customer.id)).toBe(200)
  expect(await registerAt(practice.customerId)).toBe(404)
  expect(await registerAt('00000000-0000-4000-8000-000000000000')).toBe(404)
})
