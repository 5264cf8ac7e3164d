// A secure WebSocket server on this machine whose certificate nobody has signed.
import { execFileSync } from 'node:child_process'
import { createHash, createPublicKey } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { WebSocketServer } from 'ws'

export interface SecureServer {
  port: number
  /** SHA-256 of its public key, base64. */
  key: string
  close(): void
}

export async function openSecureServer(): Promise<SecureServer> {
  const { key, cert } = makeCertificate()
  const server = createServer({ key, cert })
  const sockets = new WebSocketServer({ server })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const spki = createPublicKey(cert).export({ type: 'spki', format: 'der' })
  return {
    port: (server.address() as AddressInfo).port,
    key: createHash('sha256').update(spki).digest('base64'),
    close() {
      for (const client of sockets.clients) client.terminate()
      server.close()
    },
  }
}

function makeCertificate(): { key: string; cert: string } {
  const dir = mkdtempSync(path.join(tmpdir(), 'certificate-'))
  const [key, cert] = [path.join(dir, 'key.pem'), path.join(dir, 'cert.pem')]
  const how = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const who = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  execFileSync('openssl', ['req', '-x509', ...how, ...who, '-keyout', key, '-out', cert], { stdio: 'pipe' })
  const made = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  rmSync(dir, { recursive: true })
  return made
}
