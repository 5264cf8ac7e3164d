// SIP over one WebSocket after the other: the user agent and its dialogs outlive the sockets below them.
import { type Core, EmitterImpl, type Transport, TransportState } from 'sip.js'
import { AppError } from '../../common/kit/errors.ts'
import type { NewTraceRow } from '../../common/model/trace.ts'
import { correctAllow, inspectRequest, whyUnread } from './sip-sanity.ts'
import { type SipTracer, toDroppedRow, transactionKey } from './sip-trace.ts'
import { hideChallenges } from './sipjs-patches.ts'

/** The part of WebSocket that is used; tests hand in their own. */
export type SocketLike = Pick<
  WebSocket,
  'send' | 'close' | 'onopen' | 'onclose' | 'onmessage' | 'onerror' | 'binaryType'
>
export type CreateSocket = (url: string) => SocketLike

export interface EdgeTransportOptions {
  createSocket: CreateSocket
  trace: SipTracer
  report(row: NewTraceRow): void
}

/** Larger messages are dropped unread: no SIP message of ours comes near (what-users-want F.2). */
const messageLimit = 65_536
/** A BYE that was sent while there was no socket still leaves when one is back within this time. */
const keepMs = 30_000

export class EdgeTransport implements Transport {
  onConnect: (() => void) | undefined
  onDisconnect: ((error?: Error) => void) | undefined
  onMessage: ((message: string) => void) | undefined
  /** The socket closed without our doing. */
  onLost: ((why: string) => void) | undefined
  lastReceivedAt = 0
  /** Whether a REGISTER was sent or accepted over this socket: only then may invitations come over it (RFC 5626 section 4.3). */
  flow: 'new' | 'asked' | 'registered' = 'new'
  readonly stateChange = new EmitterImpl<TransportState>()
  readonly #options: EdgeTransportOptions
  #socket: SocketLike | undefined
  #url = ''
  #open = false
  #secure = true
  #kept: { message: string; at: number }[] = []
  /** Over which edge each request came, by its transaction. */
  readonly #origins = new Map<string, string>()

  // The signature is that of SIP.js, which constructs its transport itself.
  constructor(_logger: Core.Logger, options: EdgeTransportOptions) {
    this.#options = options
  }

  /** RFC 7118 section 5.2: transport in Via. */
  get protocol(): string {
    return this.#secure ? 'WSS' : 'WS'
  }

  get state(): TransportState {
    return this.#open ? TransportState.Connected : TransportState.Disconnected
  }

  isConnected(): boolean {
    return this.#open
  }

