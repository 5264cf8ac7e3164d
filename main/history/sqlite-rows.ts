// Rows of the database as the model knows them.
import type { SQLInputValue, SQLOutputValue } from 'node:sqlite'
import type { HistoryCall, SpokenItem } from '../../common/model/history.ts'
import type { Moment } from '../../common/model/moment.ts'
import type { TranscriptEntry } from '../../common/model/transcript.ts'

export type Values = SQLInputValue[]
type Row = Record<string, SQLOutputValue>

const toText = (value: SQLOutputValue | undefined): string => (typeof value === 'string' ? value : '')
const toNumber = (value: SQLOutputValue | undefined): number | undefined =>
  typeof value === 'number' ? value : undefined

/** Only we write this file, so what stands in it is what we know. */
export function toCall(row: Row): HistoryCall {
  const hits = toNumber(row.hits)
  return {
    id: toText(row.id),
    profile: toText(row.profile),
    customerId: toText(row.customer),
    direction: row.direction === 'outgoing' ? 'outgoing' : 'incoming',
    name: toText(row.name),
    address: toText(row.address),
    startedAt: toNumber(row.started_at) ?? 0,
    answeredAt: toNumber(row.answered_at),
    endedAt: toNumber(row.ended_at),
    outcome: (toText(row.outcome) || undefined) as HistoryCall['outcome'],
    callId: toText(row.call_id) || undefined,
    flagged: row.flagged === 1,
    note: toText(row.note),
    lines: toNumber(row.lines) ?? 0,
    ...(hits === undefined ? {} : { hit: { text: toText(row.hit_text), count: hits } }),
  }
}

export function toEntry(row: Row, callId: string): TranscriptEntry {
  const base = { id: toText(row.id), callId, createdAt: toNumber(row.at) ?? 0 }
  if (row.kind === 'gap')
    return { kind: 'gap', ...base, endedAt: toNumber(row.ended_at), filled: toNumber(row.filled) ?? 0 }
  return {
    kind: 'line',
    ...base,
    transcribeId: toText(row.transcribe_id),
    direction: row.direction === 'out' ? 'out' : 'in',
    text: toText(row.text),
    status: 'final',
    placeAt: toNumber(row.place),
    language: toText(row.language) || undefined,
    offsetMs: toNumber(row.offset_ms),
    arrivedAt: toNumber(row.arrived_at) ?? base.createdAt,
    source: row.source === 'rest' ? 'rest' : 'event',
  }
}

export const toMoment = (row: Row): Moment => ({
  id: toText(row.id),
  kind: row.kind === 'flag' ? 'flag' : 'pin',
  at: toNumber(row.at) ?? 0,
  ...(toText(row.line) === '' ? {} : { lineId: toText(row.line) }),
})

export const toItem = (row: Row): SpokenItem => ({
  id: toText(row.id),
  text: toText(row.text),
  status: toText(row.status) as SpokenItem['status'],
  createdAt: toNumber(row.created_at) ?? 0,
  sentAt: toNumber(row.sent_at),
  heardAt: toNumber(row.heard_at),
  transcriptText: toText(row.transcript) || undefined,
})
