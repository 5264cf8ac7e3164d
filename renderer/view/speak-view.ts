// The speak panel as a snapshot: whether typed text can be spoken now, the queue, the voice, and what can be pressed.
import type { ErrorData } from '../../common/kit/errors.ts'
import type { AppState } from '../../common/model/app-state.ts'
import type { PhoneState } from '../../common/model/phone.ts'
import { whyNot } from '../../common/model/roles.ts'
import { isLeft, isSaidNow, type Speaking, sayLimitBytes } from '../../common/model/speaking.ts'
import { say } from '../../common/words/say.ts'
import type { Actions } from './actions.ts'
import { byteLength } from './format.ts'
import { callIdOf, frontSession } from './sessions.ts'
import { type SpeakItemView, toItems } from './speak-item-view.ts'
import { toVoice, type VoiceView } from './voice-view.ts'

export type { SpeakItemView } from './speak-item-view.ts'

export type SpeakView =
  | { status: 'unavailable'; reason: string }
  | {
      status: 'ready'
      /** Of the call that is spoken into. */
      sessionId: string
      /** What the session does, when it is worth saying. */
      session: string | undefined
      error: ErrorData | undefined
      items: SpeakItemView[]
      voice: VoiceView
      /** Resolves with what went wrong: then it was not taken. */
      say: (text: string) => Promise<ErrorData | undefined>
      flush: (() => void) | undefined
      /** Always possible: whatever speaks here falls silent. */
      silence: () => void
      /** Something of ours is heard, or is about to be. */
      sounding: boolean
      /** All that was not said to its end, in its order; when it is more than one. */
      againAll: (() => void) | undefined
      /** The newest that waits, taken back: its text, to be corrected. Nothing when it left meanwhile. */
      takeBack: (() => Promise<string | undefined>) | undefined
    }

/** What of main's state speaking is made of. */
type SpeakParts = Pick<AppState, 'account' | 'links' | 'speakings' | 'settings'>

export function toSpeak(app: SpeakParts, phone: PhoneState, actions: Actions): SpeakView {
  const session = frontSession(phone)
  if (session?.status !== 'established') {
    return { status: 'unavailable', reason: say('Typed text can be spoken once a call is answered.') }
  }
  const closed = whyNot(app.account, 'speak')
  if (closed !== undefined) return { status: 'unavailable', reason: closed }
  const callId = callIdOf(app, session)
  if (callId === undefined) {
    const link = app.links[session.id]
    return {
      status: 'unavailable',
      reason:
        link?.status === 'unlinked'
          ? say(
              'This call could not be matched with a call on the platform, so nothing can be spoken into it.',
            )
          : say('One moment: this call is being matched with the platform’s call.'),
    }
  }
  return toReady(app, session.id, callId, actions)
}

function toReady(app: SpeakParts, sessionId: string, callId: string, actions: Actions): SpeakView {
  const speaking = app.speakings[callId]
  const items = speaking?.items ?? []
  const state = speaking?.session ?? { status: 'off' as const }
  const isOpen = speaking !== undefined && isSounding(speaking)
  const left = items.filter(isLeft)
  const last = items.findLast(({ status }) => status === 'waiting')
  return {
    status: 'ready',
    sessionId,
    session: toSession(state),
    error: state.status === 'failed' ? state.error : undefined,
    items: toItems(items, callId, actions),
    voice: toVoice(app.settings, speaking, callId, actions),
    say: (text) => actions.ask('speaking.say', { callId, text }),
    flush: isOpen ? () => void actions.ask('speaking.flush', { callId }) : undefined,
    silence: () => silenceAll(app, callId, actions),
    sounding: isOpen,
    againAll:
      left.length > 1
        ? () => {
            for (const { id } of left) void actions.ask('speaking.again', { callId, itemId: id })
          }
        : undefined,
    takeBack: last
      ? async () => {
          const error = await actions.ask('speaking.remove', { callId, itemId: last.id })
          return error ? undefined : last.text
        }
      : undefined,
  }
}

/** Every voice of ours, also in a call that was swapped away; nothing when none is to be heard. */
export function toSilence(app: SpeakParts, actions: Actions): (() => void) | undefined {
  return Object.values(app.speakings).some(isSounding) ? () => silenceAll(app, undefined, actions) : undefined
}

function silenceAll({ speakings }: SpeakParts, front: string | undefined, actions: Actions): void {
  const open = Object.entries(speakings).flatMap(([id, speaking]) => (isSounding(speaking) ? [id] : []))
  for (const callId of new Set([...(front === undefined ? [] : [front]), ...open])) {
    void actions.ask('speaking.silence', { callId })
  }
}

/** Something of it is heard, or will be. */
const isSounding = ({ items, sounding }: Speaking): boolean =>
  items.some((item) => item.status === 'waiting' || isSaidNow(item, sounding))

function toSession({ status }: Speaking['session']): string | undefined {
  if (status === 'creating') return say('Preparing the voice')
  return status === 'stopped' ? say('Silenced') : undefined
}

/** Shown when the text comes near the limit; longer text is split at sentences, so it is never refused. */
export function toByteCount(text: string): { text: string; over: boolean } | undefined {
  const bytes = byteLength(text)
  if (bytes < sayLimitBytes * 0.8) return undefined
  const over = bytes > sayLimitBytes
  const figures = { bytes, limit: sayLimitBytes }
  return {
    over,
    text: over
      ? say('{bytes, number} of {limit, number} bytes: will be spoken in parts', figures)
      : say('{bytes, number} of {limit, number} bytes', figures),
  }
}
