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
import type { Phrase } from '../../common/words/placeholders.ts'
import { phrase, say, toFormats } from '../../common/words/say.ts'
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
export const periodOptions: readonly { value: Period; label: Phrase }[] = [
  { value: 'any', label: phrase('Any time') },
  { value: 'day', label: phrase('Last 24 hours') },
  { value: 'week', label: phrase('Last 7 days') },
  { value: 'month', label: phrase('Last 30 days') },
]

export const formatOptions: readonly { value: HistoryFormat; label: Phrase }[] = [
  { value: 'webvtt', label: phrase('WebVTT subtitles') },
  { value: 'srt', label: phrase('SRT subtitles') },
  { value: 'txt', label: phrase('Plain text') },
  { value: 'csv', label: phrase('CSV for spreadsheets') },
  { value: 'json', label: phrase('JSON, everything') },
  { value: 'vcon', label: phrase('vCon') },
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

const outcomes: Record<NonNullable<HistoryCall['outcome']>, Phrase> = {
  hungUpByUs: phrase('You hung up'),
  hungUpByThem: phrase('They hung up'),
  declined: phrase('Declined'),
  canceled: phrase('Missed'),
  answeredElsewhere: phrase('Answered on another device'),
  notAnswered: phrase('Missed'),
  busy: phrase('Busy'),
  refused: phrase('They declined'),
  transferred: phrase('Transferred'),
  failed: phrase('Failed'),
  interrupted: phrase('Interrupted'),
  doNotDisturb: phrase('Missed'),
  engaged: phrase('Missed'),
}
/** Why the phone did not ring. */
const missedTexts: Partial<typeof outcomes> = {
  doNotDisturb: phrase('Missed, do not disturb'),
  engaged: phrase('Missed, in another call'),
}
/** What a call of ours that nobody answered came to. */
const unanswered: Partial<typeof outcomes> = {
  hungUpByUs: phrase('You gave up'),
  canceled: phrase('You gave up'),
  notAnswered: phrase('No answer'),
  failed: phrase('Not connected'),
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
  if (then.toDateString() === today.toDateString()) return then.toLocaleTimeString(toFormats(), clock)
  if (then.getFullYear() === today.getFullYear())
    return then.toLocaleString(toFormats(), { day: 'numeric', month: 'short', ...clock })
  return then.toLocaleDateString(toFormats(), { day: 'numeric', month: 'short', year: 'numeric' })
}

export function toOutcome(call: HistoryCall): string {
  if (!call.outcome) return say('Call is up')
  if (isMissed(call)) return say(missedTexts[call.outcome] ?? phrase('Missed'))
  const own = call.direction === 'outgoing' && call.answeredAt === undefined
  return say((own ? unanswered[call.outcome] : undefined) ?? outcomes[call.outcome])
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
  const how =
    days === 0
      ? say('Calls are kept for ever on this machine.')
      : say('Calls are kept for {days, plural, one {# day} other {# days}} on this machine.', { days })
  const but = (why && say(why)) ?? (kept === 'memory' ? say('Only until the companion ends.') : undefined)
  return but === undefined ? how : `${how} ${but}`
}
