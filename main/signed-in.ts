// What lives while somebody is signed in: calls, their match, transcripts and speaking, wired to events and phone.
import type { ErrorCode, ErrorData } from '../common/kit/errors.ts'
import type { Log } from '../common/kit/log.ts'
import type { Scope } from '../common/kit/scope.ts'
import { sliceOf } from '../common/kit/slice.ts'
import type { AppState } from '../common/model/app-state.ts'
import { may } from '../common/model/roles.ts'
import type { SpeakVoice } from '../common/model/speaking.ts'
import type { OpenSubscription } from '../common/model/subscription.ts'
import type { TranscriptEntry } from '../common/model/transcript.ts'
import { phrase } from '../common/words/say.ts'
import { type Calls, openCalls } from './call/calls.ts'
import { type Links, openLinks } from './call/links.ts'
import type { PhoneMirror } from './phone/phone-mirror.ts'
import type { Platform, PlatformEvent } from './platform/platform.ts'
import { openSpeakings, type Speakings } from './speaking/speakings.ts'
import { openSilence } from './subscription/silence.ts'
import type { SubscriptionFeature } from './subscription/subscription.ts'
import { openTranscripts, type Transcripts } from './transcript/transcripts.ts'
import { watchCalls } from './watch-calls.ts'

export interface SignedInFeatures {
  readonly platform: Platform
  readonly calls: Calls
  readonly links: Links
  readonly transcripts: Transcripts
  readonly speakings: Speakings
}

export interface SignedInParts {
  platform: Platform
  store: Parameters<typeof sliceOf<AppState, 'calls'>>[0] & { subscribe(listener: () => void): () => void }
  mirror: PhoneMirror
  subscription: Pick<SubscriptionFeature, 'onEvent' | 'onGap' | 'proveDelivery' | 'markSilent'>
  log: Log
  onEntries(callId: string, entries: TranscriptEntry[]): void
  notice(error: ErrorData): void
  settle(code: ErrorCode): void
}

/** A call that is up on our side is up on theirs after this, told or not. */
const settledMs = 1_500
/** A call that is up and no event for so long: compared with what REST shows (contract I.21). */
const compareMs = 15_000

export function openSignedIn(scope: Scope, parts: SignedInParts): SignedInFeatures {
  const { platform, store, mirror, log } = parts
  const state = () => store.getState()
  const isDeaf = () => {
    const { subscription } = state()
    return subscription.status !== 'open' || subscription.delivery === 'silent'
  }
  const isAgent = () => {
    const { account } = state()
    return account.status === 'signedIn' && !may(account, 'allCalls')
  }

  const calls = openCalls(scope, {
    platform,
    slice: sliceOf(store, 'calls'),
    log,
    isDeaf,
    hearsOnlyOwn: isAgent,
  })
  const transcripts = openTranscripts(scope, { platform, log, isDeaf, isNeverTold: isAgent })
  const speakings = openSpeakings(scope, {
    platform,
    slice: sliceOf(store, 'speakings'),
    log,
    voice: () => toVoice(state().settings),
    isAlone: (callId) =>
      calls.book.requests().some(({ alone, callIds }) => alone && callIds.includes(callId)),
    undoMs: () => state().settings.undoMs,
    bargeIn: () => state().settings.bargeIn,
    isSounding: (sessionId) => mirror.sounds.isSounding(sessionId, 'ear'),
    isHeld: (sessionId) => {
      const held = mirror.session(sessionId)?.held
      return held !== undefined && (held.byUs || held.byThem)
    },
  })
  scope.add(store.subscribe(onChange(() => state().settings, speakings.voiceChanged)))

  followEvents(scope, { ...parts, isAgent }, { calls, transcripts })
  followLines(scope, parts, { calls, transcripts, speakings })
  watchCalls(scope, { ...parts, state, calls, transcripts })
  followSessions(scope, { ...parts, isAgent }, { calls, transcripts, speakings })
  const links = openLinks(scope, {
    calls,
    slice: sliceOf(store, 'links'),
    phone: mirror.store,
    extension: () => {
      const { extension } = store.getState()
      return extension.status === 'ready' ? { id: extension.id, name: extension.extension } : undefined
    },
    isHopeless: isAgent,
    obstacle: () => {
      if (isAgent())
        return phrase('an agent without admin permission cannot see the call that rings its phone').text
      return isDeaf() ? phrase('events are offline, and no call read over REST fits').text : undefined
    },
    log,
  })
  const cleanUp = () => {
    if (!isAgent()) speakings.cleanUp().catch((error) => log.warn('old speaking sessions remain', error))
  }
  cleanUp()
  // A call that ended while the platform was out of reach has left its session there.
  scope.add(parts.subscription.onGap(cleanUp))
  return { platform, calls, links, transcripts, speakings }
}

/** Runs only when what is looked at is another one. */
function onChange<T>(look: () => T, run: () => void): () => void {
  let before = look()
  return () => {
    const now = look()
    if (now === before) return
    before = now
    run()
  }
}

/** Of the profile; a call may choose another. */
const toVoice = ({ language, voice }: AppState['settings']): SpeakVoice => ({
  ...voice,
  language: voice.language || language,
})

type Some<K extends keyof SignedInFeatures> = Pick<SignedInFeatures, K>

