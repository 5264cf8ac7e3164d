// What an event is called in the trace, however it came.
import type { PlatformEvent } from '../platform.ts'

export function toTitle(event: PlatformEvent): string {
  return event.kind === 'speech' ? `transcribe_speech_${event.phase}` : event.type.slice(0, 300)
}
