// Trust per host: a host with a pin must show that key, any other must pass the normal check. Never a global switch.
import { createHash, type X509Certificate } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import tls from 'node:tls'
import { toUntrustedText } from '../../common/kit/untrusted.ts'
import type { Pin } from '../../common/model/settings.ts'
import { readSystemRoots, withOwnRoots } from './authorities.ts'
import { isLoopback, openTunnel } from './proxy.ts'

/** Thrown before a byte of the request is sent, so a wrong server never sees a credential. */
export class UntrustedError extends Error {
  override name = 'UntrustedError'
}

/** SHA-256 of a certificate's public key (SPKI), base64: what a pin holds. */
export function toFingerprint(certificate: Pick<X509Certificate, 'publicKey'>): string {
  const key = certificate.publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(key).digest('base64')
}

/** How servers are reached and believed. All of it may change while the program runs: read anew for each connection. */
export interface Reach {
  readonly pins: readonly Pin[]
  /** Certificates (PEM) of authorities of one's own, beside the system's. Reading may throw `network.caFile`. */
  readonly authorities?: readonly string[] | undefined
  /** A server that takes the connection and stays silent is given up after this. Usual: 10 s. */
  handshakeMs?: number | undefined
  /** The proxy that the system wants for an address; nothing: directly. */
  proxyFor?: ((url: URL) => Promise<URL | undefined>) | undefined
}

/** Agents that keep connections alive. Idle ones are closed early: a server may drop them, and a create is not repeated. */
export function createAgents(reach: Reach): { http: http.Agent; https: https.Agent; close(): void } {
  const options = { keepAlive: true, maxSockets: 8, timeout: 4_000 }
  const plain = new PlainAgent(options, reach)
  const secure = new TrustAgent(options, reach)
  return {
    http: plain,
    https: secure,
    close() {
      plain.destroy()
      secure.destroy()
    },
  }
}

type Done<S> = (error: Error | null, socket?: S) => void

class PlainAgent extends http.Agent {
  private readonly reach: Reach

  constructor(options: http.AgentOptions, reach: Reach) {
    super(options)
    this.reach = reach
  }

  override createConnection(options: http.ClientRequestArgs, done?: unknown): undefined {
    const finish = done as Done<net.Socket>
    const target = toTarget(options, 80)
    openWay(target, 'http:', this.reach)
      .then((tunnel) =>
        finish(null, tunnel ?? net.connect({ ...options, ...target } as net.TcpNetConnectOpts)),
      )
      .catch((thrown: unknown) => finish(asError(thrown)))
    return undefined
  }
}

class TrustAgent extends https.Agent {
  private readonly reach: Reach

  constructor(options: https.AgentOptions, reach: Reach) {
    super(options)
    this.reach = reach
  }

  /** Hands the socket out only when it is trusted. */
  override createConnection(options: https.RequestOptions, done?: unknown): undefined {
    const finish = done as Done<tls.TLSSocket>
    connectTrusted(toTarget(options, 443), this.reach).then(
      (socket) => finish(null, socket),
      (thrown: unknown) => finish(asError(thrown)),
    )
    return undefined
  }
}

/** Why no trusted connection to a server comes about; nothing when it does. When the time is over: `late`. */
export function findFault(
  url: URL,
  reach: Reach,
  timeoutMs = 5_000,
  late?: Error,
): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(late), timeoutMs)
    const target = { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 443) }
    connectTrusted(target, reach)
      .then(
        (socket) => {
          socket.on('error', () => {})
          socket.destroy()
          resolve(undefined)
        },
        (thrown: unknown) => resolve(asError(thrown)),
      )
      .finally(() => clearTimeout(timer))
  })
}

interface Target {
  host: string
  port: number
}

const toTarget = ({ host, port }: http.ClientRequestArgs, usual: number): Target => ({
  host: host ?? 'localhost',
  port: Number(port ?? usual),
})

/** Through the proxy of the system where it wants one; nothing: directly. */
async function openWay(
  { host, port }: Target,
  scheme: string,
  { proxyFor }: Reach,
): Promise<net.Socket | undefined> {
  if (!proxyFor || isLoopback(host)) return undefined
  const proxy = await proxyFor(new URL(`${scheme}//${net.isIPv6(host) ? `[${host}]` : host}:${port}`))
  return proxy && (await openTunnel(proxy, host, port))
}

