// One speaking session of a call on the platform: made before it is needed, made anew when lost, never left behind.
import { AppError, toAppError } from '../../common/kit/errors.ts'
import type { Log } from '../../common/kit/log.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Call } from '../../common/model/call.ts'
import type { SpeakingSession, SpeakVoice } from '../../common/model/speaking.ts'
import type { Platform } from '../platform/platform.ts'
import { createSessionMaker } from './session-maker.ts'

export interface Session {
  /** Opens it unless it is open; callers at the same time share one attempt. */
  open(): Promise<string>
  /**
   * Says one piece; `sending` is called just before each attempt with the voice of the session that will say it, and
   * throws when it is not wanted any more.
   */
  say(text: string, sending: (as: SpeakVoice) => void): Promise<void>
  flush(): Promise<void>
  /**
   * Nothing of it is heard any more, whatever the provider; it is ready again afterwards. Costs nothing where nothing was
   * said on it yet.
   */
  silence(): Promise<void>
  /** A session with another voice than the one wanted now is replaced. Only while nothing is being said. */
  refresh(): void
  /** Ended, and made again: whatever it still says is cut. */
  renew(): Promise<void>
  /** Stops and deletes it: the platform does neither at hang-up (contract C.6 item 3). */
  close(): Promise<void>
}

export interface SessionParts {
  speakings: Platform['speakings']
  clock: Pick<Platform['clock'], 'aheadMs'>
  readCall(): Promise<Pick<Call, 'status'>>
  callId: string
  /** Who speaks next. */
  voice(): SpeakVoice
  onChange(state: SpeakingSession): void
  log: Log
}

/** Whose flush cuts what is being spoken; the others clear only what waits there (contract C.6 item 2). */
const cutByFlush: readonly string[] = ['gcp']

/**
 *   off → creating → active → stopped → creating …
 *             ↓
 *           failed → creating …
 */
export function createSession(scope: Scope, parts: SessionParts): Session {
  const { speakings } = parts
  const { make, discard, whyRefused } = createSessionMaker(scope, parts)
  let activeId: string | undefined
  /** What the open session was made with. */
  let madeWith: SpeakVoice | undefined
  /** Says whose answer is still to come: a flush may be faster at the platform than they are. */
  let saying = 0
  /** The session that something was said on: one that is silent yet has nothing to be silenced. */
  let saidOn: string | undefined
  /** Grows with each close: what an older opening brings is thrown away. */
  let closes = 0
  let opening: { closes: number; id: Promise<string> } | undefined

  const openNow = async (mine: number): Promise<string> => {
    const isWanted = () => mine === closes && !scope.ended
    parts.onChange({ status: 'creating' })
    try {
      madeWith = parts.voice()
      const id = await make(madeWith, isWanted)
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
    // An opening from before a close brings nothing.
    while (opening && opening.closes !== closes) await opening.id.catch(() => {})
    if (activeId !== undefined && !isStale()) return activeId
    if (scope.ended) throw new AppError('call.gone')
    opening ??= {
      closes,
      id: replace(closes).finally(() => {
        opening = undefined
      }),
    }
    return opening.id
  }
  /** One session a call (contract C.6 item 4): the one before goes first. */
  const replace = async (mine: number) => {
    if (activeId !== undefined) await drop(activeId)
    return openNow(mine)
  }
  const isStale = () => madeWith !== undefined && JSON.stringify(madeWith) !== JSON.stringify(parts.voice())
  const close = async () => {
    closes++
    const id = activeId
    activeId = undefined
    const late = opening?.id.catch(() => {})
    parts.onChange({ status: 'stopped' })
    if (id !== undefined) await discard(id)
    await late
  }
  /** Ended, and made again for the next words. */
  const renew = async () => {
    await close()
    if (!scope.ended) void open().catch(() => {})
  }

  const drop = async (id: string) => {
    if (activeId === id) activeId = undefined
    await discard(id)
  }

  const sayNow = async (id: string, text: string) => {
    saying++
    saidOn = id
    try {
      await speakings.say(id, text)
    } finally {
      saying--
    }
  }

  return {
    open,
    async say(text, sending) {
      const id = await open()
      const mine = closes
      sending(madeWith ?? parts.voice())
      try {
        return await sayNow(id, text)
      } catch (thrown) {
        // Stopped by a person while it was on its way: it is not said again.
        if (!isLost(thrown) || mine !== closes) throw toAppError(thrown)
      }
      // Stopped meanwhile, or flushed with a provider that cannot go on after it (contract C.6 item 2).
      await drop(id)
      const again = await open()
      sending(madeWith ?? parts.voice())
      await sayNow(again, text).catch(async (thrown: unknown) => {
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
    async silence() {
      const id = activeId
      if (saidOn === undefined || (id !== undefined && saidOn !== id)) return
      const isCut = id !== undefined && cutByFlush.includes(madeWith?.provider ?? '') && saying === 0
      if (!isCut) return renew()
      try {
        await speakings.flush(id)
      } catch (thrown) {
        // Lost: nothing was said yet, so there is nothing to silence. Else only the end of the session leaves no doubt.
        if (!isLost(thrown)) await renew()
      }
    },
    refresh() {
      if (activeId !== undefined && isStale()) void open().catch(() => {})
    },
    async renew() {
      if (saidOn !== undefined && saidOn === activeId) await renew()
    },
    close,
  }
}

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
