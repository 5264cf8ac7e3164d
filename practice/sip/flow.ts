// SIP over WebSocket, the server's end (RFC 7118): a port, and one flow for each phone connected to it.
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { createScope } from '../../common/kit/scope.ts'

/** One WebSocket. A registration or a dialog lives longer than its flow. */
export interface Flow {
  readonly open: boolean
  /** Rejects when the socket is gone. */
  send(text: string): Promise<void>
}

export interface FlowServer {
  readonly url: string
  /** Cuts every socket without a close frame. */
  cut(): void
  close(): Promise<void>
}

export interface FlowOptions {
  port: number
  /** Delay of every answer we send; asked each time. */
  delayMs(): number
  onMessage(text: string, flow: Flow): void
  onGone(flow: Flow): void
}

/** Bigger than any call needs; a giant frame closes its socket instead of filling the memory. */
const MOST_BYTES = 64 * 1024

export async function openFlows(options: FlowOptions): Promise<FlowServer> {
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: options.port,
    maxPayload: MOST_BYTES,
    // Without our sub-protocol it is not a phone (RFC 7118 section 4.1).
    handleProtocols: (offered) => (offered.has('sip') ? 'sip' : false),
    verifyClient: ({ req }, allow) =>
      /(^|[\s,])sip([\s,]|$)/.test(req.headers['sec-websocket-protocol'] ?? '')
        ? allow(true)
        : allow(false, 400, 'Sub-protocol sip is missing'),
  })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  server.on('connection', (socket) => serve(socket, options))
  const cut = () => {
    for (const socket of server.clients) socket.terminate()
  }
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    close: () =>
      new Promise((resolve) => {
        cut()
        server.close(() => resolve())
      }),
  }
}

function serve(socket: WebSocket, options: FlowOptions): void {
  const scope = createScope('flow')
  const put = (text: string) =>
    new Promise<void>((resolve, reject) => {
      socket.send(text, (error) => (error ? reject(error) : resolve()))
    })
  const flow: Flow = {
    get open() {
      return socket.readyState === socket.OPEN
    },
    async send(text) {
      const wait = text.startsWith('SIP/2.0 ') ? options.delayMs() : 0
      if (wait > 0) await scope.sleep(wait)
      if (!flow.open) throw new Error('the socket of the phone is gone')
      await put(text)
    },
  }
  socket.on('message', (data) => {
    const text = String(data)
    // A keep-alive of two line ends wants one back (RFC 5626 section 3.5.1).
    if (text.trim() === '') {
      if (text === '\r\n\r\n') void put('\r\n').catch(() => {})
      return
    }
    options.onMessage(text, flow)
  })
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    void scope.end()
    options.onGone(flow)
  })
}
