// Requests of a peer outside of any call: REGISTER, OPTIONS and whatever a test wants to try.
import { token } from './address.ts'
import { type Agent, ask } from './agent.ts'
import type { Header, SipRequest, SipResponse } from './message.ts'

export interface Outside {
  /** `sip:user@domain`. */
  readonly uri: string
  /** The 200 of the registrar; 0 seconds is a goodbye. Rejects on any other final answer. */
  register(seconds: number): Promise<SipResponse>
  /** The final answer, whatever it is. */
  request(
    method: string,
    to: string,
    parts?: { headers?: readonly Header[]; body?: string },
  ): Promise<SipResponse>
}

export function createOutside(agent: Agent): Outside {
  const uri = `sip:${agent.user}@${agent.domain}`
  const from = `<${uri}>;tag=${token()}`
  // One Call-ID for all registrations (RFC 3261 section 10.2).
  const registrationId = token(12)
  let number = 0

  const make =
    (method: string, target: string, to: string, callId: string, headers: readonly Header[], body = '') =>
    (authorization: readonly Header[]): SipRequest => ({
      kind: 'request',
      method,
      uri: target,
      headers: [
        ['Max-Forwards', '70'],
        ['From', from],
        ['To', `<${to}>`],
        ['Call-ID', callId],
        ['CSeq', `${++number} ${method}`],
        ...headers,
        ...authorization,
      ],
      body,
    })

  return {
    uri,
    async register(seconds) {
      const headers: Header[] = [
        ['Contact', `<${agent.contact}>`],
        ['Expires', String(seconds)],
      ]
      const registrar = `sip:${agent.domain}`
      const response = await ask(
        agent,
        make('REGISTER', registrar, uri, registrationId, headers),
        agent.proxy,
      )
      if (response.status !== 200) throw new Error(`not registered: ${response.status} ${response.reason}`)
      return response
    },
    request: (method, to, { headers = [], body = '' } = {}) =>
      ask(agent, make(method, to, to, token(12), headers, body), agent.proxy),
  }
}
