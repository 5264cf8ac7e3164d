// Whether a VoIPBIN answers at an address, or something else, or nothing (contract A.1, I.36, I.37).
import { expect, it } from 'vitest'
import { isVoipbin } from '../../../main/platform/ping.ts'
import { openTinyServer } from '../../support/tiny-server.ts'

it('says "pong" to everybody; whatever says anything else is something else', async () => {
  const server = await openTinyServer()
  const ask = () => isVoipbin({ apiUrl: server.url, pins: [], trace: () => {} })
  server.answer(() => ({ body: { message: 'pong' } }))
  expect(await ask()).toBe(true)
  expect(server.asked).toMatchObject([{ method: 'GET', url: '/ping' }])
  server.answer(() => ({ body: { message: 'hello' } }))
  expect(await ask()).toBe(false)
  server.answer(() => ({ status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>Not here</h1>' }))
  expect(await ask()).toBe(false)
  await server.close()
  expect(await ask()).toBe(false)
})
