// One REGISTER and its one outcome. SIP.js's own Registerer can wedge and retries by itself; the supervisor must not.
import { Core, type URI, type UserAgent } from 'sip.js'
import { randomToken } from './identity.ts'

export type RegisterOutcome =
  | { status: 'accepted'; expiresSeconds: number }
  | { status: 'rejected'; code: number; reason: string; retryAfterSeconds?: number }
  | { status: 'unanswered' }

export interface Registrar {
  /** `expiresSeconds` 0 removes the binding. */
  register(expiresSeconds: number, deadlineMs: number): Promise<RegisterOutcome>
  /** OPTIONS; true when anything came back in time. */
  ping(deadlineMs: number): Promise<boolean>
}

export function createRegistrar(
  userAgent: UserAgent,
  instanceId: string,
  /** Puts credentials on a request before anybody asks, where we have them. */
  authorize: (message: Core.OutgoingRequestMessage) => void,
): Registrar {
  const core = userAgent.userAgentCore
  const { aor, contact } = core.configuration
  const registrar = aor.clone()
  registrar.user = undefined
  // RFC 3261 section 10.2: one Call-ID for all registrations to one registrar, CSeq counting up.
  const dialogless = { callId: randomToken(22), fromTag: randomToken(10) }
  let cseq = 1
  let outbound = true
  let leastSeconds = 0

  const contactHeader = (expiresSeconds: number) => {
    // RFC 5626 section 4.1: the same instance and reg-id replace the flow of the socket before.
    const flow = outbound ? `;reg-id=1;+sip.instance="<urn:uuid:${instanceId}>"` : ''
    return `Contact: ${contact.toString({ register: true })}${flow};expires=${expiresSeconds}`
  }

  const send = (expiresSeconds: number): Promise<RegisterOutcome> =>
    new Promise((resolve) => {
      const headers = [contactHeader(expiresSeconds), `Allow: ${allowed}`]
      const message = core.makeOutgoingRequestMessage(
        'REGISTER',
        registrar,
        aor,
        aor,
        { ...dialogless, cseq },
        headers,
      )
      const settle = (outcome: RegisterOutcome) => {
        // A challenge has counted the request's CSeq up.
        cseq = Math.max(cseq, message.cseq) + 1
        resolve(outcome)
      }
      const reject = ({ message: answer }: Core.IncomingResponse) => settle(toRejection(answer))
      cseq += 2
      authorize(message)
      core.register(message, {
        onAccept: ({ message: answer }) => settle(readBinding(answer, contact.uri, expiresSeconds)),
        onReject: (answer) => {
          // RFC 3261 section 10.2.8
          if (answer.message.statusCode === 423) {
            leastSeconds = Number(answer.message.getHeader('min-expires')) || leastSeconds
          }
          reject(answer)
        },
        onRedirect: reject,
      })
    })

  const attempt = async (expiresSeconds: number): Promise<RegisterOutcome> => {
    const asked = expiresSeconds === 0 ? 0 : Math.max(expiresSeconds, leastSeconds)
    const outcome = await send(asked)
    if (outcome.status !== 'rejected') return outcome
    if (outcome.code === 423 && leastSeconds > asked && leastSeconds <= 86_400) return send(leastSeconds)
    if (outcome.code === 439 && outbound) {
      // RFC 5626 section 6: the first hop lacks outbound support.
      outbound = false
      return send(asked)
    }
    return outcome
  }

  return {
    register: (expiresSeconds, deadlineMs) =>
      within<RegisterOutcome>(attempt(expiresSeconds), deadlineMs, { status: 'unanswered' }),
    ping: (deadlineMs) => {
      const message = core.makeOutgoingRequestMessage('OPTIONS', registrar, aor, aor, {})
      const answered = new Promise<boolean>((resolve) => {
        const yes = () => resolve(true)
        // SIP.js makes up a 503 when the socket refuses and a 408 after 32 s: neither came from the edge.
        const maybe = ({ message: answer }: Core.IncomingResponse) => resolve(answer.via !== undefined)
        core.request(message, { onAccept: yes, onRedirect: yes, onReject: maybe })
      })
      return within(answered, deadlineMs, false)
    },
  }
}

const allowed = 'ACK,CANCEL,INVITE,MESSAGE,BYE,OPTIONS,INFO,NOTIFY,REFER'

function toRejection(answer: Core.IncomingResponseMessage): RegisterOutcome {
  const retryAfterSeconds = Number.parseInt(answer.getHeader('retry-after') ?? '', 10)
  return {
    status: 'rejected',
    code: answer.statusCode ?? 0,
    reason: answer.reasonPhrase ?? '',
    ...(retryAfterSeconds > 0 ? { retryAfterSeconds } : {}),
  }
}

/** RFC 3261 section 10.2.4: the binding is ours only when the 200 names our Contact; its expires is the registrar's word. */
function readBinding(answer: Core.IncomingResponseMessage, ours: URI, asked: number): RegisterOutcome {
  if (asked === 0) return { status: 'accepted', expiresSeconds: 0 }
  for (let i = 0; i < answer.getHeaders('contact').length; i++) {
    const found: unknown = answer.parseHeader('contact', i)
    if (!(found instanceof Core.NameAddrHeader) || found.uri.user !== ours.user) continue
    const given = Number(found.getParam('expires') ?? answer.getHeader('expires') ?? asked)
    if (given > 0) return { status: 'accepted', expiresSeconds: given }
  }
  return { status: 'rejected', code: 200, reason: 'the answer does not name our Contact' }
}

function within<T>(promise: Promise<T>, deadlineMs: number, otherwise: T): Promise<T> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(otherwise), deadlineMs)
    void promise.then((value) => {
      clearTimeout(timer)
      resolve(value)
    })
  })
}
