// Rows of the trace, lines and states as items of a record.
import type { PhoneState, Session } from '../../common/model/phone.ts'
import type { TraceRow } from '../../common/model/trace.ts'
import type { ItemWithoutTime } from './preamble.ts'

/** What the row is about, where that is one call: its SIP Call-ID, or its id on the platform. */
export function toMessage(row: TraceRow): { item: ItemWithoutTime; about: string | undefined } {
  const { source, direction, title, result, tone, ms, body, callId } = row
  const item: ItemWithoutTime = {
    kind: source,
    direction,
    title,
    tone,
    ...(result === undefined ? {} : { result }),
    ...(ms === undefined ? {} : { ms }),
    ...(body === undefined ? {} : { body }),
  }
  return { item, about: callId ?? (source === 'sip' ? toSipCallId(body) : undefined) }
}

/** RFC 3261 section 20.8, and its short form. Registrations are no call's. */
function toSipCallId(body = ''): string | undefined {
  if (!/^CSeq\s*:\s*\d+\s+(?:INVITE|ACK|BYE|CANCEL|PRACK|UPDATE|INFO|REFER|NOTIFY)\b/im.test(body))
    return undefined
  return /^(?:Call-ID|i)\s*:\s*(\S+)/im.exec(body)?.[1]
}

const state = (what: string, to: string, detail?: string): ItemWithoutTime => ({
  kind: 'state',
  what,
  to,
  ...(detail === undefined ? {} : { detail: detail.slice(0, 300) }),
})

/** What of the whole phone is another one than before. */
export function toPhoneStates(next: PhoneState, before: PhoneState): ItemWithoutTime[] {
  const items: ItemWithoutTime[] = []
  const { registration, microphone } = next
  if (registration.status !== before.registration.status) {
    const detail =
      registration.status === 'registered'
        ? `${registration.edge}, ${Math.round(registration.tookMs)} ms`
        : 'error' in registration
          ? registration.error.say
          : undefined
    items.push(state('registration', registration.status, detail))
  }
  if (microphone.status !== before.microphone.status) {
    const detail =
      microphone.status === 'open'
        ? microphone.label
        : microphone.status === 'failed'
          ? microphone.error.say
          : undefined
    items.push(state('microphone', microphone.status, detail))
  }
  return items
}

/** What of one session is another one than before. */
export function toSessionStates(next: Session, before: Session | undefined): ItemWithoutTime[] {
  const items: ItemWithoutTime[] = []
  if (next.status !== before?.status) {
    const detail = next.status === 'ended' ? [next.outcome, next.reason, next.error?.say] : []
    items.push(state('session', next.status, detail.filter(Boolean).join(', ') || undefined))
  }
  if (before && next.sending !== before.sending) items.push(state('microphone', next.sending))
  const held = toHeld(next)
  if (before && held !== toHeld(before)) items.push(state('hold', held))
  if (next.media?.microphone !== before?.media?.microphone && next.media) {
    items.push(state('sound of the microphone', next.media.microphone))
  }
  if (next.transfer && next.transfer.status !== before?.transfer?.status) {
    items.push(state('transfer', next.transfer.status, next.transfer.error?.say))
  }
  return items
}

const toHeld = ({ held }: Session) =>
  held.byUs ? (held.byThem ? 'by both' : 'by us') : held.byThem ? 'by them' : 'off'
