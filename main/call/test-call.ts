// What the test call is made of: the actions of VoIPBIN's own quickstart, to this machine's extension.
import { type OwnNumber, toSource } from '../../common/model/number.ts'
import type { PlaceCall } from '../platform/platform.ts'

export interface TestCall {
  language: string
  extension: { id: string; extension: string }
  /** What the settings choose; empty = the first of them that can. */
  sourceNumber: string
  numbers: readonly OwnNumber[]
}

export const greeting =
  'Hello. This is the VoIPBIN real-time voice interaction test. You can speak now and your speech will be transcribed. The call will stay open for you to test the Speaking API.'

/** Keeps the call open after the greeting; after its last action the platform hangs up (contract D). */
const openMs = 600_000

export function toTestCall({ language, extension, sourceNumber, numbers }: TestCall): PlaceCall {
  const own = toSource(numbers, sourceNumber)
  return {
    // Calls to extensions do not need an owned number (contract C.2).
    source: own
      ? { type: 'tel', target: own }
      : { type: 'extension', target: extension.id, targetName: extension.extension },
    // The value for the code as it is, the id for releases that look it up (contract H).
    destinations: [{ type: 'extension', target: extension.id, targetName: extension.extension }],
    actions: [
      { type: 'transcribe_start', option: { language } },
      { type: 'talk', option: { text: greeting, language } },
      { type: 'sleep', option: { duration: openMs } },
    ],
  }
}
