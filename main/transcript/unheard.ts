// Somebody speaks and no line comes for 30 s: looks why at the platform; starts a transcription in own calls, once (contract I.22, I.23).
import { AppError, toAppError } from '../../common/kit/errors.ts'
import type { Log } from '../../common/kit/log.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Platform } from '../platform/platform.ts'

export interface Spoken {
  callId: string
  /** So much sound since `since`, of this side and of the other: ms. */
  inMs: number
  outMs: number
}

export interface UnheardParts {
  platform: Pick<Platform, 'transcribes'>
  /** Calls that are up and linked, with what was heard in them since then. */
  spoken(since: (callId: string) => number): Spoken[]
  /** Reads all lines of a call; they are told like any other. */
  read(callId: string): Promise<void>
  /** This program placed it, with a transcription: others may mean theirs to have none, and each costs them money. */
  isOwn(callId: string): boolean
  language(): string
  tell(error: AppError): void
  /** What was said of a call's transcript is no longer true. */
  settle(): void
  log: Log
}

export interface Unheard {
  /** A line of this call came: all is well. */
  line(callId: string): void
}

/** Contract J: silence of the transcript before a fault is suspected. */
export const unheardMs = 30_000
/** Less sound than this is a cough, not speech. */
const speechMs = 3_000
const lookMs = 5_000

export function watchUnheard(scope: Scope, parts: UnheardParts): Unheard {
  /** Per call: since when a line is owed, and whether that is being looked into. */
  const owed = new Map<string, { since: number; looking: boolean }>()
  const of = (callId: string) => {
    const known = owed.get(callId) ?? { since: Date.now(), looking: false }
    owed.set(callId, known)
    return known
  }
  /** Calls that one start was tried in, whatever came of it, and calls of which was told that nobody writes them down. */
  const tried = new Set<string>()
  const told = new Set<string>()
  const tellOnce = (callId: string, detail?: string) => {
    if (told.has(callId)) return
    told.add(callId)
    parts.tell(new AppError('transcript.none', { detail }))
  }

  const start = async (callId: string, code: 'transcript.notStarted' | 'transcript.ended') => {
    const detail = code === 'transcript.ended' ? 'the transcription has ended' : undefined
    if (!parts.isOwn(callId)) return tellOnce(callId, detail)
    // What failed or ended once more is not repeated for as long as the call lasts.
    if (tried.has(callId)) return tellOnce(callId, detail)
    tried.add(callId)
    try {
      await parts.platform.transcribes.start({ callId, language: parts.language(), direction: 'both' })
      parts.tell(new AppError(code))
    } catch (thrown) {
      const error = toAppError(thrown)
      // This reason says it all.
      told.add(callId)
      // What may not be started here is told by its own reason: no provider, no permission.
      parts.tell(error.code === 'account.notPermitted' ? new AppError('transcript.silent') : error)
    }
  }

  const look = async ({ callId, inMs, outMs }: Spoken) => {
    const before = of(callId).since
    const sessions = await parts.platform.transcribes.ofCall(callId)
    if (scope.ended) return
    if (sessions.length === 0) return start(callId, 'transcript.notStarted')
    if (sessions.every(({ status }) => status === 'done')) return start(callId, 'transcript.ended')
    await parts.read(callId)
    // What REST knew and no event told has come meanwhile.
    if (scope.ended || of(callId).since > before) return
    const whose = [inMs >= speechMs ? 'your words' : '', outMs >= speechMs ? 'their words' : '']
    parts.tell(new AppError('transcript.silent', { detail: whose.filter(Boolean).join(', ') }))
  }

  scope.every(lookMs, () => {
    const now = Date.now()
    const spoken = parts.spoken((callId) => of(callId).since)
    for (const callId of owed.keys()) if (!spoken.some((one) => one.callId === callId)) owed.delete(callId)
    for (const one of spoken) {
      const entry = of(one.callId)
      if (entry.looking || now - entry.since < unheardMs || one.inMs + one.outMs < speechMs) continue
      entry.looking = true
      void look(one)
        .catch((error) => parts.log.debug('the transcription could not be looked at', error))
        .finally(() => {
          entry.looking = false
          // Asked again only after as long a silence.
          entry.since = Math.max(entry.since, Date.now())
        })
    }
  })

  return {
    line(callId) {
      of(callId).since = Date.now()
      parts.settle()
    },
  }
}
