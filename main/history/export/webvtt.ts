// WebVTT: a cue for each line, its speaker as a voice span, its id that of the line (W3C WebVTT §4.1, §4.2).
import type { HistoryDetail } from '../../../common/model/history.ts'
import { type Mark, markNames, toMarks } from './marks.ts'
import { toOneLine, toStamp, toTimeline } from './speech.ts'

export function toWebvtt(details: readonly HistoryDetail[]): string {
  const notes = details.map(({ call }) => {
    const about = `${new Date(call.startedAt).toISOString()} ${call.direction} ${call.name}`
    // A note ends with a blank line, and may not hold an arrow.
    return `NOTE ${toOneLine(about).replaceAll('-->', '->')}`
  })
  const marks = details.flatMap((detail) => toMarks(detail).map((mark) => toNote(mark, detail.call.name)))
  const cues = toTimeline(details).map(({ id, fromMs, toMs, name, text }) => {
    const times = `${toStamp(fromMs, '.')} --> ${toStamp(toMs, '.')}`
    return `${toOneLine(id).replaceAll('-->', '->')}\n${times}\n<v ${toSafe(toOneLine(name))}>${toSafe(text)}</v>`
  })
  return `${['WEBVTT', ...notes, ...marks, ...cues].join('\n\n')}\n`
}

/** The format has no marks, so they stand in comments; a comment holds no arrow and no blank line. */
function toNote({ kind, fromMs, line }: Mark, name: string): string {
  const words = line ? ` ${line.name}: ${line.text}` : ''
  return `NOTE ${markNames[kind]} ${toStamp(fromMs, '.')} in the call with ${toOneLine(name)}${words}`.replaceAll(
    '-->',
    '->',
  )
}

/** With `>` gone no arrow is left either. */
const toSafe = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
