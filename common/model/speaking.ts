// Speaking typed text into a call: one session a call, a queue of items with visible states.
import type { ErrorData } from '../kit/errors.ts'

/**
 *   off → creating → active → stopped → creating (next say)        creating → failed → creating (next say)
 * `stopped` and `failed` are left by the next say, which makes a new session (contract C.6).
 */
export type SpeakingSession =
  | { status: 'off' }
  | { status: 'creating' }
  | { status: 'active'; speakingId: string; since: number }
  | { status: 'stopped' }
  | { status: 'failed'; error: ErrorData }

/**
 *   waiting → sending → queued → heard → transcribed
 *      ↓         ↓         ↓       ↓
 *   removed   failed    flushed  (heard stays when no transcript comes)
 * `queued` = the platform took it; `heard` = energy in the ear after it; `transcribed` = an `out` line with its words.
 */
export type SpeakItemStatus =
  | 'waiting'
  | 'sending'
  | 'queued'
  | 'heard'
  | 'transcribed'
  | 'flushed'
  | 'failed'

export interface SpeakItem {
  id: string
  text: string
  status: SpeakItemStatus
  createdAt: number
  /** When `say` was sent, and when the first sound of it reached the ear: epoch ms. */
  sentAt?: number | undefined
  heardAt?: number | undefined
  transcribedAt?: number | undefined
  /** The line that carried it, and the share of said words found in it, 0 to 1. */
  transcriptText?: string | undefined
  wordsFound?: number | undefined
  error?: ErrorData | undefined
}

export interface Speaking {
  callId: string
  session: SpeakingSession
  items: SpeakItem[]
}

/** Limit of one `say` in UTF-8 bytes (contract C.6, J). */
export const sayLimitBytes = 5000
