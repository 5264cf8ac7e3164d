// Encryption before a plain server on loopback, with a certificate that can be changed while it runs.
import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import tls from 'node:tls'
import type { TestCertificate } from './certificate.ts'

export interface TlsFront {
  port: number
  /** Connections it has had. */
  readonly connections: () => number
  /** Another certificate from now on; who is connected is cut off. */
  change(certificate: TestCertificate): void
  close(): Promise<void>
}

export async function openTlsFront(certificate: TestCertificate, backPort: number): Promise<TlsFront> {
  const sockets = new Set<net.Socket>()
  const keep = (socket: net.Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.once('close', () => sockets.delete(socket))
  }
  let connections = 0
  const { key, cert } = certificate
  const server = tls.createServer({ key, cert }, (front) => {
    const back = net.connect(backPort, '127.0.0.1')
    keep(front)
    keep(back)
    front.once('close', () => back.destroy())
    back.once('close', () => front.destroy())
    front.pipe(back).pipe(front)
  })
  server.on('connection', () => {
    connections += 1
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    change(next) {
      server.setSecureContext({ key: next.key, cert: next.cert })
      cut()
    },
    async close() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
