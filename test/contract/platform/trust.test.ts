// Certificates: checked without a pin, compared with one, and never a byte to a server that is not trusted.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { AppError } from '../../../common/kit/errors.ts'
import { readUntrusted } from '../../../common/kit/untrusted.ts'
import { createHttp, type Http } from '../../../main/platform/http.ts'
import { findFault, UntrustedError } from '../../../main/platform/tls.ts'
import { toErrno, toNetworkError } from '../../../main/platform/translate.ts'
import { createCertificate, type TestCertificate } from '../../support/certificate.ts'
import { openTinyServer, type TinyServer } from '../../support/tiny-server.ts'

let own: TestCertificate
let other: TestCertificate
let server: TinyServer
const opened: Http[] = []

beforeAll(() => {
  own = createCertificate('voipbin.test')
  other = createCertificate('voipbin.test')
})
beforeEach(async () => {
  server = await openTinyServer(own)
  server.answer(() => ({ body: {} }))
})
afterEach(async () => {
  for (const http of opened.splice(0)) http.close()
  await server.close()
})
afterAll(() => {
  // The trust of one host must not have opened the process.
  expect(process.env.NODE_TLS_REJECT_UNAUTHORIZED).toBeUndefined()
})

function ask(pins: Array<{ host: string; sha256: string }>): Promise<unknown> {
  const credential = { kind: 'accessKey', accessKey: 'vb_0123456789' } as const
  const http = createHttp({ apiUrl: server.url, credential, pins, trace: () => {} })
  opened.push(http)
  return http.request({ method: 'GET', path: '/customer' }, z.unknown())
}

/** In a process of its own, whose system trusts one more certificate: Node reads the system's once, at need. */
async function askElsewhere(url: string, trusted: string): Promise<string> {
  const dir = mkdtempSync(path.join(tmpdir(), 'companion-roots-'))
  try {
    const file = path.join(dir, 'roots.pem')
    writeFileSync(file, trusted)
    const main = path.resolve(import.meta.dirname, '../../support/ask-once.ts')
    const env = { ...process.env, SSL_CERT_FILE: file }
    const { stdout } = await promisify(execFile)(process.execPath, [main, url], { env })
    return stdout
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

describe('a self-signed server', () => {
  it('is not trusted by itself, and the evidence to decide is shown', async () => {
    const error: AppError = await ask([]).then(
      () => Promise.reject(new Error('it was trusted')),
      (thrown) => thrown,
    )
    expect(error.code).toBe('network.untrusted')
    expect(error.detail).toContain(own.sha256)
    expect(error.detail).toContain('CN=voipbin.test')
    expect(server.asked).toEqual([])
  })

  it('is trusted with its pin, though neither chain nor name can be checked', async () => {
    await ask([{ host: '127.0.0.1', sha256: own.sha256 }])
    await ask([{ host: `127.0.0.1:${server.port}`, sha256: own.sha256 }])
    expect(server.asked).toHaveLength(2)
  })

  it('is not trusted with the pin of another key, and never sees the credential', async () => {
    await expect(ask([{ host: '127.0.0.1', sha256: other.sha256 }])).rejects.toMatchObject({
      code: 'network.untrusted',
    })
    expect(server.asked).toEqual([])
  })

  it('is not trusted with a pin of another host', async () => {
    await expect(ask([{ host: 'voipbin.test', sha256: own.sha256 }])).rejects.toMatchObject({
      code: 'network.untrusted',
    })
    await expect(ask([{ host: '127.0.0.1:1', sha256: own.sha256 }])).rejects.toMatchObject({
      code: 'network.untrusted',
    })
  })

  it('is trusted from the moment its pin is added, and no longer than that', async () => {
    let pins = [{ host: 'elsewhere', sha256: own.sha256 }]
    const http = createHttp({
      apiUrl: server.url,
      credential: undefined,
      get pins() {
        return pins
      },
      trace: () => {},
    })
    opened.push(http)
    // A closed connection makes the next request open another one.
    server.answer(() => ({ body: {}, headers: { connection: 'close' } }))
    const get = () => http.request({ method: 'GET', path: '/customer' }, z.unknown())
    await expect(get()).rejects.toMatchObject({ code: 'network.untrusted' })
    pins = [{ host: '127.0.0.1', sha256: own.sha256 }]
    await get()
    pins = []
    await expect(get()).rejects.toMatchObject({ code: 'network.untrusted' })
  })

  it('is told apart from one that is trusted or not there, for a program that cannot tell', async () => {
    const url = new URL(server.url)
    const fault = await findFault(url, { pins: [] })
    expect(readUntrusted(fault?.message ?? '')).toMatchObject({
      host: '127.0.0.1',
      sha256: own.sha256,
      differs: false,
      until: expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
      names: expect.stringContaining('CN=voipbin.test'),
      issuer: 'CN=voipbin.test',
    })
    const changed = await findFault(url, { pins: [{ host: '127.0.0.1', sha256: other.sha256 }] })
    expect(readUntrusted(changed?.message ?? '')).toMatchObject({ sha256: own.sha256, differs: true })
    expect(await findFault(url, { pins: [{ host: '127.0.0.1', sha256: own.sha256 }] })).toBeUndefined()
    await server.close()
    expect(await findFault(url, { pins: [] })).not.toBeInstanceOf(UntrustedError)
  })

  it('that stays silent in the handshake is given up, and its connection closed', async () => {
    const silent = net.createServer()
    silent.listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as net.AddressInfo
    const taken = once(silent, 'connection')
    const fault = findFault(new URL(`https://127.0.0.1:${port}`), { pins: [], handshakeMs: 50 })
    const [socket] = (await taken) as [net.Socket]
    socket.resume()
    const closed = once(socket, 'close')
    expect(toNetworkError(await fault, 'x').code).toBe('network.timeout')
    await closed
    silent.close()
  })

  it('is looked at by an IPv6 address, too', async () => {
    const fault = await findFault(new URL('https://[::1]:9'), { pins: [] })
    expect(toErrno(fault)).not.toBe('ENOTFOUND')
  })

  it('that speaks plain HTTP on the port is no matter of trust', async () => {
    const plain = await openTinyServer()
    const fault = await findFault(new URL(plain.url.replace('http:', 'https:')), { pins: [] })
    expect(toNetworkError(fault, 'x').code).toBe('network.unreachable')
    await plain.close()
  })

  it('that changes its key is not trusted any more', async () => {
    await ask([{ host: '127.0.0.1', sha256: own.sha256 }])
    await server.close()
    server = await openTinyServer(other)
    await expect(ask([{ host: '127.0.0.1', sha256: own.sha256 }])).rejects.toMatchObject({
      code: 'network.untrusted',
    })
  })

  it('is trusted where the system trusts it and its name is right, as with the roots of mkcert', async () => {
    const known = createCertificate('voipbin.test', 'IP:127.0.0.1')
    await server.close()
    server = await openTinyServer(known)
    server.answer(() => ({ body: { trusted: true } }))
    expect(await askElsewhere(server.url, known.cert)).toContain('"trusted":true')
    expect(await askElsewhere(server.url, own.cert)).toContain('network.untrusted')
  })

  it('that does not speak TLS at all is named so', async () => {
    const plain = await openTinyServer()
    const http = createHttp({
      apiUrl: plain.url.replace('http:', 'https:'),
      credential: undefined,
      pins: [],
      trace: () => {},
    })
    opened.push(http)
    const failed = http.request({ method: 'GET', path: '/customer' }, z.unknown())
    await expect(failed).rejects.toMatchObject({ code: expect.stringMatching(/^network\./) })
    await plain.close()
  })
})