  /** Opens a socket to this edge in place of the one before; rejects when there is no handshake in time. */
  openEdge(url: string, deadlineMs: number): Promise<void> {
    this.closeEdge()
    return new Promise((resolve, reject) => {
      const fail = (detail: string, cause?: unknown) => {
        clearTimeout(timer)
        if (this.#socket === socket) this.closeEdge()
        reject(new AppError('sip.unreachable', { detail: `${hostOf(url)}: ${detail}`, cause }))
      }
      const timer = setTimeout(() => fail(`no WebSocket handshake in ${deadlineMs} ms`), deadlineMs)
      let socket: SocketLike | undefined
      try {
        socket = this.#options.createSocket(url)
      } catch (error) {
        return fail('not a WebSocket address', error)
      }
      this.#socket = socket
      this.#url = url
      this.#secure = url.startsWith('wss:')
      socket.binaryType = 'arraybuffer'
      socket.onopen = () => {
        clearTimeout(timer)
        this.#open = true
        this.lastReceivedAt = Date.now()
        socket.onclose = (event) => this.#lose(socket, `closed (${event.code})`)
        resolve()
      }
      socket.onclose = (event) => fail(`refused, unknown or not trusted (${event.code})`)
      socket.onerror = () => {}
      socket.onmessage = (event) => this.#receive(socket, event.data)
    })
  }

  closeEdge(): void {
    const socket = this.#socket
    this.#socket = undefined
    this.#open = false
    this.flow = 'new'
    if (!socket) return
    socket.onopen = socket.onclose = socket.onerror = null
    try {
      socket.close(1000)
    } catch {
      // Already closed.
    }
  }

  send(given: string): Promise<void> {
    const message = correctAllow(given)
    if (this.#open && this.#socket) {
      // RFC 3261 section 18.2.2: an answer goes back where its request came from. Over a new socket the same edge still
      // knows the transaction; another one would not, and has no business with it.
      if (this.#isForAnotherEdge(message)) {
        this.#drop('an answer to a request of another edge', message, 'out')
        return Promise.resolve()
      }
      try {
        this.#socket.send(message)
      } catch (error) {
        return Promise.reject(error instanceof Error ? error : new Error(String(error)))
      }
      this.#traceSent(message)
      return Promise.resolve()
    }
    // REGISTER and OPTIONS ask about this very socket, and a call must not begin when nobody expects it any more;
    // everything else concerns a call that is, and may still arrive.
    if (/^(?:REGISTER|OPTIONS) /.test(message) || isNewCall(message))
      return Promise.reject(new Error('no socket'))
    this.#kept.push({ message, at: Date.now() })
    if (this.#kept.length > 50) this.#kept.shift()
    return Promise.resolve()
  }

  /** After registering anew: what was said to nobody meanwhile. */
  flush(): void {
    const fresh = this.#kept.filter((kept) => Date.now() - kept.at < keepMs)
    this.#kept = []
    for (const { message } of fresh) void this.send(message)
  }

  // SIP.js asks for these four; the supervisor opens and closes sockets, nobody else.
  connect(): Promise<void> {
    return Promise.resolve()
  }
  disconnect(): Promise<void> {
    this.closeEdge()
    return Promise.resolve()
  }
  dispose(): Promise<void> {
    this.closeEdge()
    this.#kept = []
    return Promise.resolve()
  }

  #lose(socket: SocketLike, why: string): void {
    if (this.#socket !== socket) return
    this.#socket = undefined
    this.#open = false
    this.flow = 'new'
    this.onLost?.(why)
  }

  #receive(socket: SocketLike, data: unknown): void {
    const size = typeof data === 'string' ? data.length : data instanceof ArrayBuffer ? data.byteLength : 0
    if (size > messageLimit) {
      this.#drop(`${size} characters are more than a SIP message may have`)
      return
    }
    const text = typeof data === 'string' ? data : new TextDecoder().decode(data as ArrayBuffer)
    if (this.#socket !== socket) {
      this.#drop('came over a socket that was given up', text)
      return
    }
    this.lastReceivedAt = Date.now()
    // RFC 5626 section 3.5.1: keep-alive.
    if (/^(?:\r\n)*$/.test(text)) return
    const unread = whyUnread(text)
    if (unread) {
      this.#drop(unread, text)
      return
    }
    this.#options.trace(text, 'in')
    this.#remember(text)
    const refusal = inspectRequest(text)
    if (refusal) {
      this.#drop(refusal.why, text)
      if (refusal.answer) void this.send(refusal.answer).catch(() => {})
      return
    }
    try {
      this.onMessage?.(hideChallenges(text))
    } catch (error) {
      // SIP.js throws on some malformed messages; one of them must not end the connection.
      this.#drop(error instanceof Error ? error.message : 'malformed', text)
    }
  }

  #remember(message: string): void {
    if (message.startsWith('SIP/')) return
    this.#origins.set(transactionKey(message), this.#url)
    // More than can be pending: an invitation rings for 75 s.
    if (this.#origins.size > 200) this.#origins.delete(this.#origins.keys().next().value ?? '')
  }

  #isForAnotherEdge(message: string): boolean {
    if (!message.startsWith('SIP/')) return false
    const origin = this.#origins.get(transactionKey(message))
    return origin !== undefined && origin !== this.#url
  }

  /** After sending: to read a message costs a millisecond that a caller would wait for. */
  #traceSent(message: string): void {
    try {
      this.#options.trace(message, 'out')
    } catch {
      // On the wire it is, whoever could not write it down.
    }
  }

  #drop(why: string, text = '', direction: 'in' | 'out' = 'in'): void {
    this.#options.report(toDroppedRow(why, text, Date.now(), direction))
  }
}

/** An INVITE whose `To` has no tag yet. */
function isNewCall(message: string): boolean {
  return message.startsWith('INVITE ') && !/^To\s*:.*;\s*tag=/im.test(message)
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}
