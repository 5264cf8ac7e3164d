// Flight records for tests: as short as a test needs.
import { emptyRecord, type FlightRecord, type RecordItem } from '../../common/model/record.ts'
import { toBase64, toByte } from '../../common/record/levels.ts'

export const aFlight = (items: RecordItem[] = [], more: Partial<FlightRecord> = {}): FlightRecord => ({
  ...emptyRecord({
    id: 'flight-1',
    kind: 'call',
    title: 'Reception',
    address: 'reception@acme.registrar.voipbin.test',
    direction: 'outgoing',
    startedAt: Date.UTC(2026, 10, 20, 12),
    environment: 'practice',
    companion: '0.1.0',
  }),
  items,
  ...more,
})

export const aSip = (
  t: number,
  direction: 'in' | 'out',
  title: string,
  result?: string,
  body?: string,
): RecordItem => ({
  kind: 'sip',
  t,
  direction,
  title,
  tone: 'plain',
  ...(result === undefined ? {} : { result }),
  ...(body === undefined ? {} : { body }),
})

export const aSound = (t: number, where: 'ear' | 'microphone', edge: 'start' | 'end'): RecordItem => ({
  kind: 'sound',
  t,
  where,
  edge,
})

export const aLine = (
  t: number,
  id: string,
  text: string,
  more: Partial<Extract<RecordItem, { kind: 'line' }>> = {},
): RecordItem => ({ kind: 'line', t, id, direction: 'out', status: 'final', text, source: 'event', ...more })

/** One row of loudness, 20 ms a value. */
export const levels = (t: number, where: 'ear' | 'microphone', rms: readonly number[]) => ({
  t,
  where,
  data: toBase64(Uint8Array.from(rms, toByte)),
})
