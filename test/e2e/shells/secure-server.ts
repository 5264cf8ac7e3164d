// A secure WebSocket server on this machine whose certificate nobody has signed.
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { createCertificate } from '../../support/certificate.ts'

export interface SecureServer {
  port: number
  /** SHA-256 of its public key, base64. */
  key: string
  close(): void
}

export async function openSecureServer(): Promise<SecureServer> {
  const { key, cert, sha256 } = createCertificate('127.0.0.1', 'IP:127.0.0.1')
  const server = createServer({ key, cert })
  const sockets = new WebSocketServer({ server })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    key: sha256,
    close() {
      for (const client of sockets.clients) client.terminate()
      server.close()
    },
  }
}