async function connectTrusted(target: Target, reach: Reach): Promise<tls.TLSSocket> {
  const more = reach.authorities ?? []
  const connect = async (ca: string[] | undefined) =>
    handshake(target, ca, reach, await openWay(target, 'https:', reach))
  const first = await connect(withOwnRoots(more))
  if ('socket' in first) return first.socket
  // The chain ends at somebody unknown: perhaps the system knows them.
  const roots = first.isUnknownIssuer ? readSystemRoots(more) : undefined
  const last = roots === undefined ? first : await connect(roots)
  if ('socket' in last) return last.socket
  throw last.error
}

type Handshake = { socket: tls.TLSSocket } | { error: Error; isUnknownIssuer: boolean }

function handshake(
  { host, port }: Target,
  ca: string[] | undefined,
  { pins, handshakeMs = 10_000 }: Reach,
  tunnel: net.Socket | undefined,
): Promise<Handshake> {
  return new Promise((resolve) => {
    const socket = tls.connect({
      host,
      port,
      ...(tunnel ? { socket: tunnel } : {}),
      ...(ca === undefined ? {} : { ca }),
      ...(net.isIP(host) === 0 ? { servername: host } : {}),
      ALPNProtocols: ['http/1.1'],
      // The verdict is ours, a few lines below: it needs the certificate as evidence when it is refused.
      rejectUnauthorized: false,
    })
    const late = setTimeout(() => {
      socket.off('close', onClose)
      fail(Object.assign(new Error('no answer to the TLS handshake'), { code: 'ETIMEDOUT' }))
    }, handshakeMs)
    const fail = (error: Error, isUnknownIssuer = false) => {
      clearTimeout(late)
      socket.on('error', () => {})
      socket.destroy()
      resolve({ error, isUnknownIssuer })
    }
    const onClose = () => fail(new Error('closed during the handshake'))
    const onError = (error: Error) => fail(error)
    socket.once('error', onError)
    socket.once('close', onClose)
    socket.once('secureConnect', () => {
      clearTimeout(late)
      socket.off('error', onError)
      socket.off('close', onClose)
      const why = judge(socket, host, port, pins)
      if (why === undefined) resolve({ socket })
      else fail(new UntrustedError(why), isUnknownIssuer(socket))
    })
  })
}

function isUnknownIssuer(socket: tls.TLSSocket): boolean {
  const code: unknown = socket.authorizationError
  const text = code instanceof Error && 'code' in code ? String(code.code) : String(code)
  return /^(UNABLE_TO_(GET|VERIFY)|SELF_SIGNED|DEPTH_ZERO)/.test(text)
}

/** Why this server is not trusted, with the evidence a person needs to decide; nothing when it is. */
function judge(socket: tls.TLSSocket, host: string, port: number, pins: readonly Pin[]): string | undefined {
  const certificate = socket.getPeerX509Certificate()
  if (!certificate) return `${host} shows no certificate`
  const sha256 = toFingerprint(certificate)
  const own = pins.filter((pin) => isPinFor(pin, host, port))
  if (own.some((pin) => pin.sha256 === sha256)) return undefined
  if (own.length === 0 && socket.authorized) return undefined
  // Node gives the code as a text or as an error, by version.
  const fault: unknown = socket.authorizationError
  return toUntrustedText({
    host,
    sha256,
    differs: own.length > 0,
    why: fault instanceof Error ? fault.message : String(fault ?? 'signed by a known authority'),
    issuer: certificate.issuer.replaceAll('\n', ', '),
    names: certificate.subjectAltName ?? `no host at all (${certificate.subject.replaceAll('\n', ', ')})`,
    until: new Date(certificate.validTo),
  })
}

/** A pin names a host, or a host with its port. */
export function isPinFor(pin: Pin, host: string, port: number): boolean {
  const name = pin.host.toLowerCase()
  return name === host.toLowerCase() || name === `${host.toLowerCase()}:${port}`
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)))
