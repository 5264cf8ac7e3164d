// The window's copy of what main knows, and how events from main change it.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Snapshot } from '../../common/bridge/table.ts'
import type { ErrorData } from '../../common/kit/errors.ts'
import { type AppState, initialAppState } from '../../common/model/app-state.ts'
import { type TraceRow, traceLimit } from '../../common/model/trace.ts'
import { applyEntries, type TranscriptEntry } from '../../common/model/transcript.ts'

/**
 *   loading → live ⇄ lost
 *      └────────────↑
 */
export type MainLink = { status: 'loading' } | { status: 'live' } | { status: 'lost'; error: ErrorData }

export interface Copy {
  link: MainLink
  app: AppState
  transcripts: Record<string, TranscriptEntry[]>
  /** While the Trace screen is open; nothing until main has told it. */
  trace: TraceRow[] | undefined
}

export type CopyStore = StoreApi<Copy>

export const initialCopy: Copy = {
  link: { status: 'loading' },
  app: initialAppState,
  transcripts: {},
  trace: undefined,
}

export const createCopyStore = (start: Partial<Copy> = {}): CopyStore =>
  createStore<Copy>(() => ({ ...initialCopy, ...start }))

/** A change of the copy that an event asks for. */
export type CopyChange = (copy: Copy) => Partial<Copy>

/** What came by event while the snapshot was on its way stays: lines and rows have ids, so nothing doubles. */
export const toSnapshot =
  (snapshot: Snapshot): CopyChange =>
  (copy) => ({
    link: { status: 'live' },
    app: snapshot.state,
    transcripts: mergeTranscripts(snapshot.transcripts, copy.transcripts),
  })

function mergeTranscripts(fresh: Copy['transcripts'], heard: Copy['transcripts']): Copy['transcripts'] {
  const merged = { ...fresh }
  for (const [callId, entries] of Object.entries(heard)) {
    merged[callId] = applyEntries(merged[callId] ?? [], entries)
  }
  return merged
}

export const toChanged =
  (changes: Partial<AppState>): CopyChange =>
  (copy) => ({
    app: { ...copy.app, ...changes },
    // What was said belongs to whoever left.
    ...(changes.account?.status === 'signedOut' ? { transcripts: {} } : {}),
  })

/** The window shows the calls of now and the last one; main keeps more. */
const callLimit = 8

export const toTranscript =
  (callId: string, entries: readonly TranscriptEntry[]): CopyChange =>
  ({ transcripts }) => {
    const { [callId]: before = [], ...others } = transcripts
    // Behind the others: the call of which nothing was heard for the longest time stands first and goes first.
    const kept = Object.entries(others).slice(1 - callLimit)
    return { transcripts: { ...Object.fromEntries(kept), [callId]: applyEntries(before, entries) } }
  }

export const toTrace =
  (rows: readonly TraceRow[]): CopyChange =>
  (copy) =>
    copy.trace ? { trace: appendRows(copy.trace, rows) } : {}

export const toTraceCleared: CopyChange = ({ trace }) => (trace ? { trace: [] } : {})

/** Ids of trace rows only grow; rows we have already are dropped, the oldest go when there are too many. */
export function appendRows(rows: readonly TraceRow[], added: readonly TraceRow[]): TraceRow[] {
  const last = rows.at(-1)?.id ?? Number.NEGATIVE_INFINITY
  const next = [...rows, ...added.filter((row) => row.id > last)]
  return next.length > traceLimit ? next.slice(-traceLimit) : next
}
