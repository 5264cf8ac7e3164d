// A speaking session on the platform: made, settled, taken away. What of ours is left on the call makes room for it.
import { AppError, isUnanswered, toAppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { HeardBy, SpeakVoice } from '../../common/model/speaking.ts'
import type { WireSpeaking } from '../platform/platform.ts'
import type { SessionParts } from './session.ts'

export interface SessionMaker {
  /** Its id, once it is active; `isWanted` is asked again after each wait, and what is not wanted is taken away. */
  make(voice: SpeakVoice, isWanted: () => boolean): Promise<string>
  discard(id: string): Promise<void>
  /** Why `say` was refused by a session that was just made. */
  whyRefused(id: string, thrown: unknown): Promise<AppError>
}

const pollMs = 500
const initiatingMs = 10_000
/** Clocks agree to about a second; the session is younger than the request. */
const doubtMs = 2_000
/** Relative to our own leg (contract C.6 item 6). */
const directions: Record<HeardBy, 'in' | 'out' | 'both'> = { you: 'out', them: 'in', both: 'both' }

export function createSessionMaker(scope: Scope, parts: SessionParts): SessionMaker {
  const { speakings, callId } = parts
  /** Made here and not known to be gone: only these may be taken away. */
  const own = new Set<string>()

  const discard = async (id: string) => {
    await speakings.stop(id).catch(() => {})
    await speakings.remove(id).then(
      () => own.delete(id),
      (error) => parts.log.debug(`speaking ${id} not removed`, error),
    )
  }

  const create = (voice: SpeakVoice): Promise<WireSpeaking> => {
    const { language, provider, voiceId, heardBy } = voice
    return speakings.create({
      callId,
      language,
      // Always named, or the words may be heard by nobody (contract C.6 item 6).
      direction: directions[heardBy],
      ...(provider === '' ? {} : { provider }),
      ...(voiceId === '' ? {} : { voiceId }),
    })
  }

  /**
   * A refused create most often means that a session is on this call: one of ours is taken away, and it is tried once more.
   * Somebody else's, such as another device's or an AI's, is left alone (contract I.24).
   */
  const createOrReplace = async (voice: SpeakVoice): Promise<WireSpeaking> => {
    const askedAt = Date.now()
    try {
      return await create(voice)
    } catch (thrown) {
      const error = toAppError(thrown)
      if (!isUnanswered(error) && !mayBeTaken.has(error.code)) throw error
      const left = (await speakings.list()).filter(
        ({ referenceId, status }) => referenceId === callId && status !== 'stopped',
      )
      // An answer that never came: the session it made is ours.
      const since = askedAt - doubtMs + parts.clock.aheadMs()
      const made = left.find(({ id, createdAt = 0 }) => !own.has(id) && createdAt >= since)
      if (made && isUnanswered(error)) return made
      const theirs = left.find(({ id }) => !own.has(id))
      if (theirs) throw new AppError('speaking.taken', { detail: theirs.id, cause: error })
      for (const { id } of left) await discard(id)
      if (scope.ended) throw new AppError('app.stopped')
      return await create(voice)
    }
  }

  const toProvider = () => {
    const { provider, voiceId } = parts.voice()
    return [provider || 'the provider of the server', voiceId && `voice ${voiceId}`]
      .filter(Boolean)
      .join(', ')
  }
  /** Contract I.27: refused although the session is active means that the provider cannot speak. */
  const whyRefused = async (id: string, thrown: unknown): Promise<AppError> => {
    const { detail, status, requestId } = toAppError(thrown)
    const more = { cause: thrown, status, requestId }
    const state = await speakings.get(id).catch(() => undefined)
    return state?.status === 'active'
      ? new AppError('speaking.noProvider', { ...more, detail: `${toProvider()}: ${detail ?? ''}` })
      : new AppError('speaking.refused', { ...more, detail })
  }

  /** There is no event for it: ask until it is active (contract C.6 item 7). */
  const settle = async (made: WireSpeaking): Promise<WireSpeaking> => {
    let state = made
    for (let waited = 0; state.status === 'initiating'; waited += pollMs) {
      if (waited >= initiatingMs) throw new AppError('speaking.stuck', { detail: toProvider() })
      await scope.sleep(pollMs)
      state = await speakings.get(made.id)
    }
    if (state.status === 'stopped')
      throw new AppError('speaking.unavailable', { detail: 'it stopped at once' })
    return state
  }

  /** What is made and not wanted any more is taken away again. */
  const makeOne = async (voice: SpeakVoice, isWanted: () => boolean): Promise<string> => {
    const made = await createOrReplace(voice)
    own.add(made.id)
    try {
      if (!isWanted()) throw new AppError('app.stopped', { detail: 'the call ended meanwhile' })
      await settle(made)
      if (!isWanted()) throw new AppError('app.stopped', { detail: 'the call ended meanwhile' })
      return made.id
    } catch (thrown) {
      await discard(made.id)
      throw thrown
    }
  }

  return {
    // One that stays initiating is made anew once (contract I.25).
    make: (voice, isWanted) =>
      makeOne(voice, isWanted).catch((thrown: unknown) => {
        if (toAppError(thrown).code !== 'speaking.stuck' || !isWanted()) throw thrown
        return makeOne(voice, isWanted)
      }),
    discard,
    whyRefused,
  }
}

const mayBeTaken = new Set([
  'platform.broken',
  'platform.conflict',
  'platform.badRequest',
  'platform.notFound',
])
