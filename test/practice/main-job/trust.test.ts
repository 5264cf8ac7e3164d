// A server with a certificate of its own: refused with its key, trusted with the pin, without a restart.
import { expect, it, onTestFinished } from 'vitest'
import { readUntrusted } from '../../../common/kit/untrusted.ts'
import { createApp } from '../../../main/app.ts'
import { createCertificate } from '../../support/certificate.ts'
import { createTestHost } from '../../support/test-host.ts'
import { openTinyServer } from '../../support/tiny-server.ts'

it('a kept credential is tried again as soon as the key that was shown is pinned', async () => {
  const server = await openTinyServer(createCertificate('pbx.test'))
  server.answer(() => ({ status: 401, body: {} }))
  const host = createTestHost()
  await host.secrets.set(`account:${server.url}`, JSON.stringify({ by: 'accessKey', secret: 'vb_kept_4711' }))
  const app = createApp(host)
  onTestFinished(async () => {
    await app.close()
    await server.close()
    host.remove()
  })
  await app.handlers['settings.change']({ patch: { environment: 'custom', apiUrl: server.url } })
  const refused = app.handlers['account.signIn']({ by: 'stored' })
  await expect(refused).rejects.toMatchObject({ code: 'network.untrusted' })
  expect(server.asked).toEqual([])

  const { account } = app.store.getState()
  const shown = readUntrusted(account.status === 'failed' ? (account.error.detail ?? '') : '')
  if (!shown) throw new Error('no evidence to decide with')
  await app.handlers['settings.change']({
    patch: { pins: [{ host: shown.host, sha256: shown.sha256 }] },
  })
  // It is asked now, and what it answers is the news.
  expect(server.asked.length).toBeGreaterThan(0)
  expect(app.store.getState().account).toMatchObject({
    status: 'expired',
    error: { code: 'account.keyEnded' },
  })
})
