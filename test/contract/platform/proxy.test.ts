// The way through the system's proxy: REST and events by CONNECT, certificates checked end to end, loopback never.
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { z } from 'zod'
import { createScope } from '../../../common/kit/scope.ts'
import { defaultSettings, type Pin } from '../../../common/model/settings.ts'
import { createPlatform } from '../../../main/platform/create-platform.ts'
import { createHttp, type Http } from '../../../main/platform/http.ts'
import { isLoopback } from '../../../main/platform/proxy.ts'
import { createReach, parsePac } from '../../../main/reach.ts'
import { createCertificate } from '../../support/certificate.ts'
import { type ConnectProxy, openConnectProxy } from '../../support/connect-proxy.ts'
import { createQuietLog } from '../../support/quiet-log.ts'
import { openTinyServer, type TinyServer } from '../../support/tiny-server.ts'

const certificate = createCertificate('api.pbx.test', 'DNS:api.pbx.test')
const other = createCertificate('api.pbx.test', 'DNS:api.pbx.test')
const credential = { kind: 'accessKey', accessKey: 'vb_canary00000000' } as const

let proxy: ConnectProxy
let server: TinyServer
const opened: Http[] = []
beforeEach(async () => {
  proxy = await openConnectProxy()
  server = await openTinyServer(certificate)
  server.answer(() => ({ body: { fine: true } }))
})
afterEach(async () => {
  for (const http of opened.splice(0)) http.close()
  await proxy.close()
  await server.close()
})

const pinned: Pin[] = [{ host: 'api.pbx.test', sha256: certificate.sha256 }]
/** A name that only the proxy can resolve. */
const far = () => `https://api.pbx.test:${server.port}`

function ask(apiUrl: string, pins = pinned, proxyUrl = proxy.url): Promise<unknown> {
  const proxyFor = async () => new URL(proxyUrl)
  const http = createHttp({ apiUrl, credential, pins, proxyFor, trace: () => {} })
  opened.push(http)
  return http.request({ method: 'GET', path: '/customer' }, z.unknown())
}

describe('a request through a proxy', () => {
  it('reaches a server that this machine cannot, by its pin, and shows the proxy nothing but its name', async () => {
    await expect(ask(far())).resolves.toEqual({ fine: true })
    expect(proxy.targets).toEqual([`api.pbx.test:${server.port}`])
    expect(JSON.stringify(proxy.targets)).not.toContain('canary')
  })

  it('checks the certificate of the server itself: another key than the pinned one is refused', async () => {
    const changed = [{ host: 'api.pbx.test', sha256: other.sha256 }]
    await expect(ask(far(), changed)).rejects.toMatchObject({
      code: 'network.untrusted',
      detail: expect.stringContaining('not the pinned one'),
    })
    await expect(ask(far(), [])).rejects.toMatchObject({ code: 'network.untrusted' })
    expect(server.asked).toEqual([])
  })

  it('to this machine itself takes no proxy, also in clear', async () => {
    await ask(server.url, [{ host: '127.0.0.1', sha256: certificate.sha256 }])
    const plain = await openTinyServer()
    plain.answer(() => ({ body: {} }))
    await ask(plain.url)
    await ask(plain.url.replace('127.0.0.1', 'localhost'))
    expect(proxy.targets).toEqual([])
    await ask(`http://api.pbx.test:${plain.port}`)
    expect(proxy.targets).toEqual([`api.pbx.test:${plain.port}`])
    await plain.close()
    expect(['127.9.9.9', '[::1]', 'app.localhost'].every(isLoopback)).toBe(true)
    expect(['128.0.0.1', 'localhost.example', '::2'].some(isLoopback)).toBe(false)
  })

  it('gives user name and password of the address, and says so when they are missing or wrong', async () => {
    proxy.login = 'mina:p@ss'
    const wrong = await ask(far()).catch((error: unknown) => error)
    expect(wrong).toMatchObject({ code: 'network.proxyLogin', status: 407, detail: new URL(proxy.url).host })
    const withLogin = proxy.url.replace('http://', 'http://mina:p%40ss@')
    await expect(ask(far(), pinned, withLogin)).resolves.toEqual({ fine: true })
    const refused = await ask(far(), pinned, withLogin.replace('p%40', 'hush')).catch(
      (error: unknown) => error,
    )
    expect(String(refused)).not.toContain('hush')
  })

  it('is told apart from a server that is not there: the proxy refuses, is gone, or finds nothing', async () => {
    proxy.refuse = 403
    await expect(ask(far())).rejects.toMatchObject({
      code: 'network.proxyFailed',
      detail: expect.stringContaining('403'),
    })
    proxy.refuse = undefined
    await expect(ask('https://api.pbx.test:9')).rejects.toMatchObject({ code: 'network.proxyFailed' })
    await expect(ask(far(), pinned, 'http://127.0.0.1:9')).rejects.toMatchObject({
      code: 'network.proxyFailed',
      detail: expect.stringContaining('127.0.0.1:9'),
    })
  })
})

