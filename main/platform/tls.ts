// Trust per host: a host with a pin must show that key, any other must pass the normal check. Never a global switch.
import { createHash } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import tls from 'node:tls'
import { toUntrustedText } from '../../common/kit/untrusted.ts'
import type { Pin } from '../../common/model/settings.ts'

/** Thrown before a byte of the request is sent, so a wrong server never sees a credential. */
export class UntrustedError extends Error {
  override name = 'UntrustedError'
}

/** SHA-256 of a certificate's public key (SPKI), base64: what a pin holds. */
export function toFingerprint(certificate: { publicKey: import('node:crypto').KeyObject }): string {
  const key = certificate.publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(key).digest('base64')
}

/** Pins change while the program runs: they are read anew for each connection. */
export interface Pinned {
  readonly pins: readonly Pin[]
}

/** Agents that keep connections alive. Idle ones are closed early: a server may drop them, and a create is not repeated. */
export function createAgents(trust: Pinned): { http: http.Agent; https: https.Agent; close(): void } {
  const options = { keepAlive: true, maxSockets: 8, timeout: 4_000 }
  const plain = new http.Agent(options)
  const secure = new TrustAgent(options, trust)
  return {
    http: plain,
    https: secure,
    close() {
      plain.destroy()
      secure.destroy()
    },
  }
}

type Done = (error: Error | null, socket: tls.TLSSocket) => void

class TrustAgent extends https.Agent {
  private readonly trust: Pinned

  constructor(options: https.AgentOptions, trust: Pinned) {
    super(options)
    this.trust = trust
  }

  /** Hands the socket out only when it is trusted. */
  override createConnection(options: https.RequestOptions, done?: unknown): undefined {
    const finish = done as Done
    const { pins } = this.trust
    const server = { host: options.host ?? 'localhost', port: Number(options.port ?? 443), pins }
    connectTrusted(server, (fault, socket) => finish(fault?.error ?? null, socket))
    return undefined
  }
}

/** What is wrong with the certificate of a server that another program could not connect to, if it is that. */
export function findUntrusted(url: URL, pins: readonly Pin[], timeoutMs = 5_000): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(undefined), timeoutMs)
    const server = { host: url.hostname, port: Number(url.port || 443), pins }
    connectTrusted(server, (fault, socket) => {
      clearTimeout(late)
      socket.on('error', () => {})
      socket.destroy()
      resolve(fault?.error instanceof UntrustedError ? fault.error : undefined)
    })
  })
}

function connectTrusted(server: Server, done: Connected): void {
  connect(server, undefined, (fault, socket) => {
    const roots = fault?.mayHelp === 'roots' ? readSystemRoots() : undefined
    if (roots === undefined) done(fault, socket)
    else connect(server, roots, done)
  })
}

interface Server {
  host: string
  port: number
  pins: readonly Pin[]
}

interface Fault {
  error: Error
  /** The chain ends at somebody unknown: perhaps the system knows them. */
  mayHelp?: 'roots'
}

type Connected = (fault: Fault | undefined, socket: tls.TLSSocket) => void

function connect({ host, port, pins }: Server, ca: string[] | undefined, done: Connected): void {
  const socket = tls.connect({
    host,
    port,
    ...(ca === undefined ? {} : { ca }),
    ...(net.isIP(host) === 0 ? { servername: host } : {}),
    ALPNProtocols: ['http/1.1'],
    // The verdict is ours, a few lines below: it needs the certificate as evidence when it is refused.
    rejectUnauthorized: false,
  })
  const fail = (fault: Fault) => {
    socket.on('error', () => {})
    socket.destroy()
    done(fault, socket)
  }
  const onError = (error: Error) => fail({ error })
  socket.once('error', onError)
  socket.once('secureConnect', () => {
    socket.off('error', onError)
    const why = findFault(socket, host, port, pins)
    if (why === undefined) done(undefined, socket)
    else fail({ error: new UntrustedError(why), ...(isUnknownIssuer(socket) ? { mayHelp: 'roots' } : {}) })
  })
}

function isUnknownIssuer(socket: tls.TLSSocket): boolean {
  const code: unknown = socket.authorizationError
  const text = code instanceof Error && 'code' in code ? String(code.code) : String(code)
  return /^(UNABLE_TO_(GET|VERIFY)|SELF_SIGNED|DEPTH_ZERO)/.test(text)
}

let systemRoots: string[] | undefined

/**
 * Node's own roots and those of this system: a company's, or mkcert's of a sandbox (contract A.2). Read once and only
 * when needed, it takes a while. Nothing on a Node that cannot read them (before 22.15).
 */
function readSystemRoots(): string[] | undefined {
  const read = (tls as Partial<Pick<typeof tls, 'getCACertificates'>>).getCACertificates
  if (read) systemRoots ??= [...read('default'), ...read('system')]
  return systemRoots
}

/** Why this server is not trusted, with the evidence a person needs to decide; nothing when it is. */
function findFault(
  socket: tls.TLSSocket,
  host: string,
  port: number,
  pins: readonly Pin[],
): string | undefined {
  const certificate = socket.getPeerX509Certificate()
  if (!certificate) return `${host} shows no certificate`
  const sha256 = toFingerprint(certificate)
  const own = pins.filter((pin) => isHost(pin.host, host, port))
  if (own.some((pin) => pin.sha256 === sha256)) return undefined
  if (own.length === 0 && socket.authorized) return undefined
  // Node gives the code as a text or as an error, by version.
  const fault: unknown = socket.authorizationError
  return toUntrustedText({
    host,
    sha256,
    differs: own.length > 0,
    why: fault instanceof Error ? fault.message : String(fault),
    issuer: certificate.issuer.replaceAll('\n', ', '),
  })
}

/** A pin names a host, or a host with its port. */
function isHost(pinned: string, host: string, port: number): boolean {
  const name = pinned.toLowerCase()
  return name === host.toLowerCase() || name === `${host.toLowerCase()}:${port}`
}
