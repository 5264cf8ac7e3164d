// CSV by RFC 4180: a row for each line and each moment without one, one for a call without any; no cell is a formula to a spreadsheet.
import type { HistoryDetail } from '../../../common/model/history.ts'
import { toMarks } from './marks.ts'
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
  'moments',
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
    const said = toSaid(detail)
    if (said.length === 0) return [[...about, '', '', '', '']]
    return said.map(({ at, cells }) => [...about, new Date(at).toISOString(), ...cells])
  })
  // RFC 4180 §2 item 1: lines end with CRLF.
  return byteOrderMark + [columns, ...rows].map((row) => `${row.map(toCell).join(',')}\r\n`).join('')
}

/** Lines with what is pinned or flagged of them, and moments that mean a time alone, in the order of the call. */
function toSaid(detail: HistoryDetail): { at: number; cells: string[] }[] {
  const lines = toUtterances(detail)
  const marks = toMarks(detail, lines)
  const kindsOf = (id: string) => marks.flatMap(({ line, kind }) => (line?.id === id ? [kind] : [])).join(' ')
  const rows = [
    ...lines.map(({ id, at, fromMs, speaker, text }) => ({
      at,
      fromMs,
      cells: [speaker, text, kindsOf(id)],
    })),
    ...marks.flatMap(({ at, fromMs, kind, line }) => (line ? [] : [{ at, fromMs, cells: ['', '', kind] }])),
  ]
  return rows.sort((a, b) => a.fromMs - b.fromMs)
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
