// The trace: the last rows of everything that crossed a border, without secrets, numbered in the order of arrival.
import { redactText } from '../../common/kit/redact.ts'
import { NewTraceRow, type TraceRow, traceLimit } from '../../common/model/trace.ts'

export interface Trace {
  add(rows: readonly NewTraceRow[]): void
  rows(): TraceRow[]
  clear(): void
}

export interface TraceListener {
  added(rows: TraceRow[]): void
  cleared(): void
}

const bodyLimit = 32_768
/** Rows above the limit before the oldest are cut, so that cutting is rare. */
const slack = 500

export function createTrace(listener: TraceListener, limit = traceLimit): Trace {
  let rows: TraceRow[] = []
  let lastId = 0

  return {
    add(news) {
      const added: TraceRow[] = []
      for (const row of news) {
        const clean = NewTraceRow.safeParse(trim(row))
        // A row that does not fit is a fault of the reporter, never a reason to fail what it reports.
        if (clean.success) added.push({ ...clean.data, id: ++lastId })
      }
      if (added.length === 0) return
      rows.push(...added)
      if (rows.length > limit + slack) rows = rows.slice(-limit)
      listener.added(added)
    },
    rows: () => rows.slice(-limit),
    clear() {
      rows = []
      listener.cleared()
    },
  }
}

function trim(row: NewTraceRow): NewTraceRow {
  const out: NewTraceRow = { ...row, title: redactText(row.title).slice(0, 300) }
  if (row.result !== undefined) out.result = redactText(row.result).slice(0, 200)
  if (row.body !== undefined) out.body = redactText(row.body.slice(0, bodyLimit)).slice(0, 33_000)
  return out
}
