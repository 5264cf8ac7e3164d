// What all calls of one peer share: its socket, its transactions, its name, and how it answers challenges.

import { parseUri } from './address.ts'
import { answerChallenge, type Credentials } from './digest.ts'
import type { Header, SipRequest, SipResponse } from './message.ts'
import type { Codec } from './sdp.ts'
import type { ClientEvents, Transactions } from './transactions.ts'
import type { Place, Wire } from './wire.ts'

export interface Agent {
  readonly wire: Wire
  readonly transactions: Transactions
  readonly host: string
  readonly user: string
  readonly domain: string
  /** `sip:user@127.0.0.1:port`: where requests inside our dialogs come to. */
  readonly contact: string
  /** Where everything without a route goes. */
  readonly proxy: Place
  readonly credentials: Credentials | undefined
  readonly codecs: readonly Codec[]
}

export interface Exchange {
  /** As it was sent last. */
  readonly sent: SipRequest
}

/**
 * One request and its answers. A challenge is answered once, with a request that `make` numbers anew (RFC 3261
 * section 22.2: the CSeq grows).
 */
export function exchange(
  agent: Agent,
  make: (authorization: readonly Header[]) => SipRequest,
  to: Place,
  events: ClientEvents,
): Exchange {
  const go = (authorization: readonly Header[]): SipRequest =>
    agent.transactions.request(make(authorization), to, {
      ...events,
      onResponse(response) {
        const isChallenge = response.status === 401 || response.status === 407
        if (isChallenge && authorization.length === 0 && agent.credentials) {
          const answer = answerChallenge(sent, response, agent.credentials)
          if (answer) {
            sent = go([answer])
            return
          }
        }
        events.onResponse(response)
      },
    })
  let sent = go([])
  return {
    get sent() {
      return sent
    },
  }
}

/** The final answer; rejects when there is none. */
export function ask(
  agent: Agent,
  make: (authorization: readonly Header[]) => SipRequest,
  to: Place,
): Promise<SipResponse> {
  return new Promise((resolve, reject) => {
    exchange(agent, make, to, {
      onResponse: (response) => response.status >= 200 && resolve(response),
      onTimeout: () => reject(new Error(`no answer to ${make([]).method}`)),
    })
  })
}

/** Where a URI is reached: its own address where it is one, else through the proxy. */
export function placeOf(uri: string, proxy: Place): Place {
  const { host, port } = parseUri(uri)
  return /^\d+\.\d+\.\d+\.\d+$/.test(host) ? { host, port: port ?? 5060 } : proxy
}
