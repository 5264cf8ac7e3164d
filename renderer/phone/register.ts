// One REGISTER and its one outcome. SIP.js's own Registerer can wedge and retries by itself; the supervisor must not.
import type { Core, UserAgent } from 'sip.js'
import { randomToken } from './identity.ts'
import { type RegisterOutcome, readBinding, toRejection } from './register-answer.ts'
import { allow } from './sip-sanity.ts'

export interface Registrar {
  /** `expiresSeconds` 0 removes the binding. */
  register(expiresSeconds: number, deadlineMs: number): Promise<RegisterOutcome>
  /** OPTIONS; true when anything came back in time. */
  ping(deadlineMs: number): Promise<boolean>
}

export interface RegistrarOptions {
  userAgent: UserAgent
  instanceId: string
  /** Puts credentials on a request before anybody asks, where we have them. */
  authorize(message: Core.OutgoingRequestMessage): void
  note(title: string): void
}

/** What a registrar may demand with 423, at most: a day. */
const longestSeconds = 86_400

export function createRegistrar({ userAgent, instanceId, authorize, note }: RegistrarOptions): Registrar {
  const core = userAgent.userAgentCore
  const { aor, contact } = core.configuration
  // RFC 3261 section 10.2: the Request-URI is the domain alone.
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
      const headers = [contactHeader(expiresSeconds), allow]
      // No `gruu`, which SIP.js would claim; no route: a Service-Route is not for REGISTER (RFC 3608 section 6.1).
      const optionTags = outbound ? ['path', 'outbound'] : ['path']
      const message = core.makeOutgoingRequestMessage(
        'REGISTER',
        registrar,
        aor,
        aor,
        { ...dialogless, cseq, optionTags, routeSet: [] },
        headers,
      )
      const settle = (outcome: RegisterOutcome) => {
        // A challenge has counted the request's CSeq up.
        cseq = Math.max(cseq, message.cseq) + 1
        resolve(outcome)
      }
      const accept = ({ message: answer }: Core.IncomingResponse) => {
        const outcome = readBinding(answer, contact.uri, expiresSeconds, note)
        if (outcome.status === 'accepted' && expiresSeconds > 0) {
          // RFC 3608 section 6.1: what we send outside of dialogs takes this way from now on; without the header, none.
          core.configuration.routeSet = answer.getHeaders('service-route')
        }
        settle(outcome)
      }
      const reject = ({ message: answer }: Core.IncomingResponse) => settle(toRejection(answer))
      cseq += 2
      authorize(message)
      core.register(message, { onAccept: accept, onReject: reject, onRedirect: reject })
    })

  const attempt = async (expiresSeconds: number): Promise<RegisterOutcome> => {
    const asked = expiresSeconds === 0 ? 0 : Math.max(expiresSeconds, leastSeconds)
    const outcome = await send(asked)
    if (outcome.status !== 'rejected') return outcome
    const least = outcome.minExpiresSeconds ?? 0
    if (outcome.code === 423 && least > asked && least <= longestSeconds) {
      // RFC 3261 section 10.2.8: once more with what is demanded, and so from now on.
      leastSeconds = least
      return send(leastSeconds)
    }
    // RFC 5626 section 6: the first hop lacks outbound support; RFC 3261 section 8.1.3.5: it does not know the extension.
    if ((outcome.code === 439 || outcome.code === 420) && outbound) {
      outbound = false
      return send(asked)
    }
    return outcome
  }

  return {
    register: (expiresSeconds, deadlineMs) =>
      within<RegisterOutcome>(attempt(expiresSeconds), deadlineMs, { status: 'unanswered' }),
    ping: (deadlineMs) => {
      const message = core.makeOutgoingRequestMessage('OPTIONS', registrar, aor, aor, { routeSet: [] })
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

/** The promise, or `otherwise` when the time is up. */
function within<T>(promise: Promise<T>, deadlineMs: number, otherwise: T): Promise<T> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(otherwise), deadlineMs)
    void promise.then((value) => {
      clearTimeout(timer)
      resolve(value)
    })
  })
}
