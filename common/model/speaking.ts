// Speaking typed text into a call: one session a call, a queue of items with visible states.
import { z } from 'zod'
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
 *   waiting → sending → queued → speaking → heard → transcribed
 *      └─────────┴─────────┴─────────┴──→ flushed, interrupted, failed
 * Each from evidence: `queued` = the platform took it (200, not audible yet, contract C.6 item 1); `speaking` = its sound
 * is in our ear, or its words stand in interim text; `heard` = that sound has ended; `transcribed` = a line with its words.
 * The ear has the voice and the other side in one track: a sound that began after `say` may be the other side's, so only
 * words are proof of words.
 * `flushed` = a person cut it, `interrupted` = the other side began to speak. A line that comes late makes even a
 * failed item transcribed; nothing else goes back.
 */
export type SpeakItemStatus =
  | 'waiting'
  | 'sending'
  | 'queued'
  | 'speaking'
  | 'heard'
  | 'transcribed'
  | 'flushed'
  | 'interrupted'
  | 'failed'

export interface SpeakItem {
  id: string
  text: string
  status: SpeakItemStatus
  createdAt: number
  /** Waits at least until then: so long it can be taken back. */
  dueAt?: number | undefined
  /** Somebody edits it: it, and what stands behind it, waits. */
  held?: true | undefined
  /** When `say` was sent, and when the first sound of it reached the ear: epoch ms. */
  sentAt?: number | undefined
  /** Of the session that it was sent on; the next one may have another. */
  heardBy?: HeardBy | undefined
  heardAt?: number | undefined
  /** When it was taken to be over by its length: nobody here could hear its end. It is not under way any more. */
  passedAt?: number | undefined
  transcribedAt?: number | undefined
  /** The line that carried it, and the share of said words found in it, 0 to 1. */
  transcriptText?: string | undefined
  wordsFound?: number | undefined
  /** Of an item under way: its answer got lost, so it is looked for before anybody sends it again (contract B.5). */
  error?: ErrorData | undefined
}

/** Who hears the voice: this person, the other side, or both (contract C.6 item 6). */
export const HeardBy = z.enum(['both', 'them', 'you'])
export type HeardBy = z.infer<typeof HeardBy>

export const Provider = z.enum(['', 'elevenlabs', 'gcp', 'aws'])

/** Fixed when a session is made (contract C.6): a change makes another session, between two items. */
export const SpeakVoice = z.object({
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a BCP 47 language such as en-US'),
  /** Empty = the platform's own choice. */
  provider: Provider,
  voiceId: z.string().max(200),
  heardBy: HeardBy,
})
export type SpeakVoice = z.infer<typeof SpeakVoice>

/** For one call: what is absent is the profile's. */
export const VoiceChoice = SpeakVoice.partial()
export type VoiceChoice = z.infer<typeof VoiceChoice>

export interface Speaking {
  callId: string
  session: SpeakingSession
  items: SpeakItem[]
  /** The item that is being said now, until it is over: its first half may be transcribed already. */
  sounding?: string | undefined
  /** Of the next item: the profile's, with what was chosen for this call. */
  voice: SpeakVoice
  /** What was chosen for this call only. */
  chosen?: VoiceChoice | undefined
  /** A test call: nobody else is in it. */
  alone?: true | undefined
}

/** Limit of one `say` in UTF-8 bytes (contract C.6, J). */
export const sayLimitBytes = 5000

/** Of one say over the bridge, characters; main splits it. */
export const mostSayCharacters = 20_000

/** On its way to an ear, or there. */
export const isUnderWay = ({ status, passedAt }: Pick<SpeakItem, 'status' | 'passedAt'>): boolean =>
  passedAt === undefined && (status === 'sending' || status === 'queued' || status === 'speaking')

/** So much of its words in the transcript, and it has been said to its end. */
const whole = 0.9

/** Being said now: under way, or half transcribed while the rest of it is spoken. */
export const isSaidNow = (item: SpeakItem, sounding: string | undefined): boolean =>
  isUnderWay(item) ||
  (item.id === sounding && item.status === 'transcribed' && (item.wordsFound ?? 0) < whole)

/** Not said to its end, and nobody says it any more: it can be said again, or put away. */
export const isLeft = ({ status }: Pick<SpeakItem, 'status'>): boolean =>
  status === 'failed' || status === 'flushed' || status === 'interrupted'