it('the event socket goes the same way', async () => {
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(sockets, 'listening')
  const { port } = sockets.address() as { port: number }
  const scope = createScope('test')
  const proxyFor = async () => new URL(proxy.url)
  const platform = createPlatform({
    apiUrl: `http://api.pbx.test:${port}`,
    credential,
    pins: [],
    proxyFor,
    trace: () => {},
  })
  const ended = new Promise((resolve, reject) => {
    const noop = () => {}
    platform.openEvents(scope, {
      onOpen: () => resolve('open'),
      onClose: ({ error }) => reject(new Error(error.code)),
      onPing: noop,
      onEvent: noop,
      onDuplicate: noop,
      onUnknown: noop,
    })
  })
  await expect(ended).resolves.toBe('open')
  expect(proxy.targets).toEqual([`api.pbx.test:${port}`])
  await scope.end()
  for (const client of sockets.clients) client.terminate()
  sockets.close()
})

describe('the proxy of this system', () => {
  const names = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY']
  const both = names.flatMap((name) => [name, name.toLowerCase()])
  let before: Record<string, string | undefined>
  beforeEach(() => {
    before = Object.fromEntries(both.map((name) => [name, process.env[name]]))
    for (const name of both) delete process.env[name]
  })
  afterEach(() => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  })
  const proxyOf = async (url: string, resolveProxy?: (url: string) => Promise<string>) => {
    const settings = { current: () => defaultSettings }
    const reach = createReach({ settings, resolveProxy, log: createQuietLog().log })
    return (await reach.proxyFor?.(new URL(url)))?.href
  }

  it('is what the variables say, but for the names of NO_PROXY', async () => {
    process.env.HTTPS_PROXY = 'http://one:3128'
    process.env.HTTP_PROXY = 'http://two:3128'
    process.env.NO_PROXY = 'intern.example,.lab.test'
    expect(await proxyOf('https://api.example')).toBe('http://one:3128/')
    expect(await proxyOf('http://api.example')).toBe('http://two:3128/')
    expect(await proxyOf('https://intern.example:8443')).toBeUndefined()
    expect(await proxyOf('https://api.lab.test')).toBeUndefined()
  })

  it('is what the shell says where no variable does; a shell that fails says nothing', async () => {
    const asked: string[] = []
    const shell = async (url: string) => {
      asked.push(url)
      return 'PROXY shell:8080; DIRECT'
    }
    expect(await proxyOf('https://api.example/', shell)).toBe('http://shell:8080/')
    expect(asked).toEqual(['https://api.example/'])
    expect(await proxyOf('https://api.example', () => Promise.reject(new Error('no')))).toBeUndefined()
    process.env.HTTPS_PROXY = 'http://one:3128'
    expect(await proxyOf('https://api.example', shell)).toBe('http://one:3128/')
  })

  it('that is SOCKS only is told, and not gone past', async () => {
    await expect(proxyOf('https://api.example', async () => 'SOCKS5 s:1080')).rejects.toMatchObject({
      code: 'network.proxyFailed',
    })
    expect(await proxyOf('https://api.example', async () => 'SOCKS5 s:1080; DIRECT')).toBeUndefined()
  })

  it('is the first that can be used; SOCKS cannot and is left out', () => {
    expect(parsePac('DIRECT')).toBeUndefined()
    expect(parsePac('HTTPS secure:443')).toMatchObject({ href: 'https://secure/' })
    expect(parsePac('SOCKS5 s:1080; PROXY p:3128')).toMatchObject({ host: 'p:3128' })
    expect(parsePac('SOCKS s:1080')).toBe('unusable')
    expect(parsePac('')).toBeUndefined()
  })
})
