// The trace: the last rows of everything that crossed a border, without secrets, numbered in the order of arrival.
import type { TraceRow } from '../../common/model/trace.ts'
import { type NewTraceRow, traceByteLimit, traceLimit } from '../../common/model/trace.ts'
import { bytesOf, toClean } from './clean-row.ts'

export interface Trace {
  /** Noted at once, cleaned and told a little later: what is reported must not wait for its report. */
  add(rows: readonly NewTraceRow[]): void
  rows(): TraceRow[]
  clear(): void
}

export interface TraceListener {
  added(rows: TraceRow[]): void
  cleared(): void
}

/** Cleaned when nothing came for this long, in a burst at the latest after `longestMs`. */
const quietMs = 40
const longestMs = 250
/** Rows cleaned in one turn of the event loop: a few ms. */
const chunk = 200
/** Noted and not cleaned; more are not left lying in memory. */
const waitingLimit = 2_000
const waitingBytes = 4 * 1024 * 1024
/** Rows above the limit before the oldest are cut, so that cutting is rare. */
const slack = 500

export interface TraceLimits {
  rows?: number
  bytes?: number
}

export function createTrace(listener: TraceListener, limits: TraceLimits = {}): Trace {
  const kept = createRows(limits.rows ?? traceLimit, limits.bytes ?? traceByteLimit)
  let waiting: NewTraceRow[] = []
  let waitingSize = 0
  let since = 0
  let lastId = 0

  const clean = (count: number) => {
    const now = waiting.slice(0, count)
    waiting = waiting.slice(count)
    if (waiting.length === 0) waitingSize = 0
    const added: TraceRow[] = []
    for (const row of now) {
      const safe = toClean(row)
      // A row that does not fit is a fault of the reporter, never a reason to fail what it reports.
      if (safe) added.push({ ...safe, id: ++lastId })
    }
    if (added.length === 0) return
    kept.push(added)
    listener.added(added)
  }
  const later = createLater(() => {
    clean(chunk)
    if (waiting.length > 0) later.next()
  })
  const flush = () => {
    later.cancel()
    clean(waiting.length)
  }

  return {
    add(news) {
      const now = performance.now()
      if (waiting.length === 0) since = now
      for (const row of news) {
        // A copy: what the reporter does with its row afterwards is not what happened.
        waiting.push({ ...row })
        waitingSize += row.body?.length ?? 0
      }
      if (waiting.length > waitingLimit || waitingSize > waitingBytes) flush()
      else if (waiting.length > 0) later.after(Math.max(0, Math.min(quietMs, since + longestMs - now)))
    },
    rows() {
      flush()
      return kept.all()
    },
    clear() {
      later.cancel()
      lastId += waiting.length
      waiting = []
      waitingSize = 0
      kept.clear()
      listener.cleared()
    },
  }
}

/** One planned run: put off by `after`, in the next turn by `next`. */
function createLater(run: () => void) {
  let timer: NodeJS.Timeout | undefined
  let turn: NodeJS.Immediate | undefined
  const cancel = () => {
    clearTimeout(timer)
    clearImmediate(turn)
    timer = undefined
    turn = undefined
  }
  const start = () => {
    cancel()
    run()
  }
  return {
    cancel,
    after(ms: number) {
      // A run through chunks goes on as it is.
      if (turn) return
      clearTimeout(timer)
      // The trace keeps no process alive.
      timer = setTimeout(start, ms).unref()
    },
    next() {
      turn = setImmediate(start)
    },
  }
}

/** Bounded in number, and in bytes by leaving out the oldest texts: that something happened outlives what it said. */
function createRows(limit: number, byteLimit: number) {
  let rows: TraceRow[] = []
  let bytes = 0
  /** Before this index every body has been left out. */
  let emptied = 0

  const leaveOut = (row: TraceRow) => {
    bytes -= bytesOf(row.body)
    const { body, ...rest } = row
    return body === undefined ? row : { ...rest, body: 'text dropped: too old' }
  }
  return {
    push(added: readonly TraceRow[]) {
      rows.push(...added)
      for (const { body } of added) bytes += bytesOf(body)
      for (; bytes > byteLimit && emptied < rows.length; emptied++) {
        const row = rows[emptied]
        if (row) rows[emptied] = leaveOut(row)
      }
      if (rows.length <= limit + slack) return
      const cut = rows.length - limit
      for (let at = emptied; at < cut; at++) bytes -= bytesOf(rows[at]?.body)
      rows = rows.slice(cut)
      emptied = Math.max(0, emptied - cut)
    },
    all: () => rows.slice(-limit),
    clear() {
      rows = []
      bytes = 0
      emptied = 0
    },
  }
}
