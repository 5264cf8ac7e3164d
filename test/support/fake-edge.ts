// A SIP edge of text only: reads what the phone sends and answers by hand. Shares no parser with the phone.
import type { CreateSocket, SocketLike } from '../../renderer/phone/edge-transport.ts'

export interface FakeEdge {
  createSocket: CreateSocket
  /** Everything the phone sent on any socket, oldest first. */
  readonly sent: string[]
  /** Addresses that were tried. */
  readonly tried: string[]
  /** How the next connections go; default `open`. */
  handshake(url: string): 'open' | 'refuse' | 'hang'
  /** Answer to a REGISTER; default: challenge once, then 200 for as long as asked. */
  onRegister(request: string): string | undefined
  onOptions(request: string): string | undefined
  say(message: string | ArrayBuffer): void
  /** The socket dies; `code` 1006 is without a close frame. */
  cut(): void
  /** The last message that begins like this. */
  last(start: string): string | undefined
  count(start: string): number
}

export function header(message: string, name: string): string {
  return new RegExp(`^${name}\\s*:\\s*(.*)$`, 'im').exec(message)?.[1]?.trim() ?? ''
}

/** RFC 3261 section 8.2.6.2: Via, From, To with a tag, Call-ID and CSeq come back. */
export function reply(request: string, status: string, extra: string[] = [], body = ''): string {
  const to = header(request, 'To')
  return [
    `SIP/2.0 ${status}`,
    `Via: ${header(request, 'Via')}`,
    `From: ${header(request, 'From')}`,
    `To: ${to.includes('tag=') ? to : `${to};tag=edge`}`,
    `Call-ID: ${header(request, 'Call-ID')}`,
    `CSeq: ${header(request, 'CSeq')}`,
    ...extra,
    ...(body ? ['Content-Type: application/sdp'] : []),
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n')
}

export const challenge = (realm: string) =>
  `WWW-Authenticate: Digest realm="${realm}", nonce="0123456789abcdef0123456789abcdef", algorithm=MD5, qop="auth"`

export function createFakeEdge(realm: string): FakeEdge {
  const sockets = new Set<SocketLike>()
  let current: SocketLike | undefined
  const edge: FakeEdge = {
    sent: [],
    tried: [],
    handshake: () => 'open',
    onRegister: (request) =>
      header(request, 'Authorization')
        ? reply(request, '200 OK', [`Contact: ${header(request, 'Contact')}`])
        : reply(request, '401 Unauthorized', [challenge(realm)]),
    onOptions: (request) => reply(request, '200 OK'),
    createSocket(url) {
      edge.tried.push(url)
      const socket: SocketLike = {
        binaryType: 'blob',
        onopen: null,
        onclose: null,
        onmessage: null,
        onerror: null,
        send: (message) => {
          const text = String(message)
          edge.sent.push(text)
          const answer = text.startsWith('REGISTER')
            ? edge.onRegister(text)
            : text.startsWith('OPTIONS')
              ? edge.onOptions(text)
              : undefined
          if (answer) queueMicrotask(() => edge.say(answer))
        },
        close: () => sockets.delete(socket),
      }
      sockets.add(socket)
      queueMicrotask(() => {
        const how = edge.handshake(url)
        if (how === 'refuse') return closeOf(socket)
        if (how === 'hang') return
        current = socket
        socket.onopen?.call(socket as WebSocket, new Event('open'))
      })
      return socket
    },
    say: (message) =>
      current?.onmessage?.call(current as WebSocket, new MessageEvent('message', { data: message })),
    cut: () => {
      const dead = current
      current = undefined
      if (dead) closeOf(dead)
    },
    last: (start) => edge.sent.findLast((message) => message.startsWith(start)),
    count: (start) => edge.sent.filter((message) => message.startsWith(start)).length,
  }
  return edge
}

function closeOf(socket: SocketLike): void {
  socket.onclose?.call(socket as WebSocket, Object.assign(new Event('close'), { code: 1006 }) as CloseEvent)
}

export const goodOffer = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=ice-lite',
  'm=audio 20000 UDP/TLS/RTP/SAVPF 0 101',
  'c=IN IP4 127.0.0.1',
  'a=ice-ufrag:abcd',
  'a=ice-pwd:abcdefghijklmnopqrstuvwx',
  'a=fingerprint:sha-256 00:11:22:33',
  'a=setup:actpass',
  'a=mid:0',
  'a=rtcp-mux',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:101 telephone-event/8000',
  'a=candidate:1 1 udp 2130706431 127.0.0.1 20000 typ host',
  'a=sendrecv',
  '',
].join('\r\n')

