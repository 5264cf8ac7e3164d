// One session's way into its flight record: frames are put together to rows, one a second and direction.
import type { Scope } from '../../common/kit/scope.ts'
import type { FlightTap } from './flight.ts'
import { createLevelRows } from './level-rows.ts'
import type { FlightReports } from './phone.ts'

/** A little more often than the reports leave, so that each takes a whole row. */
const rowMs = 990

export function openFlightTap(scope: Scope, reports: FlightReports, sessionId: string): FlightTap {
  const rows = { ear: createLevelRows(), microphone: createLevelRows() }
  const flush = () => {
    for (const where of ['ear', 'microphone'] as const) {
      const chunk = rows[where].take()
      if (chunk) reports.levels(sessionId, where, chunk)
    }
  }
  scope.every(rowMs, flush)
  scope.add(flush)
  return {
    frame: (where, rms, at) => rows[where].push(rms, at),
    rtp: (sample) => reports.rtp(sessionId, sample),
    step: (title, tone = 'plain') => reports.step({ sessionId, kind: 'media', title, tone }),
  }
}
