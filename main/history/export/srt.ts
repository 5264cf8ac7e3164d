// SubRip: numbered blocks, a comma before the milliseconds, the speaker in front of the words.
import type { HistoryDetail } from '../../../common/model/history.ts'
import { toOneLine, toStamp, toTimeline } from './speech.ts'

export function toSrt(details: readonly HistoryDetail[]): string {
  return toTimeline(details)
    .map(({ fromMs, toMs, name, text }, index) => {
      const words = `${toOneLine(name)}: ${text}`.replaceAll('-->', '->')
      return `${index + 1}\n${toStamp(fromMs, ',')} --> ${toStamp(toMs, ',')}\n${words}\n`
    })
    .join('\n')
}
