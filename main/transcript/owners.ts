// Which call does a transcription belong to? Known from events and REST; lines of unknown ones wait 10 s.
import type { Scope } from '../../common/kit/scope.ts'
import type { Platform, WireTranscribe } from '../platform/platform.ts'

export interface Owners<Item> {
  learn(transcribe: WireTranscribe): void
  callOf(transcribeId: string): string | undefined
  /** BCP 47; nothing while the platform has not said. */
  languageOf(transcribeId: string): string | undefined
  transcribesOf(callId: string): string[]
  /** Keeps `item` until its call is known, then hands it to `deliver`. */
  hold(transcribeId: string, item: Item): void
}

export interface OwnersParts<Item> {
  platform: Pick<Platform, 'transcribes'>
  deliver(callId: string, item: Item): void
}

const holdMs = 10_000
const askAfterMs = 300
const holdLimit = 200
const knownLimit = 500

export function createOwners<Item>(scope: Scope, parts: OwnersParts<Item>): Owners<Item> {
  const calls = new Map<string, { callId: string; language: string }>()
  const held = new Map<string, Item[]>()

  const learn = (transcribe: WireTranscribe) => {
    if (transcribe.referenceId === '') return
    calls.set(transcribe.id, { callId: transcribe.referenceId, language: transcribe.language })
    const [oldest] = calls.keys()
    if (calls.size > knownLimit && oldest !== undefined) calls.delete(oldest)
    const items = held.get(transcribe.id) ?? []
    held.delete(transcribe.id)
    for (const item of items) parts.deliver(transcribe.referenceId, item)
  }

  /** The event that names the call usually comes at once; only then the platform is asked (contract G.2). */
  const ask = async (transcribeId: string) => {
    for (let waitMs = askAfterMs; held.has(transcribeId) && !scope.ended; waitMs *= 3) {
      await scope.sleep(waitMs)
      if (!held.has(transcribeId)) return
      const found = await parts.platform.transcribes.get(transcribeId).catch(() => undefined)
      if (scope.ended) return
      if (found) learn(found)
    }
  }

  return {
    learn,
    callOf: (transcribeId) => calls.get(transcribeId)?.callId,
    languageOf: (transcribeId) => calls.get(transcribeId)?.language,
    transcribesOf: (callId) => [...calls].flatMap(([id, of]) => (of.callId === callId ? [id] : [])),
    hold(transcribeId, item) {
      const items = held.get(transcribeId)
      if (items) {
        if (items.length < holdLimit) items.push(item)
        return
      }
      held.set(transcribeId, [item])
      scope.after(holdMs, () => held.delete(transcribeId))
      void ask(transcribeId).catch(() => {})
    },
  }
}
