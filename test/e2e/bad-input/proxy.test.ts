// The built program behind a proxy: through it where it lets us, and in words where it does not.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createCertificate } from '../../support/certificate.ts'
import { type ConnectProxy, openConnectProxy } from '../../support/connect-proxy.ts'
import { runQuickstart } from '../../support/headless-run.ts'
import { openTinyServer, type TinyServer } from '../../support/tiny-server.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'companion-proxy-'))
const keyFile = path.join(folder, 'key')
writeFileSync(keyFile, 'vb_canary00000000')
const certificate = createCertificate('api.pbx.test', 'DNS:api.pbx.test')
const caFile = path.join(folder, 'ca.pem')
writeFileSync(caFile, certificate.cert)

let proxy: ConnectProxy
let server: TinyServer
beforeAll(async () => {
  proxy = await openConnectProxy()
  server = await openTinyServer(certificate)
  server.answer(() => ({
    status: 401,
    body: {
      error: { status: 'UNAUTHENTICATED', reason: 'INVALID_CREDENTIALS', message: 'no', request_id: 'r-7' },
    },
  }))
})
beforeEach(() => {
  proxy.login = undefined
  proxy.refuse = undefined
})
afterAll(async () => {
  await proxy.close()
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

async function run(proxyUrl = proxy.url) {
  const args = [
    '--api',
    `https://api.pbx.test:${server.port}`,
    '--access-key-file',
    keyFile,
    '--ca-file',
    caFile,
  ]
  const { report, output } = await runQuickstart([...args, '--timeout', '20'], { HTTPS_PROXY: proxyUrl })
  expect(output).not.toContain('canary')
  return report?.steps.find(({ id }) => id === 'signIn')?.error
}

it('a server that only the proxy reaches answers, believed by an authority of its own', async () => {
  expect(await run()).toMatchObject({ code: 'account.rejected', requestId: 'r-7' })
  expect(proxy.targets).toContain(`api.pbx.test:${server.port}`)
})

it('a proxy that wants a password, refuses, or is gone, is told as that', async () => {
  proxy.login = 'mina:hush'
  expect(await run()).toMatchObject({ code: 'network.proxyLogin' })
  proxy.refuse = 403
  expect(await run()).toMatchObject({ code: 'network.proxyFailed' })
  expect(await run('http://127.0.0.1:9')).toMatchObject({ code: 'network.proxyFailed' })
})
