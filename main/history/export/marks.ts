// The moments of a call as the formats need them: what, when on the call's own clock, and of which line.
import type { HistoryDetail } from '../../../common/model/history.ts'
import type { Moment, MomentKind } from '../../../common/model/moment.ts'
import { toUtterances, type Utterance } from './speech.ts'

export interface Mark {
  kind: MomentKind
  /** Epoch ms. */
  at: number
  /** Ms since the call was answered. */
  fromMs: number
  /** Nothing where a time alone was meant, or the line is not there any more. */
  line: Utterance | undefined
}

export const markNames: Record<MomentKind, string> = { pin: 'Pin', flag: 'Flag' }

/** In the order of the call's clock. A moment of a line is where the line is. */
export function toMarks(detail: HistoryDetail, lines: readonly Utterance[] = toUtterances(detail)): Mark[] {
  const { call, moments } = detail
  const began = call.answeredAt ?? call.startedAt
  const toMark = ({ kind, at, lineId }: Moment): Mark => {
    const line = lines.find(({ id }) => id === lineId)
    return { kind, at: line?.at ?? at, fromMs: line?.fromMs ?? Math.max(0, at - began), line }
  }
  return moments.map(toMark).sort((a, b) => a.fromMs - b.fromMs)
}
