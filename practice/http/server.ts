// Opens the loopback server that carries REST and the upgrade to events.
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type Api, answerHttp, toRequestId, toUrl } from './api.ts'
import { authenticate } from './credentials.ts'
import { ApiError } from './errors.ts'

export interface HttpServer {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string
  close(): Promise<void>
}

/** Throws what `listen` throws, `EADDRINUSE` for a port in use. */
export async function openHttp(api: Api, port: number): Promise<HttpServer> {
  const server = createServer((request, response) => void answerHttp(api, request, response))
  server.on('upgrade', (request, socket, head) => upgrade(api, request, socket, head))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => closeServer(server),
  }
}

/** A bad credential is answered before the upgrade, as any request (contract E.1). */
function upgrade(api: Api, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  socket.on('error', () => socket.destroy())
  const url = toUrl(request)
  try {
    if (url.pathname !== '/v1.0/ws' && url.pathname !== '/v1.0/service_agents/ws')
      throw new ApiError(404, 'ROUTE_NOT_FOUND', 'There is no such route.')
    const who = authenticate(request, url, api.world.store, api.world.tokens)
    api.world.events.accept(request, socket, head, who)
  } catch (error) {
    const refusal = error instanceof ApiError ? error : new ApiError(500, 'INTERNAL', 'Internal error.')
    const requestId = toRequestId(request.headers['x-request-id'])
    const body = JSON.stringify(refusal.envelope(requestId))
    socket.end(
      `HTTP/1.1 ${refusal.status} Refused\r\nContent-Type: application/json\r\nX-Request-Id: ${requestId}\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    )
  }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
