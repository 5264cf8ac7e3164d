// CSV by RFC 4180: a row for each line, one for a call without; no cell is a formula to a spreadsheet.
import type { HistoryDetail } from '../../../common/model/history.ts'
import { toSeconds, toUtterances } from './speech.ts'

const columns = [
  'call',
  'began',
  'direction',
  'name',
  'address',
  'outcome',
  'seconds',
  'flagged',
  'note',
  'at',
  'speaker',
  'text',
]

/** Without it spreadsheets take UTF-8 for something else. */
const byteOrderMark = '\uFEFF'

export function toCsv(details: readonly HistoryDetail[]): string {
  const rows = details.flatMap((detail) => {
    const { call } = detail
    const { id, direction, name, address, outcome = '', flagged, note } = call
    const began = new Date(call.startedAt).toISOString()
    const about = [
      id,
      began,
      direction,
      name,
      address,
      outcome,
      toSeconds(call),
      flagged ? 'yes' : 'no',
      note,
    ]
    const lines = toUtterances(detail)
    if (lines.length === 0) return [[...about, '', '', '']]
    return lines.map(({ at, speaker, text }) => [...about, new Date(at).toISOString(), speaker, text])
  })
  // RFC 4180 §2 item 1: lines end with CRLF.
  return byteOrderMark + [columns, ...rows].map((row) => `${row.map(toCell).join(',')}\r\n`).join('')
}

function toCell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  // A spreadsheet computes what begins so, also behind spaces; an apostrophe makes it text. One that splits at
  // semicolons or tabs, or takes no line end into a cell, finds further beginnings inside.
  const safe = value
    .replace(/(^|\r\n|[;\t\r\n])(?=[\s"]*[=+\-@＝＋－＠])/g, "$1'")
    .replace(/^(?=[\t\r\n])/, "'")
  // Items 5 to 7: quotes around commas, quotes and line ends; a quote inside is doubled.
  return /[",;\t\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}
