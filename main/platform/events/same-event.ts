// What makes two deliveries one event, and when the platform made it: the event socket and webhooks tell it alike.
import type { PlatformEvent } from '../platform.ts'

/**
 * By id and status, as the guides ask of whoever receives webhooks, and by the time of the change: a call is updated
 * more than once within one status. The type is left out, because bare frames have none (contract E.4).
 */
export function toSameKey(event: PlatformEvent): string {
  return [event.kind, ...partsOf(event)].join(' ')
}

function partsOf(event: PlatformEvent): unknown[] {
  switch (event.kind) {
    case 'call':
      return [event.call.id, event.call.status, event.call.updatedAt]
    case 'groupcall':
      return [event.groupcall.id, event.groupcall.status, event.groupcall.updatedAt]
    case 'transcribe':
      return [event.transcribe.id, event.transcribe.status]
    case 'transcript':
      return [event.transcript.transcribeId, event.transcript.id]
    case 'speech':
      return [event.transcribeId, event.direction, event.text, event.at]
    case 'speaking':
      return [event.speaking.id, event.speaking.status]
    case 'aiCall':
      return [event.aiCall.id, event.aiCall.status]
    case 'aiMessage':
      return [event.message.aiCallId, event.message.id]
    case 'other':
      return [event.type, event.id]
  }
}

/** Epoch ms of the platform's clock; nothing where the event does not say it. */
export function madeAt(event: PlatformEvent): number | undefined {
  switch (event.kind) {
    case 'call':
      return event.call.updatedAt ?? event.call.createdAt
    case 'groupcall':
      return event.groupcall.updatedAt
    case 'transcript':
      return event.transcript.createdAt
    case 'speech':
      return event.at
    default:
      return undefined
  }
}
