// Trust per host: a host with a pin must show that key, any other must pass the normal check. Never a global switch.
import { createHash } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import tls from 'node:tls'
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

/** Agents that keep connections alive. Idle ones are closed early: a server may drop them, and a create is not repeated. */
export function createAgents(pins: readonly Pin[]): { http: http.Agent; https: https.Agent; close(): void } {
  const options = { keepAlive: true, maxSockets: 8, timeout: 4_000 }
  const plain = new http.Agent(options)
  const secure = new TrustAgent(options, pins)
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
  private readonly pins: readonly Pin[]

  constructor(options: https.AgentOptions, pins: readonly Pin[]) {
    super(options)
    this.pins = pins
  }

  /** Hands the socket out only when it is trusted. */
  override createConnection(options: https.RequestOptions, done?: unknown): undefined {
    const host = options.host ?? 'localhost'
    const port = Number(options.port ?? 443)
    const socket = tls.connect({
      host,
      port,
      ...(net.isIP(host) === 0 ? { servername: host } : {}),
      ALPNProtocols: ['http/1.1'],
      // The verdict is ours, three lines below: it needs the certificate as evidence when it is refused.
      rejectUnauthorized: false,
    })
    const finish = done as Done
    const fail = (error: Error) => {
      socket.destroy()
      finish(error, socket)
    }
    socket.once('error', fail)
    socket.once('secureConnect', () => {
      socket.off('error', fail)
      const why = findFault(socket, host, port, this.pins)
      if (why === undefined) finish(null, socket)
      else {
        socket.on('error', () => {})
        fail(new UntrustedError(why))
      }
    })
    return undefined
  }
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
  const fingerprint = toFingerprint(certificate)
  const own = pins.filter((pin) => isHost(pin.host, host, port))
  const evidence = `key SHA-256 ${fingerprint}, issued by ${certificate.issuer.replaceAll('\n', ', ')}`
  if (own.length > 0) {
    return own.some((pin) => pin.sha256 === fingerprint)
      ? undefined
      : `${host} does not show the pinned key: ${evidence}`
  }
  if (socket.authorized) return undefined
  // Node gives the code as a text or as an error, by version.
  const fault: unknown = socket.authorizationError
  return `${host}: ${fault instanceof Error ? fault.message : String(fault)}; ${evidence}`
}

/** A pin names a host, or a host with its port. */
function isHost(pinned: string, host: string, port: number): boolean {
  const name = pinned.toLowerCase()
  return name === host.toLowerCase() || name === `${host.toLowerCase()}:${port}`
}
