// Calls as one text in a format, and what its file is called.
import type { HistoryDetail, HistoryFormat } from '../../../common/model/history.ts'
import { toCsv } from './csv.ts'
import { toJson } from './json.ts'
import { toSrt } from './srt.ts'
import { toTxt } from './txt.ts'
import { toVcon } from './vcon.ts'
import { toWebvtt } from './webvtt.ts'

type Formats = Record<HistoryFormat, { end: string; write(details: readonly HistoryDetail[]): string }>

const formats: Formats = {
  webvtt: { end: 'vtt', write: toWebvtt },
  srt: { end: 'srt', write: toSrt },
  txt: { end: 'txt', write: toTxt },
  csv: { end: 'csv', write: toCsv },
  json: { end: 'json', write: toJson },
  vcon: { end: 'vcon.json', write: toVcon },
}

export function toExport(details: readonly HistoryDetail[], format: HistoryFormat) {
  const { end, write } = formats[format]
  return { name: `${toName(details)}.${end}`, text: write(details) }
}

/** Letters and digits of every script; nothing that a file system or a shell takes for something else. */
function toName(details: readonly HistoryDetail[]): string {
  const [first] = details
  if (!first) return 'calls'
  const day = new Date(first.call.startedAt).toISOString().slice(0, 16).replace(/[T:]/g, '-')
  if (details.length > 1) return `${details.length}-calls-from-${day}`
  const who = first.call.name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '')
  return `call-${day}-${who.slice(0, 40) || 'unknown'}`
}
