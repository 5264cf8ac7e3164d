// The speak panel as a snapshot: whether typed text can be spoken now, the queue, and what can be pressed.
import type { ErrorData } from '../../common/kit/errors.ts'
import type { AppState } from '../../common/model/app-state.ts'
import type { PhoneState } from '../../common/model/phone.ts'
import { whyNot } from '../../common/model/roles.ts'
import { type SpeakItem, type SpeakItemStatus, sayLimitBytes } from '../../common/model/speaking.ts'
import type { Actions } from './actions.ts'
import { byteLength, toPercent, toTook } from './format.ts'
import { callIdOf, frontSession } from './sessions.ts'
import type { Tone } from './tone.ts'

export interface SpeakItemView {
  id: string
  text: string
  status: SpeakItemStatus
  tone: Tone
  /** `Queued`, or its proofs: `Heard after 320 ms · transcribed after 2.9 s · 97 % of the words found`. */
  timing: string
  error: ErrorData | undefined
  remove: (() => void) | undefined
}

export type SpeakView =
  | { status: 'unavailable'; reason: string }
  | {
      status: 'ready'
      /** What the session does, when it is worth saying. */
      session: string | undefined
      error: ErrorData | undefined
      items: SpeakItemView[]
      say: (text: string) => void
      flush: (() => void) | undefined
      stop: (() => void) | undefined
    }

/** What of main's state speaking is made of. */
type SpeakParts = Pick<AppState, 'account' | 'links' | 'speakings'>

export function toSpeak(app: SpeakParts, phone: PhoneState, actions: Actions): SpeakView {
  const session = frontSession(phone)
  if (session?.status !== 'established') {
    return { status: 'unavailable', reason: 'Typed text can be spoken once a call is answered.' }
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
          ? 'This call could not be matched with a call on the platform, so nothing can be spoken into it.'
          : 'One moment: this call is being matched with the platform’s call.',
    }
  }
  return toReady(app, callId, actions)
}

function toReady(app: SpeakParts, callId: string, actions: Actions): SpeakView {
  const speaking = app.speakings[callId]
  const items = speaking?.items ?? []
  const state = speaking?.session ?? { status: 'off' as const }
  const sounding = items.some((item) => isPending(item.status) || item.status === 'heard')
  return {
    status: 'ready',
    session:
      state.status === 'creating'
        ? 'Preparing the voice'
        : state.status === 'stopped'
          ? 'Silenced'
          : undefined,
    error: state.status === 'failed' ? state.error : undefined,
    items: items.map((item) => toItem(item, callId, actions)),
    say: (text) => void actions.ask('speaking.say', { callId, text }),
    flush: items.some((item) => isPending(item.status))
      ? () => void actions.ask('speaking.flush', { callId })
      : undefined,
    stop:
      state.status === 'active' && sounding ? () => void actions.ask('speaking.stop', { callId }) : undefined,
  }
}

const isPending = (status: SpeakItemStatus) =>
  status === 'waiting' || status === 'sending' || status === 'queued'

const labels: Record<SpeakItemStatus, { label: string; tone: Tone }> = {
  waiting: { label: 'Waiting', tone: 'idle' },
  sending: { label: 'Sending', tone: 'busy' },
  queued: { label: 'Queued', tone: 'busy' },
  heard: { label: 'Heard', tone: 'good' },
  transcribed: { label: 'Transcribed', tone: 'good' },
  flushed: { label: 'Flushed', tone: 'idle' },
  failed: { label: 'Failed', tone: 'bad' },
}

function toItem(item: SpeakItem, callId: string, actions: Actions): SpeakItemView {
  return {
    id: item.id,
    text: item.text,
    status: item.status,
    tone: labels[item.status].tone,
    timing: toTiming(item),
    error: item.error,
    remove:
      item.status === 'waiting'
        ? () => void actions.ask('speaking.remove', { callId, itemId: item.id })
        : undefined,
  }
}

function toTiming({ status, sentAt, heardAt, transcribedAt, wordsFound }: SpeakItem): string {
  const heard = sentAt !== undefined && heardAt !== undefined
  const parts = [heard ? `Heard after ${toTook(heardAt - sentAt)}` : labels[status].label]
  if (heard && (status === 'flushed' || status === 'failed')) parts.unshift(labels[status].label)
  if (sentAt !== undefined && transcribedAt !== undefined) {
    parts.push(`transcribed after ${toTook(transcribedAt - sentAt)}`)
  }
  if (wordsFound !== undefined) parts.push(`${toPercent(wordsFound)} of the words found`)
  return parts.join(' · ')
}

/** Shown when the text comes near the limit; longer text is split at sentences, so it is never refused. */
export function toByteCount(text: string): { text: string; over: boolean } | undefined {
  const bytes = byteLength(text)
  if (bytes < sayLimitBytes * 0.8) return undefined
  const over = bytes > sayLimitBytes
  const figures = `${bytes.toLocaleString('en-GB')} of ${sayLimitBytes.toLocaleString('en-GB')} bytes`
  return { over, text: over ? `${figures}: will be spoken in parts` : figures }
}
