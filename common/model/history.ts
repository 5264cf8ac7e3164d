// Calls that were: what is kept of each, how they are looked for, and in which formats they leave.
import { z } from 'zod'
import type { Moment } from './moment.ts'
import type { Session } from './phone.ts'
import { refusalReasons } from './ringing.ts'
import type { SpeakItem } from './speaking.ts'
import type { TranscriptEntry } from './transcript.ts'

/**
 * `interrupted`: the companion ended before the call did; `doNotDisturb`, `engaged`: the phone itself declined.
 * Absent while the call is up.
 */
export type HistoryOutcome = NonNullable<Session['outcome']> | 'interrupted' | 'doNotDisturb' | 'engaged'

/** Times are epoch ms. */
export interface CallRecord {
  id: string
  /** Id of the profile, and the customer who was signed in. */
  profile: string
  customerId: string
  direction: 'incoming' | 'outgoing'
  name: string
  address: string
  startedAt: number
  answeredAt?: number | undefined
  endedAt?: number | undefined
  outcome?: HistoryOutcome | undefined
  /** The call on the platform, once it is matched. */
  callId?: string | undefined
}

export interface HistoryCall extends CallRecord {
  flagged: boolean
  note: string
  /** Of the transcript. */
  lines: number
  /** Where a search found something: the first line with it, and how many there are. */
  hit?: { text: string; count: number } | undefined
}

export type SpokenItem = Pick<
  SpeakItem,
  'id' | 'text' | 'status' | 'createdAt' | 'sentAt' | 'heardAt' | 'transcriptText'
>

export interface HistoryDetail {
  call: HistoryCall
  /** Finals and gaps, in the order of time. */
  entries: TranscriptEntry[]
  spoken: SpokenItem[]
  /** What was pinned and flagged in it, in the order of time. */
  moments: Moment[]
}

export const historyKinds = ['all', 'missed', 'answered', 'incoming', 'outgoing'] as const

/** As many calls a list shows at most. */
export const mostFound = 20_000

export const HistoryQuery = z.object({
  /** Words; each is the beginning of one. */
  text: z.string().max(500).default(''),
  kind: z.enum(historyKinds).default('all'),
  flagged: z.boolean().default(false),
  /** Empty = of all profiles. */
  profile: z.string().default(''),
  /** Empty = of all customers; else theirs, and calls of nobody who was signed in. */
  customer: z.string().default(''),
  fromAt: z.number().optional(),
  untilAt: z.number().optional(),
  limit: z.number().int().min(1).max(mostFound).default(500),
})
export type HistoryQuery = z.output<typeof HistoryQuery>

export interface HistoryFound {
  /** Newest first, at most `limit`. */
  calls: HistoryCall[]
  total: number
}

export const historyFormats = ['webvtt', 'srt', 'txt', 'csv', 'json', 'vcon'] as const
export type HistoryFormat = (typeof historyFormats)[number]

/**
 * Where the history is kept: `file` and `memory` where the runtime has no database, or it cannot be used (`why`).
 * `revision` grows with every change.
 */
export interface History {
  kept: 'unopened' | 'database' | 'file' | 'memory'
  why?: string | undefined
  revision: number
}

/** The id of a session's call in the history. */
export const toHistoryId = ({ id, startedAt }: Pick<Session, 'id' | 'startedAt'>): string =>
  `${startedAt.toString(36)}-${id}`

/** Words to look for, as a person typed them. */
export const toWords = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []

/** Of a call that has ended. A person declines without a reason, the phone itself with one. */
export function toHistoryOutcome({
  outcome = 'failed',
  reason,
}: Pick<Session, 'outcome' | 'reason'>): HistoryOutcome {
  if (outcome !== 'declined') return outcome
  if (reason === refusalReasons.doNotDisturb) return 'doNotDisturb'
  return reason === refusalReasons.busy ? 'engaged' : 'declined'
}

/** Nobody here took it; declined by a person and taken on another device are something else. */
export const isMissed = ({
  direction,
  answeredAt,
  outcome,
}: Pick<CallRecord, 'direction' | 'answeredAt' | 'outcome'>): boolean =>
  direction === 'incoming' &&
  answeredAt === undefined &&
  outcome !== undefined &&
  missedOutcomes.some((one) => one === outcome)

export const missedOutcomes: readonly HistoryOutcome[] = [
  'canceled',
  'notAnswered',
  'failed',
  'hungUpByThem',
  'interrupted',
  'doNotDisturb',
  'engaged',
]
