// JSON: everything that is kept of the calls, nothing left out.
import type { HistoryDetail } from '../../../common/model/history.ts'

export const toJson = (details: readonly HistoryDetail[]): string =>
  `${JSON.stringify({ format: 'voipbin-companion-history', version: 1, calls: details }, null, 2)}\n`
