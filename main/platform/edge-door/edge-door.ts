// A door to SIP edges that the browser engine would not trust: main connects, checks the host's own pin or authority,
// and carries the frames. On loopback, behind an address that nobody can guess.
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import WebSocket, { WebSocketServer } from 'ws'
import { AppError } from '../../../common/kit/errors.ts'
import type { Log } from '../../../common/kit/log.ts'
import type { Scope } from '../../../common/kit/scope.ts'
import { createAgents, type Reach } from '../tls.ts'
import { toNetworkError } from '../translate.ts'
import { joinSockets } from './join-sockets.ts'

export interface EdgeDoor {
  /** Where the phone connects instead of to the edge; the same each time. */
  openTo(edge: string): Promise<string>
}

/** As long as the phone waits for an edge. */
const handshakeMs = 4_000
/** Larger messages are not SIP. */
const messageLimit = 256 * 1024

export function createEdgeDoor(scope: Scope, parts: { reach: Reach; log: Log }): EdgeDoor {
  const { log } = parts
  const tokens = new Map<string, string>()
  let opening: Promise<number> | undefined

  const toEdge = (request: IncomingMessage) =>
    [...tokens].find(([, token]) => request.url === `/${token}`)?.[0]

  const open = async (): Promise<number> => {
    if (scope.ended) throw new AppError('app.stopped')
    const agents = createAgents(parts.reach)
    const pages = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: messageLimit })
    const server = createServer((_request, response) => response.writeHead(404).end())
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      // Node takes its own listener off with the upgrade: a reset while main connects would end the process.
      socket.on('error', () => {})
      const edge = toEdge(request)
      if (edge === undefined) return refuse(socket, 404)
      const far = call(edge, request, agents.https)
      // Nobody would be joined to it.
      const leave = () => far.terminate()
      socket.once('close', leave)
      whenOpen(far, edge).then(
        () =>
          pages.handleUpgrade(request, socket, head, (near) => {
            socket.off('close', leave)
            joinSockets(near, far)
          }),
        (error: AppError) => {
          if (!socket.destroyed) log.warn(`edge not reached: ${error.code}`, error.detail)
          refuse(socket, 502)
        },
      )
    })
    scope.add(() => {
      for (const near of pages.clients) near.terminate()
      agents.close()
      server.close()
    })
    return listen(server)
  }

  return {
    async openTo(edge) {
      opening ??= open()
      const port = await opening
      const token = tokens.get(edge) ?? randomBytes(24).toString('base64url')
      tokens.set(edge, token)
      return `ws://127.0.0.1:${port}/${token}`
    },
  }
}

function call(edge: string, request: IncomingMessage, agent: import('node:https').Agent): WebSocket {
  const asked = request.headers['sec-websocket-protocol'] ?? ''
  const protocols = asked.split(',').map((each) => each.trim())
  const { origin } = request.headers
  return new WebSocket(edge, protocols.filter(Boolean), {
    agent,
    ...(origin === undefined ? {} : { origin }),
    handshakeTimeout: handshakeMs,
    maxPayload: messageLimit,
    perMessageDeflate: false,
  })
}

/** The page is let in only when the edge is there: so the phone sees a refusal as it would without a door. */
function whenOpen(far: WebSocket, edge: string): Promise<void> {
  return new Promise((resolve, reject) => {
    far.on('error', (error) => reject(toNetworkError(error, new URL(edge).host)))
    far.once('open', resolve)
  })
}

function refuse(socket: Duplex, status: 404 | 502): void {
  socket.end(
    `HTTP/1.1 ${status} ${status === 404 ? 'Not Found' : 'Bad Gateway'}\r\nConnection: close\r\n\r\n`,
  )
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}
