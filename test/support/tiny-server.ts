// A small HTTP server for contract tests: answers as told, keeps what it was asked.
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'

export interface TinyRequest {
  method: string
  url: string
  headers: http.IncomingHttpHeaders
  body: string
}

export interface TinyAnswer {
  status?: number
  headers?: Record<string, string>
  /** A value becomes JSON, a text stays one. */
  body?: unknown
}

/** Nothing = the request is never answered; `cut` = the connection breaks. */
export type TinyHandler = (request: TinyRequest) => TinyAnswer | 'cut' | undefined

export interface TinyServer {
  readonly url: string
  readonly port: number
  readonly asked: TinyRequest[]
  readonly server: http.Server | https.Server
  answer(handler: TinyHandler): void
  close(): Promise<void>
}

export async function openTinyServer(tls?: { key: string; cert: string }): Promise<TinyServer> {
  const asked: TinyRequest[] = []
  let handler: TinyHandler = () => ({ status: 404 })
  const listener: http.RequestListener = (request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += String(chunk)
    })
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      asked.push({ method, url, headers, body })
      const answer = handler({ method, url, headers, body })
      if (answer === 'cut') request.socket.destroy()
      else if (answer) reply(response, answer)
    })
  }
  const server = tls ? https.createServer(tls, listener) : http.createServer(listener)
  const sockets = new Set<Duplex>()
  server.on('connection', (socket: Duplex) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    asked,
    server,
    answer: (next) => {
      handler = next
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function reply(response: http.ServerResponse, { status = 200, headers = {}, body }: TinyAnswer): void {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(text)
}
