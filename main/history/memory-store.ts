// The history in memory: for runtimes without a database, alone or behind a file.
import {
  type HistoryCall,
  type HistoryDetail,
  type HistoryQuery,
  isMissed,
  type SpokenItem,
  toWords,
} from '../../common/model/history.ts'
import { type Moment, withMoment } from '../../common/model/moment.ts'
import { type TranscriptEntry, toPlace } from '../../common/model/transcript.ts'
import { type Change, type HistoryStore, isUnspaced } from './store.ts'

interface Kept {
  call: HistoryCall
  entries: Map<string, TranscriptEntry>
  spoken: Map<string, SpokenItem>
  moments: Moment[]
}

export interface MemoryStore extends HistoryStore {
  /** What makes the same history again. */
  changes(): Change[]
}

export function createMemoryStore(): MemoryStore {
  const kept = new Map<string, Kept>()
  const change = (one: Change): void => {
    if (one.op === 'call') {
      const known = kept.get(one.call.id)
      const { flagged = false, note = '', lines = 0 } = known?.call ?? {}
      const call = { ...one.call, flagged, note, lines }
      kept.set(call.id, { entries: new Map(), spoken: new Map(), moments: [], ...known, call })
    } else if (one.op === 'remove') for (const id of one.ids) kept.delete(id)
    else if (one.op === 'removeAll') kept.clear()
    else if (one.op === 'removeBefore') {
      for (const [id, { call }] of kept) if (call.startedAt < one.at) kept.delete(id)
    } else addTo(kept.get(one.id), one)
  }
  return {
    kept: 'memory',
    apply: (changes) => changes.forEach(change),
    find(query) {
      const found = [...kept.values()]
        .flatMap((one) => toFound(one, query))
        .sort((a, b) => b.startedAt - a.startedAt)
      return { calls: found.slice(0, query.limit), total: found.length }
    },
    get: (id) => toDetail(kept.get(id)),
    close: () => kept.clear(),
    changes: () =>
      [...kept.values()].flatMap(({ call, entries, spoken, moments }): Change[] => {
        const { flagged, note, lines, hit, ...record } = call
        const { id } = call
        return [
          { op: 'call', call: record },
          { op: 'lines', id, entries: [...entries.values()] },
          { op: 'spoken', id, items: [...spoken.values()] },
          { op: 'mark', id, note, flagged },
          ...moments.map((moment) => ({ op: 'moment', id, moment }) as const),
        ]
      }),
  }
}

type Addition = Extract<Change, { op: 'lines' | 'spoken' | 'mark' | 'moment' | 'removeMoment' }>

function addTo(kept: Kept | undefined, change: Addition): void {
  if (!kept) return
  if (change.op === 'moment') kept.moments = withMoment(kept.moments, change.moment)
  else if (change.op === 'removeMoment') {
    kept.moments = kept.moments.filter(({ id }) => id !== change.momentId)
  } else if (change.op === 'spoken') for (const item of change.items) kept.spoken.set(item.id, item)
  else if (change.op === 'lines') {
    for (const entry of change.entries) kept.entries.set(entry.id, entry)
    const lines = [...kept.entries.values()].filter(({ kind }) => kind === 'line').length
    kept.call = { ...kept.call, lines }
  } else {
    const { note = kept.call.note, flagged = kept.call.flagged } = change
    kept.call = { ...kept.call, note, flagged }
  }
}

function toDetail(kept: Kept | undefined): HistoryDetail | undefined {
  if (!kept) return undefined
  const entries = [...kept.entries.values()].sort((a, b) => toPlace(a) - toPlace(b))
  return { call: kept.call, entries, spoken: [...kept.spoken.values()], moments: kept.moments }
}

function toFound({ call, entries }: Kept, query: HistoryQuery): HistoryCall[] {
  if (!fits(call, query)) return []
  const wanted = toWords(query.text)
  if (wanted.length === 0) return [call]
  const hits = [...entries.values()].filter(
    (entry) => entry.kind === 'line' && holds(entry.text, wanted, query.text),
  )
  const [first] = hits
  if (first?.kind === 'line') return [{ ...call, hit: { text: first.text, count: hits.length } }]
  const about = `${call.name} ${call.address} ${call.note}`.toLowerCase()
  return wanted.every((word) => about.includes(word)) ? [call] : []
}

function holds(text: string, wanted: readonly string[], typed: string): boolean {
  if (isUnspaced(typed)) return wanted.every((word) => text.toLowerCase().includes(word))
  const words = toWords(text)
  return wanted.every((word) => words.some((one) => one.startsWith(word)))
}

function fits(
  call: HistoryCall,
  { kind, flagged, profile, customer, fromAt, untilAt }: HistoryQuery,
): boolean {
  if (flagged && !call.flagged) return false
  if (profile !== '' && call.profile !== profile) return false
  if (customer !== '' && call.customerId !== '' && call.customerId !== customer) return false
  if (call.startedAt < (fromAt ?? 0) || call.startedAt >= (untilAt ?? Number.POSITIVE_INFINITY)) return false
  if (kind === 'missed') return isMissed(call)
  if (kind === 'answered') return call.answeredAt !== undefined
  return kind === 'all' || call.direction === kind
}
