// The door to an edge that only main can check: by pin of its host, by an authority of one's own; frames as they come.
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { createScope, type Scope } from '../../../common/kit/scope.ts'
import type { Pin } from '../../../common/model/settings.ts'
import { readAuthorities } from '../../../main/platform/authorities.ts'
import { createEdgeDoor } from '../../../main/platform/edge-door/edge-door.ts'
import { createCertificate, type TestCertificate } from '../../support/certificate.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

let scope: Scope
let pins: Pin[]
let authorities: string[]
const certificate = createCertificate('127.0.0.1', 'IP:127.0.0.1')
const another = createCertificate('127.0.0.1', 'IP:127.0.0.1')

beforeEach(() => {
  scope = createScope('door')
  pins = []
  authorities = []
})
afterEach(() => scope.end())

/** An edge that says every message back, and goes when it is told to. */
async function openEdge({ key, cert }: TestCertificate = certificate) {
  const server = createServer({ key, cert })
  const sockets = new WebSocketServer({ server, handleProtocols: (asked) => asked.has('sip') && 'sip' })
  const upgrades: string[] = []
  sockets.on('connection', (socket, request) => {
    upgrades.push(String(request.headers.origin))
    socket.on('error', () => {})
    socket.on('message', (data, isBinary) => {
      const text = data.toString()
      if (text === 'leave') socket.close(4001, 'gone')
      else if (text === 'drop') socket.terminate()
      else socket.send(data, { binary: isBinary })
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  scope.add(() => {
    for (const client of sockets.clients) client.terminate()
    server.close()
  })
  return { url: `wss://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets, upgrades }
}

const openDoor = () =>
  createEdgeDoor(scope, {
    reach: {
      get pins() {
        return pins
      },
      get authorities() {
        return authorities
      },
    },
    log: createQuietLog().log,
  })

/** The page's end; resolves with the failure when it is not let in. */
async function enter(address: string): Promise<WebSocket | string> {
  const socket = new WebSocket(address, 'sip', { origin: 'https://page.test' })
  scope.add(() => socket.terminate())
  return new Promise((resolve) => {
    socket.once('open', () => resolve(socket))
    socket.once('error', (error) => resolve(error.message))
  })
}

async function entered(address: string): Promise<WebSocket> {
  const socket = await enter(address)
  if (typeof socket === 'string') throw new Error(socket)
  return socket
}

describe('a door to an edge', () => {
  it('lets in where the key is the pinned one of the host, and carries texts and bytes as they come', async () => {
    const edge = await openEdge()
    pins = [{ host: '127.0.0.1', sha256: certificate.sha256 }]
    const socket = await entered(await openDoor().openTo(edge.url))
    expect(socket.protocol).toBe('sip')
    expect(edge.upgrades).toEqual(['https://page.test'])
    const heard: Array<[string, boolean]> = []
    socket.on('message', (data, isBinary) => heard.push([data.toString(), isBinary]))
    socket.send('REGISTER sip:x SIP/2.0\r\n\r\n')
    socket.send(Buffer.from('\r\n\r\n'))
    await expect
      .poll(() => heard)
      .toEqual([
        ['REGISTER sip:x SIP/2.0\r\n\r\n', false],
        ['\r\n\r\n', true],
      ])
  })

  it('stays shut for a key that is not pinned, for one that changed, and for a pin of another host', async () => {
    const edge = await openEdge()
    const address = await openDoor().openTo(edge.url)
    expect(await enter(address)).toContain('502')
    pins = [{ host: '127.0.0.1', sha256: another.sha256 }]
    expect(await enter(address)).toContain('502')
    // Whoever holds the key of one pinned server cannot pass for another one.
    pins = [{ host: 'other.example', sha256: certificate.sha256 }]
    expect(await enter(address)).toContain('502')
    expect(edge.upgrades).toEqual([])
  })

  it('blocks a pinned edge that shows another key, even one that an authority has signed', async () => {
    const edge = await openEdge()
    authorities = [certificate.cert]
    const address = await openDoor().openTo(edge.url)
    await entered(address)
    pins = [{ host: '127.0.0.1', sha256: another.sha256 }]
    expect(await enter(address)).toContain('502')
  })

  it('believes the authorities of a file, and says what is wrong with a file', async () => {
    const edge = await openEdge()
    const dir = mkdtempSync(path.join(tmpdir(), 'companion-ca-'))
    scope.add(() => rmSync(dir, { recursive: true, force: true }))
    const file = path.join(dir, 'ca.pem')
    const caFile = { code: 'network.caFile' }
    expect(() => readAuthorities(file)).toThrow(expect.objectContaining(caFile))
    writeFileSync(file, 'no certificate')
    expect(() => readAuthorities(file)).toThrow(expect.objectContaining(caFile))
    writeFileSync(file, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')
    expect(() => readAuthorities(file)).toThrow(expect.objectContaining(caFile))
    writeFileSync(file, `# two of them\n${another.cert}\n${certificate.cert}`)
    authorities = readAuthorities(file)
    expect(authorities).toHaveLength(2)
    await entered(await openDoor().openTo(edge.url))
    expect(readAuthorities('')).toEqual([])
  })

  it('passes on how it ended: with the words of a goodbye, or without any', async () => {
    const edge = await openEdge()
    authorities = [certificate.cert]
    const address = await openDoor().openTo(edge.url)
    const polite = await entered(address)
    polite.send('leave')
    expect((await once(polite, 'close')).map(String)).toEqual(['4001', 'gone'])
    const cut = await entered(address)
    cut.send('drop')
    expect((await once(cut, 'close'))[0]).toBe(1006)
    const ours = await entered(address)
    ours.close(1000)
    await expect.poll(() => edge.sockets.clients.size).toBe(0)
  })

  it('has one address an edge, which nobody can guess, and none for anybody else', async () => {
    const edge = await openEdge()
    authorities = [certificate.cert]
    const door = openDoor()
    const address = await door.openTo(edge.url)
    expect(await door.openTo(edge.url)).toBe(address)
    expect(await door.openTo('wss://other.example')).not.toBe(address)
    expect(new URL(address).pathname.length).toBeGreaterThan(30)
    expect(await enter(new URL('/', address).href)).toContain('404')
    expect(edge.upgrades).toEqual([])
  })

  it('outlives a page that is cut off while the edge is asked, and lets go of the edge', async () => {
    // An edge that takes its time.
    const server = createServer({ key: certificate.key, cert: certificate.cert })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const asked = once(server, 'upgrade')
    scope.add(() => server.close())
    authorities = [certificate.cert]
    const { port, pathname } = new URL(
      await openDoor().openTo(`wss://127.0.0.1:${(server.address() as AddressInfo).port}`),
    )
    const page = connect(Number(port), '127.0.0.1')
    page.on('error', () => {})
    page.write(
      `GET ${pathname} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    )
    const [, socket] = await asked
    socket.on('error', () => {})
    const left = once(socket, 'close')
    page.resetAndDestroy()
    await left
  })

  it('is shut when the edge is not there', async () => {
    authorities = [certificate.cert]
    expect(await enter(await openDoor().openTo('wss://127.0.0.1:9'))).toContain('502')
  })
})
