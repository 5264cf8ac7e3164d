// The History screen as a snapshot: what is looked for, what was found, the call that is open.

import type { RequestInput } from '../../common/bridge/table.ts'
import type { ErrorData } from '../../common/kit/errors.ts'
import {
  type HistoryCall,
  type HistoryDetail,
  type HistoryFormat,
  type HistoryFound,
  isMissed,
  mostFound,
  toWords,
} from '../../common/model/history.ts'
import { toClock } from './format.ts'

export const periods = ['any', 'day', 'week', 'month'] as const
export type Period = (typeof periods)[number]

export interface HistorySearch {
  text: string
  missed: boolean
  flagged: boolean
  period: Period
  /** Of all profiles, not only of the one in use. */
  everywhere: boolean
  limit: number
}

export interface HistoryUi {
  search: HistorySearch
  found: { status: 'loading' } | ({ status: 'ready' } & HistoryFound) | { status: 'failed'; error: ErrorData }
  open: string | undefined
  detail:
    | { status: 'none' }
    | { status: 'loading' }
    | ({ status: 'ready' } & HistoryDetail)
    | { status: 'failed'; error: ErrorData }
  /** Taken along together. */
  selected: readonly string[]
  format: HistoryFormat
  /** What the last export came to. */
  told: string | undefined
}

export const firstLimit = 500
export const initialSearch: HistorySearch = {
  text: '',
  missed: false,
  flagged: false,
  period: 'any',
  everywhere: false,
  limit: firstLimit,
}
export const initialHistoryUi: HistoryUi = {
  search: initialSearch,
  found: { status: 'loading' },
  open: undefined,
  detail: { status: 'none' },
  selected: [],
  format: 'webvtt',
  told: undefined,
}

/** Nothing where all are shown, or as many as are ever asked for. */
export function toMore(limit: number, shown: number, total: number) {
  const next = Math.min(mostFound, limit + firstLimit * 2)
  return total > shown && next > limit
    ? { limit: next, count: Math.min(total - shown, next - limit) }
    : undefined
}

export const isSearching = ({ text, missed, flagged, period }: HistorySearch): boolean =>
  text.trim() !== '' || missed || flagged || period !== 'any'

const days: Record<Period, number | undefined> = { any: undefined, day: 1, week: 7, month: 30 }
export const periodOptions: readonly { value: Period; label: string }[] = [
  { value: 'any', label: 'Any time' },
  { value: 'day', label: 'Last 24 hours' },
  { value: 'week', label: 'Last 7 days' },
  { value: 'month', label: 'Last 30 days' },
]

export const formatOptions: readonly { value: HistoryFormat; label: string }[] = [
  { value: 'webvtt', label: 'WebVTT subtitles' },
  { value: 'srt', label: 'SRT subtitles' },
  { value: 'txt', label: 'Plain text' },
  { value: 'csv', label: 'CSV for spreadsheets' },
  { value: 'json', label: 'JSON, everything' },
  { value: 'vcon', label: 'vCon' },
]

export function toQuery(
  search: HistorySearch,
  { profile, customer }: { profile: string; customer: string },
  now: number,
): RequestInput<'history.find'> {
  const span = days[search.period]
  return {
    text: search.text,
    kind: search.missed ? 'missed' : 'all',
    flagged: search.flagged,
    profile: search.everywhere ? '' : profile,
    customer: search.everywhere ? '' : customer,
    limit: search.limit,
    ...(span === undefined ? {} : { fromAt: now - span * 86_400_000 }),
  }
}

/** Changes when the open call is to be read again: it runs, something of it changed, or it stands in no list. */
export function toNews(
  found: HistoryUi['found'],
  open: string | undefined,
  revision: number,
): string | number {
  const row = found.status === 'ready' ? found.calls.find(({ id }) => id === open) : undefined
  if (!row?.outcome) return revision
  const { outcome, endedAt, callId, lines, flagged, note, name } = row
  return JSON.stringify([outcome, endedAt, callId, lines, flagged, note, name])
}

