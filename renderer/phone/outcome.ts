// How a session ended, read from the messages that ended it.
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

/** When nobody said why: by how far it had come. */
export function toSilentEnding(status: Session['status']): Ending {
  if (status === 'ringing' || status === 'dialing') return { outcome: 'notAnswered' }
  return { outcome: 'failed' }
}
