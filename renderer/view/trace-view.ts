// The trace as a snapshot: which rows a person wants to see.
import type { TraceRow, TraceSource } from '../../common/model/trace.ts'
import type { Phrase } from '../../common/words/placeholders.ts'
import { phrase } from '../../common/words/say.ts'

export const sources: readonly { value: TraceSource; label: Phrase }[] = [
  { value: 'api', label: phrase('API') },
  { value: 'event', label: phrase('Events') },
  { value: 'webhook', label: phrase('Webhooks') },
  { value: 'sip', label: phrase('SIP') },
  { value: 'media', label: phrase('Media') },
  { value: 'app', label: phrase('App') },
]

/** On a row: one word. */
export const sourceLabels: Record<TraceSource, Phrase> = {
  api: phrase('API'),
  event: phrase('Event'),
  webhook: phrase('Hook'),
  sip: phrase('SIP'),
  media: phrase('Media'),
  app: phrase('App'),
}

/** No chosen source means all of them. Every word of the text must occur in title, result or body. */
export function filterTrace(
  rows: readonly TraceRow[],
  chosen: readonly TraceSource[],
  text: string,
): readonly TraceRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (chosen.length === 0 && words.length === 0) return rows
  return rows.filter(
    (row) =>
      (chosen.length === 0 || chosen.includes(row.source)) && words.every((word) => contains(row, word)),
  )
}

const contains = (row: TraceRow, word: string): boolean =>
  row.title.toLowerCase().includes(word) ||
  (row.result?.toLowerCase().includes(word) ?? false) ||
  (row.body?.toLowerCase().includes(word) ?? false)

/** JSON is set out in lines; everything else stays as it was. */
export function toReadable(body: string): string {
  const start = body.trimStart()[0]
  if (start !== '{' && start !== '[') return body
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

/** What the copy button copies: head and body. */
export function toClipboard(row: TraceRow): string {
  const head = [new Date(row.at).toISOString(), row.source, row.direction, row.title, row.result]
    .filter(Boolean)
    .join('  ')
  return row.body ? `${head}\n\n${toReadable(row.body)}` : head
}