const outcomes: Record<NonNullable<HistoryCall['outcome']>, string> = {
  hungUpByUs: 'You hung up',
  hungUpByThem: 'They hung up',
  declined: 'Declined',
  canceled: 'Missed',
  answeredElsewhere: 'Answered on another device',
  notAnswered: 'Missed',
  busy: 'Busy',
  refused: 'They declined',
  transferred: 'Transferred',
  failed: 'Failed',
  interrupted: 'Interrupted',
  doNotDisturb: 'Missed',
  engaged: 'Missed',
}
/** Why the phone did not ring. */
const missedTexts: Partial<typeof outcomes> = {
  doNotDisturb: 'Missed, do not disturb',
  engaged: 'Missed, in another call',
}
/** What a call of ours that nobody answered came to. */
const unanswered: Partial<typeof outcomes> = {
  hungUpByUs: 'You gave up',
  canceled: 'You gave up',
  notAnswered: 'No answer',
  failed: 'Not connected',
}

export interface HistoryRow {
  id: string
  name: string
  way: 'incoming' | 'outgoing' | 'missed'
  outcome: string
  /** Below the name: where the words were found, else who it was. */
  text: readonly Piece[]
  when: string
  /** Nothing for calls that nobody answered. */
  length: string | undefined
  flagged: boolean
}

/** A piece of a line; those that were looked for stand out. */
export interface Piece {
  text: string
  found: boolean
}

export function toHistoryRow(call: HistoryCall, words: string, now: number): HistoryRow {
  const missed = isMissed(call)
  const { answeredAt, endedAt } = call
  const about = call.hit?.text ?? (call.note || call.address)
  return {
    id: call.id,
    name: call.name,
    way: missed ? 'missed' : call.direction,
    outcome: toOutcome(call),
    text: toPieces(about, words),
    when: toWhen(call.startedAt, now),
    length: answeredAt !== undefined && endedAt !== undefined ? toClock(endedAt - answeredAt) : undefined,
    flagged: call.flagged,
  }
}

/** The time today, the day this year, else the date. */
function toWhen(at: number, now: number): string {
  const [then, today] = [new Date(at), new Date(now)]
  const clock = { hour: '2-digit', minute: '2-digit' } as const
  if (then.toDateString() === today.toDateString()) return then.toLocaleTimeString('en-GB', clock)
  if (then.getFullYear() === today.getFullYear())
    return then.toLocaleString('en-GB', { day: 'numeric', month: 'short', ...clock })
  return then.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
}

export function toOutcome(call: HistoryCall): string {
  if (!call.outcome) return 'Call is up'
  if (isMissed(call)) return missedTexts[call.outcome] ?? 'Missed'
  const own = call.direction === 'outgoing' && call.answeredAt === undefined
  return (own ? unanswered[call.outcome] : undefined) ?? outcomes[call.outcome]
}

/** So many characters stand before the first word that was found. */
const lead = 24

/** The line from a little before the first found word on, with each of the words marked. */
export function toPieces(text: string, words: string): Piece[] {
  const wanted = toWords(words)
  if (wanted.length === 0) return [{ text, found: false }]
  const beginning = new RegExp(`(?<![\\p{L}\\p{N}\\p{M}])(?:${wanted.join('|')})`, 'giu')
  const anywhere = new RegExp(wanted.join('|'), 'giu')
  const pattern = text.search(beginning) >= 0 ? beginning : anywhere
  const first = text.search(pattern)
  const from = first > lead * 2 ? text.lastIndexOf(' ', first - lead) + 1 : 0
  const shown = from > 0 ? `… ${text.slice(from)}` : text
  const pieces: Piece[] = []
  let at = 0
  for (const { 0: hit, index } of shown.matchAll(pattern)) {
    if (index > at) pieces.push({ text: shown.slice(at, index), found: false })
    pieces.push({ text: hit, found: true })
    at = index + hit.length
  }
  if (at < shown.length) pieces.push({ text: shown.slice(at), found: false })
  return pieces
}

/** What the bottom of the list says about where all this is kept. */
export function toKeptText(kept: string, why: string | undefined, days: number): string {
  const how = days === 0 ? 'Calls are kept for ever' : `Calls are kept for ${days} days`
  return `${how} on this machine.${why ? ` ${why}` : kept === 'memory' ? ' Only until the companion ends.' : ''}`
}
