// Reads single calls over REST: one reading a call at a time, and none of a call that stays unknown.
import { toAppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Call } from '../../common/model/call.ts'
import type { Platform } from '../platform/platform.ts'

export interface CallReader {
  /** Who asks while it is being read gets the same answer. A fresh call may be unknown for 5 s (contract C.4). */
  read(callId: string): Promise<Call | undefined>
  /** Unknown for a minute: it will not come into being any more. */
  isGivenUp(callId: string): boolean
  /** Something was heard of it after all. */
  heardOf(callId: string): void
}

const freshMs = 5_000
const giveUpMs = 60_000

export function createCallReader(
  scope: Scope,
  get: Platform['calls']['get'],
  take: (call: Call) => void,
): CallReader {
  const reading = new Map<string, Promise<Call | undefined>>()
  const unknownSince = new Map<string, number>()

  /** The call, `unknown`, or nothing to be had. */
  const tryOnce = async (callId: string): Promise<Call | 'unknown' | undefined> => {
    try {
      return await get(callId)
    } catch (thrown) {
      const { code } = toAppError(thrown)
      if (code === 'platform.notFound') return 'unknown'
      if (code === 'platform.conflict') return undefined
      throw thrown
    }
  }
  const readFresh = async (callId: string): Promise<Call | undefined> => {
    const startedAt = Date.now()
    for (let waitMs = 150; !scope.ended; waitMs *= 2) {
      const call = await tryOnce(callId)
      if (call !== 'unknown') {
        unknownSince.delete(callId)
        if (call && !scope.ended) take(call)
        return call
      }
      if (!unknownSince.has(callId)) unknownSince.set(callId, startedAt)
      if (Date.now() + waitMs > startedAt + freshMs) return undefined
      await scope.sleep(waitMs)
    }
    return undefined
  }
  return {
    read(callId) {
      const running = reading.get(callId)
      if (running) return running
      const fresh = readFresh(callId).finally(() => reading.delete(callId))
      reading.set(callId, fresh)
      return fresh
    },
    isGivenUp: (callId) => Date.now() - (unknownSince.get(callId) ?? Date.now()) >= giveUpMs,
    heardOf: (callId) => void unknownSince.delete(callId),
  }
}
