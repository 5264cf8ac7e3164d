// What is looked after in every call: an end at once, sound in one direction only, and speech that nobody writes down.
import type { AppError, ErrorCode, ErrorData } from '../common/kit/errors.ts'
import type { Log } from '../common/kit/log.ts'
import type { Scope } from '../common/kit/scope.ts'
import type { AppState } from '../common/model/app-state.ts'
import type { Session } from '../common/model/phone.ts'
import { watchAi } from './call/ai-silence.ts'
import type { Calls } from './call/calls.ts'
import { watchEnded } from './call/watch-ended.ts'
import { createOneWay } from './phone/one-way.ts'
import type { PhoneMirror } from './phone/phone-mirror.ts'
import type { Platform } from './platform/platform.ts'
import type { SubscriptionFeature } from './subscription/subscription.ts'
import type { Transcripts } from './transcript/transcripts.ts'
import { watchUnheard } from './transcript/unheard.ts'

interface WatchParts {
  state(): AppState
  mirror: PhoneMirror
  platform: Platform
  calls: Calls
  transcripts: Transcripts
  subscription: Pick<SubscriptionFeature, 'onEvent'>
  notice(error: ErrorData): void
  settle(code: ErrorCode): void
  log: Log
}

const lookMs = 1_000
const oneWayCodes = ['media.noAudioIn', 'media.noAudioOut', 'media.micSilent'] as const

export function watchCalls(scope: Scope, parts: WatchParts): void {
  const { state, mirror, platform, calls, transcripts } = parts
  const tell = (error: AppError) => parts.notice(error.toData())
  const registration = () => mirror.store.getState().registration
  const sessions = () => mirror.store.getState().sessions

  watchEnded(scope, {
    calls,
    platform,
    about: () => {
      const { extension } = state()
      const own = extension.status === 'ready' ? extension.extension : undefined
      return { registration: registration(), extension: own }
    },
    isTold: () => state().quickstart.status === 'running',
    tell,
  })
  scope.add(parts.subscription.onEvent(watchAi(scope, { isOurs: (callId) => callId in state().calls, tell })))
  watchOneWay(scope, { sessions, tell, settle: parts.settle })

  const unheard = watchUnheard(scope, {
    platform,
    spoken: (since) => sessions().flatMap((session) => toSpoken(parts, session, since)),
    read: transcripts.read,
    isOwn: (callId) =>
      calls.book.requests().some(({ adopted, callIds }) => !adopted && callIds.includes(callId)),
    language: () => state().settings.language,
    tell,
    settle() {
      parts.settle('transcript.silent')
      parts.settle('transcript.none')
    },
    log: parts.log,
  })
  scope.add(
    transcripts.onEntries((callId, entries) => {
      if (entries.some(({ kind }) => kind === 'line')) unheard.line(callId)
    }),
  )
}

interface OneWayParts {
  sessions(): readonly Session[]
  tell(error: AppError): void
  settle(code: ErrorCode): void
}

/** Each is told once, and taken back when sound flows again. */
function watchOneWay(scope: Scope, { sessions, tell, settle }: OneWayParts): void {
  const oneWay = createOneWay()
  const told = new Set<ErrorCode>()
  scope.every(lookMs, () => {
    const found = sessions().flatMap((session) => oneWay.look(session, Date.now()))
    for (const error of found) {
      if (told.has(error.code)) continue
      told.add(error.code)
      tell(error)
    }
    for (const code of oneWayCodes) {
      if (!told.has(code) || found.some((error) => error.code === code)) continue
      told.delete(code)
      settle(code)
    }
  })
}

function toSpoken({ state, mirror }: WatchParts, session: Session, since: (callId: string) => number) {
  const link = state().links[session.id]
  if (session.status !== 'established' || link?.status !== 'linked') return []
  const from = since(link.callId)
  const soundMs = (where: 'ear' | 'microphone') =>
    mirror.sounds
      .stretches(session.id, where)
      .reduce(
        (sum, { startedAt, endedAt = Date.now() }) => sum + Math.max(0, endedAt - Math.max(startedAt, from)),
        0,
      )
  return [{ callId: link.callId, inMs: soundMs('microphone'), outMs: soundMs('ear') }]
}
