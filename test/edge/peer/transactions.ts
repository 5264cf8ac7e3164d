// Transactions over UDP (RFC 3261 section 17): requests are repeated until answered, answers until acknowledged.
import { newBranch } from './address.ts'
import {
  branchOf,
  cseq,
  type Header,
  header,
  list,
  need,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from './message.ts'
import type { Place, Wire } from './wire.ts'

export interface ClientEvents {
  /** Each response; a final one may come again (2xx of an INVITE). */
  onResponse(response: SipResponse): void
  /** Timer B or F: nobody answered. */
  onTimeout?: () => void
}

export interface ServerTransaction {
  readonly request: SipRequest
  readonly from: Place
  respond(response: SipResponse): void
  /** The request was an INVITE and its final answer has been acknowledged. */
  onAck: ((ack: SipRequest) => void) | undefined
}

export interface Transactions {
  /** Sends with a fresh Via on top; returns the request as sent. */
  request(request: SipRequest, to: Place, events: ClientEvents, branch?: string): SipRequest
  /** An ACK of a 2xx or another request without answer. */
  sendOnly(request: SipRequest, to: Place): void
  receive(message: SipMessage, from: Place): void
  close(): void
}

const T2_MS = 4_000

interface Client {
  events: ClientEvents
  request: SipRequest
  to: Place
  stop(): void
  settled: boolean
}

interface Server {
  transaction: ServerTransaction
  last: SipResponse | undefined
  stop(): void
}

/** `t1Ms`: the round-trip estimate every timer is a multiple of; 500 by the RFC. */
export function createTransactions(
  wire: () => Wire,
  onRequest: (transaction: ServerTransaction) => void,
  t1Ms: number,
): Transactions {
  const clients = new Map<string, Client>()
  const servers = new Map<string, Server>()
  const timers = new Set<() => void>()
  const repeat = repeater(t1Ms, timers)

  const withVia = (request: SipRequest, branch: string): SipRequest => {
    const { host, port } = wire().place
    return {
      ...request,
      headers: [['Via', `SIP/2.0/UDP ${host}:${port};branch=${branch};rport`], ...request.headers],
    }
  }

  const onResponse = (response: SipResponse) => {
    const client = clients.get(`${branchOf(response)} ${cseq(response).method}`)
    if (!client) return
    if (client.request.method === 'INVITE') {
      // Timer A ends with any response: the other side has it (section 17.1.1.2).
      client.stop()
      if (response.status >= 300) wire().send(ackOfRefusal(client.request, response), client.to)
    } else if (response.status >= 200) client.stop()
    const again = client.settled
    if (response.status >= 200) client.settled = true
    if (again && (client.request.method !== 'INVITE' || response.status >= 300)) return
    client.events.onResponse(response)
  }

  const onAck = (ack: SipRequest) => {
    for (const server of servers.values()) {
      const { request } = server.transaction
      if (request.method !== 'INVITE' || need(request, 'Call-ID') !== need(ack, 'Call-ID')) continue
      if (cseq(request).number !== cseq(ack).number || need(request, 'From') !== need(ack, 'From')) continue
      server.stop()
      const told = server.transaction.onAck
      server.transaction.onAck = undefined
      told?.(ack)
    }
  }

  const serve = (request: SipRequest, from: Place) => {
    const key = `${branchOf(request)} ${request.method}`
    const known = servers.get(key)
    // A repeated request gets the last answer again (section 17.2).
    if (known) return void (known.last && wire().send(known.last, from))
    const server: Server = {
      last: undefined,
      stop: () => {},
      transaction: {
        request,
        from,
        onAck: undefined,
        respond(response) {
          server.stop()
          server.last = response
          wire().send(response, from)
          if (request.method === 'INVITE' && response.status >= 200) {
            // Timers G and H; a 2xx is repeated by its user agent in the same rhythm (section 13.3.1.4).
            server.stop = repeat(
              T2_MS,
              () => wire().send(response, from),
              () => {},
            )
          }
        },
      },
    }
    servers.set(key, server)
    onRequest(server.transaction)
  }

  return {
    request(request, to, events, branch = newBranch()) {
      const sent = withVia(request, branch)
      const isInvite = request.method === 'INVITE'
      const client: Client = { events, request: sent, to, settled: false, stop: () => {} }
      clients.set(`${branch} ${request.method}`, client)
      // Timer A doubles without a bound, timer E up to T2.
      client.stop = repeat(
        isInvite ? Number.POSITIVE_INFINITY : T2_MS,
        () => wire().send(sent, to),
        () => events.onTimeout?.(),
      )
      wire().send(sent, to)
      return sent
    },
    sendOnly: (request, to) => wire().send(withVia(request, newBranch()), to),
    receive(message, from) {
      if (message.kind === 'response') onResponse(message)
      else if (message.method === 'ACK') onAck(message)
      else serve(message, from)
    },
    close() {
      for (const stop of [...timers]) stop()
      clients.clear()
      servers.clear()
    },
  }
}

/** Repeats after T1, 2·T1, 4·T1 … up to `mostMs` apart; gives up after 64·T1 (timers B, F and H). */
function repeater(t1Ms: number, timers: Set<() => void>) {
  return (mostMs: number, again: () => void, givenUp: () => void) => {
    let wait = t1Ms
    const stop = () => {
      clearTimeout(next)
      clearTimeout(end)
      timers.delete(stop)
    }
    const tick = () => {
      again()
      wait = Math.min(wait * 2, mostMs)
      next = setTimeout(tick, wait)
    }
    let next = setTimeout(tick, wait)
    const end = setTimeout(() => {
      stop()
      givenUp()
    }, 64 * t1Ms)
    timers.add(stop)
    return stop
  }
}

/** RFC 3261 section 17.1.1.3: same Via, same CSeq number, the To of the answer. */
function ackOfRefusal(invite: SipRequest, response: SipResponse): SipRequest {
  const kept: Header[] = []
  for (const [name, value] of invite.headers) {
    if (name === 'Via' && !kept.some(([each]) => each === 'Via')) kept.push([name, value])
    if (['From', 'Call-ID', 'Max-Forwards', 'Route'].includes(name)) kept.push([name, value])
  }
  const headers: Header[] = [...kept, ['To', need(response, 'To')], ['CSeq', `${cseq(invite).number} ACK`]]
  return { kind: 'request', method: 'ACK', uri: invite.uri, headers, body: '' }
}

export interface ResponseParts {
  reason?: string
  toTag?: string
  headers?: readonly Header[]
  body?: string
  contentType?: string
}

/** RFC 3261 section 8.2.6: what an answer copies from its request. */
export function toResponse(request: SipRequest, status: number, parts: ResponseParts = {}): SipResponse {
  const to = need(request, 'To')
  const tagged = parts.toTag !== undefined && !/;\s*tag=/i.test(to) ? `${to};tag=${parts.toTag}` : to
  const headers: Header[] = [
    ...list(request, 'Via').map((via): Header => ['Via', via]),
    ['From', need(request, 'From')],
    ['To', tagged],
    ['Call-ID', need(request, 'Call-ID')],
    ['CSeq', need(request, 'CSeq')],
    // Copied so that both ends know the way (section 12.1.1).
    ...list(request, 'Record-Route').map((route): Header => ['Record-Route', route]),
    ...(parts.headers ?? []),
  ]
  const body = parts.body ?? ''
  if (
    body !== '' &&
    header({ kind: 'response', status, reason: '', headers, body }, 'Content-Type') === undefined
  ) {
    headers.push(['Content-Type', parts.contentType ?? 'application/sdp'])
  }
  return { kind: 'response', status, reason: parts.reason ?? reasons[status] ?? 'Answer', headers, body }
}

const reasons: Record<number, string> = {
  100: 'Trying',
  180: 'Ringing',
  183: 'Session Progress',
  200: 'OK',
  202: 'Accepted',
  302: 'Moved Temporarily',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  422: 'Session Interval Too Small',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  489: 'Bad Event',
  491: 'Request Pending',
  500: 'Server Internal Error',
  503: 'Service Unavailable',
  603: 'Decline',
}
