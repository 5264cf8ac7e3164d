// Connections for looking only: no credential ever goes over them, so that an untrusted server may be looked at as well.
import http from 'node:http'
import net from 'node:net'
import tls from 'node:tls'
import { withOwnRoots } from '../platform/authorities.ts'
import { isLoopback, openTunnel } from '../platform/proxy.ts'
import { findFault } from '../platform/tls.ts'
import { toSaid } from '../platform/translate.ts'
import { hostOf, isSecure, type Look, portOf } from './check.ts'

/** A connection as the companion would make it: through the proxy where the system wants one. Rejects with Node's codes. */
export async function openConnection(url: URL, look: Look): Promise<net.Socket> {
  const proxy = await toProxy(url, look)
  if (proxy) return openTunnel(proxy, hostOf(url), portOf(url))
  return connectTo(hostOf(url), portOf(url), look)
}

export async function toProxy(url: URL, { reach }: Look): Promise<URL | undefined> {
  return isLoopback(hostOf(url)) ? undefined : reach.proxyFor?.(url)
}

export function connectTo(
  host: string,
  port: number,
  { machine, signal, patienceMs }: Look,
): Promise<net.Socket> {
  const lookup: net.LookupFunction = (name, options, done) => {
    machine.lookup(name).then(
      (found) => (options.all ? done(null, found) : done(null, found[0]?.address ?? '', found[0]?.family)),
      (error: NodeJS.ErrnoException) => done(error, []),
    )
  }
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host, port, lookup, signal })
    const late = setTimeout(
      () => socket.destroy(lateError('no answer to the connection', patienceMs)),
      patienceMs,
    )
    socket.once('connect', () => {
      clearTimeout(late)
      resolve(socket)
    })
    // Stays: a connection that breaks later is nobody's crash.
    socket.on('error', (error) => {
      clearTimeout(late)
      reject(error)
    })
  })
}

export interface Shown {
  socket: tls.TLSSocket
  /** Trusted by Node's own roots, or by the authorities that were given. */
  isTrusted: boolean
  /** Node's word for what is wrong: `CERT_HAS_EXPIRED`; empty when nothing is. */
  fault: string
  protocol: string
  /** The server's own first. */
  chain: tls.PeerCertificate[]
}

/** TLS with whoever answers, to see what it shows. */
export function showCertificate(
  connection: net.Socket,
  host: string,
  { reach, patienceMs }: Look,
): Promise<Shown> {
  const ca = withOwnRoots(reach.authorities ?? [])
  return new Promise((resolve, reject) => {
    const socket = tls.connect({
      socket: connection,
      host,
      ...(net.isIP(host) === 0 ? { servername: host } : {}),
      ALPNProtocols: ['http/1.1'],
      ...(ca ? { ca } : {}),
      rejectUnauthorized: false,
    })
    const late = setTimeout(
      () => socket.destroy(lateError('no answer to the TLS handshake', patienceMs)),
      patienceMs,
    )
    const onClose = () =>
      reject(Object.assign(new Error('closed during the handshake'), { code: 'ECONNRESET' }))
    socket.on('error', (error) => {
      clearTimeout(late)
      reject(error)
    })
    socket.once('close', onClose)
    socket.once('secureConnect', () => {
      clearTimeout(late)
      socket.off('close', onClose)
      const fault: unknown = socket.authorizationError
      resolve({
        socket,
        isTrusted: socket.authorized,
        fault: socket.authorized ? '' : fault instanceof Error ? toSaid(fault) : String(fault ?? ''),
        protocol: socket.getProtocol() ?? '',
        chain: toChain(socket.getPeerCertificate(true)),
      })
    })
  })
}

function toChain(leaf: tls.DetailedPeerCertificate): tls.PeerCertificate[] {
  const chain: tls.DetailedPeerCertificate[] = []
  for (
    let one: tls.DetailedPeerCertificate | undefined = leaf;
    one?.fingerprint256;
    one = one.issuerCertificate
  ) {
    // A root is its own issuer.
    if (chain.some(({ fingerprint256 }) => fingerprint256 === one?.fingerprint256)) break
    chain.push(one)
  }
  return chain
}

export interface Answer {
  status: number
  headers: http.IncomingHttpHeaders
  /** At most 16 KB. */
  body: string
  ms: number
}

/** One plain request over a connection that is there; the connection ends with it. */
export function ask(
  url: URL,
  socket: net.Socket,
  { patienceMs, signal }: Look,
  headers: http.OutgoingHttpHeaders = {},
): Promise<Answer> {
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const request = http.request({
      createConnection: () => socket,
      host: hostOf(url),
      path: url.pathname + url.search,
      headers: { host: url.host, ...headers },
    })
    // Of the whole answer, not of one silence: a drop now and then is no answer either.
    const late = setTimeout(() => give(lateError('no answer to the request', patienceMs)), patienceMs)
    const give = (why: Error) => {
      clearTimeout(late)
      socket.destroy()
      request.destroy()
      reject(why)
    }
    signal.addEventListener('abort', () => give(new Error('stopped')), { once: true })
    const finish = (response: http.IncomingMessage, body: string) => {
      clearTimeout(late)
      socket.destroy()
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body,
        ms: performance.now() - startedAt,
      })
    }
    request.on('error', give)
    request.once('upgrade', (response) => finish(response, ''))
    request.once('response', (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (text: string) => {
        body += text
        if (body.length > 16_384) finish(response, body)
      })
      response.once('end', () => finish(response, body))
      response.once('error', () => finish(response, body))
    })
    request.end()
  })
}

/** What a VoIPBIN says to everybody (contract A.1). */
export const isPong = (body: string): boolean => /"message"\s*:\s*"pong"/.test(body)

/** A WebSocket handshake (RFC 6455 section 4.1), and nothing after it. */
export const askUpgrade = (url: URL, socket: net.Socket, look: Look, protocol?: string): Promise<Answer> =>
  ask(url, socket, look, {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64'),
    ...(protocol ? { 'sec-websocket-protocol': protocol } : {}),
  })

/** A way to ask `url`: encrypted where its scheme says so. */
export async function openFor(url: URL, look: Look): Promise<net.Socket> {
  const connection = await openConnection(url, look)
  return isSecure(url) ? (await showCertificate(connection, hostOf(url), look)).socket : connection
}

/** Whether the companion itself would believe the server; a handshake that takes too long is no trust. */
export const findDistrust = (url: URL, { reach, patienceMs }: Look): Promise<Error | undefined> =>
  findFault(url, reach, patienceMs, lateError('no answer to the TLS handshake', patienceMs))

/** A resolver of the system may take half a minute; nobody waits that long. */
export function lookUp(host: string, { machine, patienceMs }: Look): ReturnType<Look['machine']['lookup']> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('no answer'), { code: 'ETIMEOUT' })), patienceMs)
  })
  return Promise.race([machine.lookup(host), late]).finally(() => clearTimeout(timer))
}

const lateError = (what: string, ms: number) =>
  Object.assign(new Error(`${what} within ${ms / 1_000} s`), { code: 'ETIMEDOUT' })
