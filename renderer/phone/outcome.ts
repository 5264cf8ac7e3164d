// How a session ended, read from the messages that ended it.
import { AppError, type ErrorCode } from '../../common/kit/errors.ts'
import type { Session } from '../../common/model/phone.ts'

export type Outcome = NonNullable<Session['outcome']>
export interface Ending {
  outcome: Outcome
  reason?: string
}

/** RFC 3326: `SIP;cause=200;text="Call completed elsewhere"`. */
export function parseReason(header: string | undefined): { cause?: number; text?: string } {
  if (!header) return {}
  const cause = Number(/;\s*cause\s*=\s*(\d+)/i.exec(header)?.[1])
  const text = /;\s*text\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(header)?.[1]?.replace(/\\(.)/g, '$1')
  return { ...(cause > 0 ? { cause } : {}), ...(text ? { text } : {}) }
}

/** A CANCEL because another device answered says so (cause 200); any other means that the caller gave up. */
export function toCancelEnding(reasonHeader: string | undefined): Ending {
  const { cause, text } = parseReason(reasonHeader)
  const elsewhere = cause === 200 || /elsewhere/i.test(text ?? '')
  const outcome: Outcome = elsewhere ? 'answeredElsewhere' : 'canceled'
  return text ? { outcome, reason: text } : { outcome }
}

export function toByeEnding(reasonHeader: string | undefined): Ending {
  const { text } = parseReason(reasonHeader)
  return text ? { outcome: 'hungUpByThem', reason: text } : { outcome: 'hungUpByThem' }
}

export interface Refusal {
  ending: Ending
  /** Only what is not simply the answer of a person. */
  error?: AppError
}

const reached: Record<number, Ending> = {
  408: { outcome: 'notAnswered', reason: 'nobody answered in time' },
  // RFC 3261 section 21.4.24: also busy at the called device.
  486: { outcome: 'busy', reason: 'they are in another call' },
  // Somebody else gave up for us: a time limit of the platform.
  487: { outcome: 'notAnswered', reason: 'the platform stopped the call before an answer' },
  600: { outcome: 'busy', reason: 'they are busy on all their devices' },
  603: { outcome: 'refused', reason: 'they declined' },
  // RFC 8197: refused as unwanted.
  607: { outcome: 'refused', reason: 'they do not want this call' },
}

const codes: Record<number, ErrorCode> = {
  401: 'call.notAllowed',
  402: 'call.notAllowed',
  403: 'call.notAllowed',
  404: 'call.targetUnknown',
  407: 'call.notAllowed',
  410: 'call.targetUnknown',
  416: 'call.targetUnknown',
  480: 'call.targetAway',
  484: 'call.targetUnknown',
  485: 'call.targetUnknown',
  604: 'call.targetUnknown',
}
const unacceptable = new Set([405, 406, 415, 420, 421, 488, 493, 606])

/** What the final answer to our INVITE means (RFC 3261 section 21). 3xx is a refusal: where a call goes, people decide. */
export function toRefusal(status: number, phrase = '', reasonHeader?: string): Refusal {
  const ending = reached[status]
  if (ending) return { ending }
  const code = codes[status] ?? (unacceptable.has(status) ? 'call.notAccepted' : 'call.notConnected')
  const moved =
    status >= 300 && status < 400 ? 'they are at another address, which is not called by itself: ' : ''
  const detail = `${moved}${parseReason(reasonHeader).text ?? `${status} ${phrase}`.trim()}`
  const outcome: Outcome = code === 'call.notConnected' ? 'failed' : 'refused'
  return { ending: { outcome }, error: new AppError(code, { status, detail }) }
}

/** When nobody said why: by how far it had come. What was dialled ends so only when its answer cannot be used. */
export function toSilentEnding({ status, direction }: Pick<Session, 'status' | 'direction'>): Ending {
  if (status === 'ringing' && direction === 'incoming') return { outcome: 'notAnswered' }
  return {
    outcome: 'failed',
    reason: direction === 'outgoing' ? 'the answer could not be used' : 'it broke off',
  }
}