/** Events to their features; what the stream lost is read over REST. */
function followEvents(
  scope: Scope,
  parts: SignedInParts & { isAgent(): boolean },
  { calls, transcripts }: Some<'calls' | 'transcripts'>,
) {
  const { subscription, store, isAgent } = parts
  const silence = openSilence(scope, {
    subscription: () => store.getState().subscription,
    serverAheadMs: calls.serverAheadMs,
    onSilent: subscription.markSilent,
  })
  const isSilent = () => {
    const { subscription: now } = store.getState()
    return now.status === 'open' && now.delivery === 'silent'
  }
  const take = (event: PlatformEvent) => {
    if (event.kind === 'call') {
      silence.heard(event.call)
      // An own one proves it; of a silent socket any does, once they flow again.
      if (event.call.id in store.getState().calls || isSilent()) subscription.proveDelivery()
    }
    calls.take(event)
    transcripts.take(event)
  }
  scope.add(subscription.onEvent(take))
  scope.add(
    subscription.onGap((fromAt, toAt) => {
      void transcripts.fillGap(fromAt, toAt)
      void calls.readNewest().catch((error) => parts.log.warn('calls could not be read after a gap', error))
    }),
  )
  let before = store.getState().subscription
  scope.add(
    store.subscribe(() => {
      const { subscription: now } = store.getState()
      if (before.status === 'open' && now.status !== 'open') transcripts.markGap(toLastProof(before))
      before = now
    }),
  )
  const placedAt = (id: string) => calls.book.requests().find(({ callIds }) => callIds.includes(id))?.placedAt
  scope.add(
    calls.onCall((call) => {
      transcripts.takeCall(call)
      // A plain agent is told of its own calls only, and the one that rings its phone is none (contract E.5).
      if (!isAgent()) silence.saw(call, placedAt(call.id))
    }),
  )
  scope.every(compareMs, () => {
    const { calls: shown, subscription: now } = store.getState()
    if (isAgent() || now.status !== 'open' || Date.now() - (now.lastEventAt ?? 0) < compareMs) return
    const live = Object.values(shown).filter(({ status }) => status !== 'hangup')
    for (const { id } of live.slice(0, 3)) void calls.read(id).catch(() => {})
  })
}

/** A dead socket is noticed late: what came after its last sign of life may be missing. */
const toLastProof = ({ openedAt, lastPingAt = 0, lastEventAt = 0 }: OpenSubscription) =>
  Math.max(openedAt, lastPingAt, lastEventAt)

/** Lines to the window, and to the items that wait to be transcribed. */
function followLines(
  scope: Scope,
  parts: SignedInParts,
  { calls, transcripts, speakings }: Some<'calls' | 'transcripts' | 'speakings'>,
) {
  scope.add(
    transcripts.onSpeech((callId, { phase, direction }) => {
      const sign = { phase, direction: direction === 'in' ? ('in' as const) : ('out' as const) }
      speakings.takeSpeech(callId, { ...sign, leg: 'own' })
      // What the phone at the other end says is told on its own leg, without our voice in it (contract C.3, C.5).
      const { chainedCallIds = [], masterCallId } = calls.book.get(callId) ?? {}
      for (const joined of [...chainedCallIds, ...(masterCallId ? [masterCallId] : [])])
        speakings.takeSpeech(joined, { ...sign, leg: 'far' })
    }),
  )
  scope.add(
    transcripts.onEntries((callId, entries) => {
      parts.onEntries(callId, entries)
      for (const entry of entries) if (entry.kind === 'line') speakings.takeLine(entry)
    }),
  )
  scope.add(parts.mirror.onSound(speakings.takeSound))
}

/** A linked session that is up gets its transcript and its voice; one that is over loses what is left of it. */
function followSessions(
  scope: Scope,
  { store, mirror, isAgent }: SignedInParts & { isAgent(): boolean },
  { calls, transcripts, speakings }: Some<'calls' | 'transcripts' | 'speakings'>,
) {
  const over = new Set<string>()
  const planned = new Set<string>()
  const end = (sessionId: string, callId: string) => {
    if (over.has(sessionId)) return
    over.add(sessionId)
    void speakings.endCall(callId)
    // An agent can neither hear of nor read the call that rang its phone (contract C.10).
    if (isAgent()) return transcripts.takeCall({ id: callId, status: 'hangup' })
    // Their side follows ours; if no event says so, REST does.
    scope.after(settledMs, () => {
      if (calls.book.get(callId)?.status !== 'hangup') void calls.read(callId).catch(() => {})
    })
  }
  const look = () => {
    const { links } = store.getState()
    const now = Date.now()
    for (const session of mirror.store.getState().sessions) {
      const link = links[session.id]
      if (link?.status !== 'linked') continue
      const { callId } = link
      if (session.status === 'ended') {
        end(session.id, callId)
        continue
      }
      transcripts.follow(callId)
      const status = calls.book.get(callId)?.status
      const isUp = status === 'progressing' || now - (session.answeredAt ?? now) >= settledMs
      // The platform does not check it, so we do (contract C.6 item 5).
      if (session.status === 'established' && isUp && status !== 'hangup' && !isAgent())
        speakings.prepare(callId, session.id)
      if (session.status === 'established' && !isUp && !planned.has(session.id)) {
        planned.add(session.id)
        scope.after(settledMs, () => {
          look()
          // We talk, so they must know: if no event says so, REST does (contract I.21).
          if (!isAgent() && calls.book.get(callId)?.status !== 'progressing')
            void calls.read(callId).catch(() => {})
        })
      }
    }
  }
  scope.add(mirror.store.subscribe(look))
  scope.add(calls.onCall(look))
  let links = store.getState().links
  scope.add(
    store.subscribe(() => {
      if (links === store.getState().links) return
      links = store.getState().links
      look()
    }),
  )
  scope.add(
    calls.onCall((call) => {
      if (call.status === 'hangup') void speakings.endCall(call.id)
    }),
  )
  look()
}
