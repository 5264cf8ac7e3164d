// Calls and lines of a history, for tests.
import type { CallRecord, HistoryDetail, HistoryQuery } from '../../common/model/history.ts'
import { HistoryQuery as Query } from '../../common/model/history.ts'
import type { TranscriptLine } from '../../common/model/transcript.ts'

export const noon = Date.UTC(2026, 10, 20, 12)

export const aRecord = (id: string, more: Partial<CallRecord> = {}): CallRecord => ({
  id,
  profile: 'default',
  customerId: 'acme',
  direction: 'incoming',
  name: 'Mina',
  address: '+15550200001@pstn.voipbin.test',
  startedAt: noon,
  answeredAt: noon + 3_000,
  endedAt: noon + 63_000,
  outcome: 'hungUpByThem',
  ...more,
})

export const aSpokenLine = (
  id: string,
  text: string,
  more: Partial<TranscriptLine> = {},
): TranscriptLine => ({
  kind: 'line',
  id,
  callId: 'call-1',
  transcribeId: 'transcribe-1',
  direction: 'out',
  text,
  status: 'final',
  createdAt: noon + 5_000,
  arrivedAt: noon + 5_100,
  source: 'event',
  ...more,
})

export const aQuery = (more: Partial<HistoryQuery> = {}): HistoryQuery => Query.parse(more)

export const aDetail = (
  entries: HistoryDetail['entries'],
  call: Partial<HistoryDetail['call']> = {},
  spoken: HistoryDetail['spoken'] = [],
  moments: HistoryDetail['moments'] = [],
): HistoryDetail => ({
  call: { ...aRecord('c1'), flagged: false, note: '', lines: entries.length, ...call },
  entries,
  spoken,
  moments,
})
