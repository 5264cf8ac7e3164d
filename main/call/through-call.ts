// A call from one of the own numbers, through the platform: it rings this phone, and joins it with the number that is called.
import type { PlaceCall } from '../platform/platform.ts'

export interface ThroughCall {
  language: string
  extension: { id: string; extension: string }
  /** An own number: what the other side sees (contract C.2). */
  from: string
  /** E.164. */
  to: string
}

export function toThroughCall({ language, extension, from, to }: ThroughCall): PlaceCall {
  const source = { type: 'tel', target: from }
  return {
    source: { ...source, targetName: to },
    destinations: [{ type: 'extension', target: extension.id, targetName: extension.extension }],
    actions: [
      { type: 'transcribe_start', option: { language } },
      // Early media: who calls hears how it rings there (contract D).
      { type: 'connect', option: { source, destinations: [{ type: 'tel', target: to }], early_media: true } },
    ],
  }
}
