// What an answer to REGISTER means: whether we are registered and for how long, or why not. Pure.
import { Core, type URI } from 'sip.js'

export type RegisterOutcome =
  | { status: 'accepted'; expiresSeconds: number }
  | {
      status: 'rejected'
      code: number
      reason: string
      retryAfterSeconds?: number
      minExpiresSeconds?: number
    }
  | { status: 'unanswered' }

/** Others are bound, we are not. */
export const notKept = 'but our Contact is not kept'

/** A registrar that says "in a day" must not keep the phone silent for a day. */
export const longestRetryAfterSeconds = 600

export function toRejection(answer: Core.IncomingResponseMessage): RegisterOutcome {
  const retryAfter = firstNumber(answer.getHeader('retry-after'))
  const minExpires = firstNumber(answer.getHeader('min-expires'))
  return {
    status: 'rejected',
    code: answer.statusCode ?? 0,
    reason: [answer.reasonPhrase, more(answer)].filter(Boolean).join(' '),
    ...(retryAfter ? { retryAfterSeconds: Math.min(retryAfter, longestRetryAfterSeconds) } : {}),
    ...(minExpires ? { minExpiresSeconds: minExpires } : {}),
  }
}

/** What the status alone does not tell. A redirection is shown and not followed: an address from a message is no edge of ours. */
function more(answer: Core.IncomingResponseMessage): string {
  const named = { 302: 'contact', 305: 'contact', 420: 'unsupported', 421: 'require' }[answer.statusCode ?? 0]
  const value = named === undefined ? undefined : answer.getHeader(named)
  return value === undefined ? '' : `(${named}: ${value})`.slice(0, 100)
}

/**
 * RFC 3261 section 10.2.4: the binding is ours only when the 200 names our Contact; its expires is the registrar's word.
 * Section 10.3 step 8 wants every binding in the 200. Where none is named but `Expires` is, a registrar speaks of the one
 * that was asked for; where neither is, it keeps nothing, and calls would not ring.
 */
export function readBinding(
  answer: Core.IncomingResponseMessage,
  ours: URI,
  asked: number,
  note: (title: string) => void,
): RegisterOutcome {
  if (asked === 0) return { status: 'accepted', expiresSeconds: 0 }
  const general = firstNumber(answer.getHeader('expires'))
  const contacts = answer.getHeaders('contact').map((_, i): unknown => answer.parseHeader('contact', i))
  for (const found of contacts) {
    if (!(found instanceof Core.NameAddrHeader) || found.uri.user !== ours.user) continue
    const given = firstNumber(found.getParam('expires') ?? undefined) ?? general ?? asked
    if (given > 0) return accepted(given, asked)
  }
  if (contacts.length === 0 && general) {
    note('registered by a 200 without Contact: its Expires is believed')
    return accepted(general, asked)
  }
  const reason = contacts.length === 0 ? 'but the registrar keeps no binding' : notKept
  return { status: 'rejected', code: 200, reason: `OK, ${reason}` }
}

/** Never longer than asked: the registrar may shorten (RFC 3261 section 10.2.4), and a timer of a year would fire at once. */
function accepted(given: number, asked: number): RegisterOutcome {
  return { status: 'accepted', expiresSeconds: Math.min(given, asked) }
}

/** `120`, `"120"`, `120;duration=60 (comment)`; anything else is undefined. */
function firstNumber(text: string | undefined): number | undefined {
  const digits = /^\s*"?(\d{1,15})(?!\d)/.exec(text ?? '')?.[1]
  return digits === undefined ? undefined : Number(digits)
}
