// A small HTTP proxy on loopback that knows CONNECT only, and the names that nobody else here can resolve.
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import net, { type AddressInfo } from 'node:net'

export interface ConnectProxy {
  url: string
  /** What it was asked for: `api.pbx.test:8443`. */
  readonly targets: string[]
  /** `user:password` without which it answers 407. */
  login: string | undefined
  /** Answers this to everything. */
  refuse: number | undefined
  close(): Promise<void>
}

export async function openConnectProxy(): Promise<ConnectProxy> {
  const targets: string[] = []
  const sockets = new Set<net.Socket>()
  const server = createServer((_request, response) => response.writeHead(405).end())
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('connect', (request: IncomingMessage, client: net.Socket, head: Buffer) => {
    const target = request.url ?? ''
    targets.push(target)
    client.on('error', () => {})
    const answer = (line: string, more = ''): void => {
      client.end(`HTTP/1.1 ${line}\r\n${more}\r\n`)
    }
    if (proxy.refuse !== undefined) return answer(`${proxy.refuse} No Way`)
    const given = request.headers['proxy-authorization']
    const wanted = proxy.login && `Basic ${Buffer.from(proxy.login).toString('base64')}`
    if (wanted && given !== wanted)
      return answer('407 Proxy Authentication Required', 'Proxy-Authenticate: Basic\r\n')
    // Every name is this machine to it.
    const far = net.connect(Number(target.split(':').pop()), '127.0.0.1')
    sockets.add(far)
    far.on('error', () => answer('502 Bad Gateway'))
    far.once('connect', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      if (head.length > 0) far.write(head)
      far.pipe(client).pipe(far)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const proxy: ConnectProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    targets,
    login: undefined,
    refuse: undefined,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
  return proxy
}
