// One speaking session of a call on the platform: made before it is needed, made anew when lost, never left behind.
import { AppError, isUnanswered, toAppError } from '../../common/kit/errors.ts'
import type { Log } from '../../common/kit/log.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Call } from '../../common/model/call.ts'
import type { SpeakingSession } from '../../common/model/speaking.ts'
import type { Platform, WireSpeaking } from '../platform/platform.ts'

export interface Voice {
  language: string
  provider: string
  voiceId: string
}

export interface Session {
  /** Opens it unless it is open; callers at the same time share one attempt. */
  open(): Promise<string>
  /** Says one piece; `sending` is called just before each attempt and throws when it is not wanted any more. */
  say(text: string, sending: () => void): Promise<void>
  flush(): Promise<void>
  /** Stops and deletes it: the platform does neither at hang-up (contract C.6 item 3). */
  close(): Promise<void>
}

export interface SessionParts {
  speakings: Platform['speakings']
  clock: Pick<Platform['clock'], 'aheadMs'>
  readCall(): Promise<Pick<Call, 'status'>>
  callId: string
  voice(): Voice
  onChange(state: SpeakingSession): void
  log: Log
}

const pollMs = 500
const initiatingMs = 10_000
/** Clocks agree to about a second; the session is younger than the request. */
const doubtMs = 2_000

/**
 *   off → creating → active → stopped → creating …
 *             ↓
 *           failed → creating …
 */
export function createSession(scope: Scope, parts: SessionParts): Session {
  const { speakings, callId } = parts
  let activeId: string | undefined
  let opening: Promise<string> | undefined
  /** Grows with each close: what an older opening brings is thrown away. */
  let closes = 0
  /** Made here and not known to be gone: only these may be taken away. */
  const own = new Set<string>()

  const discard = async (id: string) => {
    await speakings.stop(id).catch(() => {})
    await speakings.remove(id).then(
      () => own.delete(id),
      (error) => parts.log.debug(`speaking ${id} not removed`, error),
    )
  }

  const create = (): Promise<WireSpeaking> => {
    const { language, provider, voiceId } = parts.voice()
    return speakings.create({
      callId,
      language,
      // Always named, or the words may be heard by nobody (contract C.6 item 6).
      direction: 'out',
      ...(provider === '' ? {} : { provider }),
      ...(voiceId === '' ? {} : { voiceId }),
    })
  }

  /**
   * A refused create most often means that a session is on this call: one of ours is taken away, and it is tried once more.
   * Somebody else's, such as another device's or an AI's, is left alone (contract I.24).
   */
  const createOrReplace = async (): Promise<WireSpeaking> => {
    const askedAt = Date.now()
    try {
      return await create()
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
      return await create()
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
  const makeOne = async (isWanted: () => boolean): Promise<string> => {
    const made = await createOrReplace()
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

  const openNow = async (): Promise<string> => {
    const mine = closes
    const isWanted = () => mine === closes && !scope.ended
    parts.onChange({ status: 'creating' })
    try {
      // One that stays initiating is made anew once (contract I.25).
      const id = await makeOne(isWanted).catch((thrown: unknown) => {
        if (toAppError(thrown).code !== 'speaking.stuck' || !isWanted()) throw thrown
        return makeOne(isWanted)
      })
      activeId = id
      parts.onChange({ status: 'active', speakingId: id, since: Date.now() })
      return id
    } catch (thrown) {
      const error = await toOpenError(thrown, parts.readCall)
      if (mine === closes && !scope.ended) parts.onChange({ status: 'failed', error: error.toData() })
      throw error
    }
  }

  const open = async (): Promise<string> => {
    if (activeId !== undefined) return activeId
    if (scope.ended) throw new AppError('call.gone')
    opening ??= openNow().finally(() => {
      opening = undefined
    })
    return opening
  }

  const drop = async (id: string) => {
    if (activeId === id) activeId = undefined
    await discard(id)
  }

  return {
    open,
    async say(text, sending) {
      const id = await open()
      const mine = closes
      sending()
      try {
        return await speakings.say(id, text)
      } catch (thrown) {
        // Stopped by a person while it was on its way: it is not said again.
        if (!isLost(thrown) || mine !== closes) throw toAppError(thrown)
      }
      // Stopped meanwhile, or flushed with a provider that cannot go on after it (contract C.6 item 2).
      await drop(id)
      const again = await open()
      sending()
      await speakings.say(again, text).catch(async (thrown: unknown) => {
        const { code } = toAppError(thrown)
        throw isLost(thrown) || code === 'platform.broken' ? await whyRefused(again, thrown) : thrown
      })
    },
    async flush() {
      // 404: nothing was said yet, so there is nothing to flush.
      if (activeId !== undefined) {
        await speakings.flush(activeId).catch((thrown: unknown) => {
          if (!isLost(thrown)) throw thrown
        })
      }
    },
    async close() {
      closes++
      const id = activeId
      activeId = undefined
      const late = opening?.catch(() => {})
      parts.onChange({ status: 'stopped' })
      if (id !== undefined) await discard(id)
      await late
    },
  }
}

const mayBeTaken = new Set([
  'platform.broken',
  'platform.conflict',
  'platform.badRequest',
  'platform.notFound',
])

/** Contract H: say on an inactive session. */
function isLost(thrown: unknown): boolean {
  const { code } = toAppError(thrown)
  return code === 'platform.notFound' || code === 'platform.badRequest' || code === 'platform.conflict'
}

/** Contract I.24: the platform answers the same to a call that is not up and to its own faults; the call tells them apart. */
async function toOpenError(thrown: unknown, readCall: SessionParts['readCall']): Promise<AppError> {
  const error = toAppError(thrown)
  if (!error.code.startsWith('platform.')) return error
  const { detail, status, requestId } = error
  const more = { cause: error, detail, status, requestId }
  const call = await readCall().catch(() => undefined)
  if (call?.status === 'hangup') return new AppError('call.gone', more)
  const isUp = call === undefined || call.status === 'progressing' || call.status === 'unknown'
  return new AppError(isUp ? 'speaking.unavailable' : 'speaking.notAnswered', more)
}
