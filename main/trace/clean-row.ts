// A reported row → the row that is kept: without secrets, cut, and holding on to nothing but its own text.
import { redactText } from '../../common/kit/redact.ts'
import type { NewTraceRow, TraceRow } from '../../common/model/trace.ts'

const bodyLimit = 32_768

/** Nothing when its numbers are none: the rest the types promise, and what a window reports has passed the table. */
export function toClean(row: NewTraceRow): Omit<TraceRow, 'id'> | undefined {
  if (!Number.isFinite(row.at) || !Number.isFinite(row.ms ?? 0)) return undefined
  const out: Omit<TraceRow, 'id'> = {
    ...row,
    tone: row.tone ?? 'plain',
    title: cut(redactText(row.title), 300),
  }
  if (row.result !== undefined) out.result = cut(redactText(row.result), 200)
  // Whole, so that no cut hides the end of a secret from the patterns.
  if (row.body !== undefined) out.body = cut(redactText(row.body), bodyLimit)
  return out
}

/** A slice would keep the whole text alive; a copy lets go of it. */
function cut(text: string, limit: number): string {
  return text.length <= limit ? text : Buffer.from(text.slice(0, limit), 'utf16le').toString('utf16le')
}

/** As V8 keeps it: one byte a character while all are Latin-1, else two. */
export function bytesOf(text: string | undefined): number {
  if (text === undefined) return 0
  return isWide.test(text) ? text.length * 2 : text.length
}
const isWide = /[\u0100-\uffff]/
