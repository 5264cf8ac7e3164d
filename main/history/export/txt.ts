// Plain text for people: a head for each call, its note, then who said what.
import type { HistoryDetail } from '../../../common/model/history.ts'
import { markNames, toMarks } from './marks.ts'
import { toOneLine, toSeconds, toStamp, toUtterances } from './speech.ts'

export const toTxt = (details: readonly HistoryDetail[]): string => details.map(toCall).join('\n\n')

function toCall(detail: HistoryDetail): string {
  const { call } = detail
  const who = call.name === call.address ? call.name : `${call.name} (${call.address})`
  const head = [
    `${call.direction === 'incoming' ? 'Call from' : 'Call to'} ${toOneLine(who)}`,
    `Began ${new Date(call.startedAt).toISOString()}, ${toSeconds(call)} s, ${call.outcome ?? 'still up'}`,
    ...(call.note === '' ? [] : ['', `Note: ${call.note}`]),
  ]
  const utterances = toUtterances(detail)
  const marks = toMarks(detail, utterances).map(({ kind, fromMs, line }) => {
    const words = line ? `: ${toOneLine(line.name)}: ${line.text}` : ''
    return `${markNames[kind]} [${toStamp(fromMs, '.').slice(0, 8)}]${words}`
  })
  const lines = utterances.map(({ fromMs, name, text }) => {
    return `[${toStamp(fromMs, '.').slice(0, 8)}] ${toOneLine(name)}: ${text}`
  })
  const noted = marks.length > 0 ? ['', ...marks] : []
  return [...head, ...noted, '', ...(lines.length > 0 ? lines : ['Nothing was written down.']), ''].join('\n')
}