export interface CallerOptions {
  requestUri: string
  to: string
  callId?: string
  offer?: string
}

/** Requests of one caller in one dialog. */
export function createCaller(options: CallerOptions) {
  const callId = options.callId ?? 'call-1'
  const branch = (n: number) => `z9hG4bK-${callId}-${n}`
  const request = (
    method: string,
    cseq: number,
    more: { toTag?: string; headers?: string[]; body?: string; branch?: number },
  ) => {
    const body = more.body ?? ''
    return [
      `${method} ${options.requestUri} SIP/2.0`,
      `Via: SIP/2.0/WS edge.invalid;branch=${branch(more.branch ?? cseq)}`,
      'Max-Forwards: 70',
      'From: "Ada" <sip:+15550100@caller.example>;tag=ada',
      `To: <${options.to}>${more.toTag ? `;tag=${more.toTag}` : ''}`,
      `Call-ID: ${callId}`,
      `CSeq: ${cseq} ${method}`,
      'Contact: <sip:edge@edge.invalid;transport=ws>',
      ...(more.headers ?? []),
      ...(body ? ['Content-Type: application/sdp'] : []),
      `Content-Length: ${body.length}`,
      '',
      body,
    ].join('\r\n')
  }
  return {
    callId,
    invite: (headers: string[] = []) => request('INVITE', 1, { body: options.offer ?? goodOffer, headers }),
    cancel: (headers: string[] = []) => request('CANCEL', 1, { headers }),
    ack: (toTag: string) => request('ACK', 1, { toTag, branch: 90 }),
    within: (method: string, cseq: number, toTag: string, headers: string[] = [], body = '') =>
      // RFC 3261 section 13.2.2.4: the ACK of a 200 is a transaction of its own.
      request(method, cseq, { toTag, headers, body, branch: method === 'ACK' ? 100 + cseq : cseq }),
  }
}

export interface CalleeAnswer {
  /** Another tag is another branch (forking). */
  tag?: string
  body?: string
  headers?: string[]
}

/** Who answers an INVITE of ours, and speaks in the dialog afterwards. */
export function createCallee(invite: string) {
  const callId = header(invite, 'Call-ID')
  const contact = /<(.*?)>/.exec(header(invite, 'Contact'))?.[1] ?? ''
  const contactOf = (tag: string) => `Contact: <sip:${tag}@edge.invalid;transport=ws>`
  return {
    callId,
    answer: (status: string, { tag = 'ben', body = '', headers = [] }: CalleeAnswer = {}) =>
      reply(invite, status, [contactOf(tag), ...headers], body).replace(';tag=edge', `;tag=${tag}`),
    /** A request of theirs in the dialog of this tag. */
    within(method: string, cseq: number, { tag = 'ben', body = '', headers = [] }: CalleeAnswer = {}) {
      return [
        `${method} ${contact} SIP/2.0`,
        `Via: SIP/2.0/WS edge.invalid;branch=z9hG4bK-${callId}-${tag}-${cseq}`,
        'Max-Forwards: 70',
        `From: ${header(invite, 'To')};tag=${tag}`,
        `To: ${header(invite, 'From')}`,
        `Call-ID: ${callId}`,
        `CSeq: ${cseq} ${method}`,
        contactOf(tag),
        ...headers,
        ...(body ? ['Content-Type: application/sdp'] : []),
        `Content-Length: ${body.length}`,
        '',
        body,
      ].join('\r\n')
    },
  }
}

export function toTagOf(response: string): string {
  return /;tag=([^;\s]+)/.exec(header(response, 'To'))?.[1] ?? ''
}
