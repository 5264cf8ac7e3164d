// The flight records as others use them: read one, take it along, let it go; and where everything reports to.
import { AppError, type ErrorCode, toAppError } from '../../common/kit/errors.ts'
import type { Log } from '../../common/kit/log.ts'
import type { Scope } from '../../common/kit/scope.ts'
import {
  type FlightRecord,
  type RecordAbout,
  type RecordBatch,
  withoutBodies,
} from '../../common/model/record.ts'
import type { Settings } from '../../common/model/settings.ts'
import type { TraceRow } from '../../common/model/trace.ts'
import type { TranscriptEntry } from '../../common/model/transcript.ts'
import { createRecordClock } from './clock.ts'
import { type FollowParts, followAll, noteEntries } from './follow.ts'
import { createRecorder } from './recorder.ts'
import { openShelf } from './shelf.ts'
import { toMessage } from './to-item.ts'

export interface RecordsFeature {
  /** Main's clock now, for whoever aligns another one with it. */
  now(): number
  /** Without the texts of its messages. Throws `record.none`, `record.unreadable`. */
  read(id: string): Promise<ReturnType<typeof withoutBodies>>
  /** One of those texts; empty when there is none. */
  body(id: string, index: number): Promise<string>
  /** Everything of it. */
  whole(id: string): Promise<FlightRecord>
  remove(ids: readonly string[] | 'all'): Promise<void>
  trace(rows: readonly TraceRow[]): void
  entries(callId: string, entries: readonly TranscriptEntry[]): void
  action(title: string, about?: string): void
  batch(batch: RecordBatch): void
}

export interface RecordsParts extends Omit<FollowParts, 'recorder' | 'clock'> {
  dataDir: string
  settings(): Settings['records']
  setting(): Pick<RecordAbout, 'environment' | 'companion'>
  tell(error: AppError): void
  settle(code: ErrorCode): void
  log: Log
}

const dayMs = 86_400_000
/** Not while the window comes up. */
const firstTidyMs = 5_000
/** The one that was read last stays at hand: its texts are asked for one by one. */
const keptMs = 60_000

export function openRecords(scope: Scope, parts: RecordsParts): RecordsFeature {
  const shelf = openShelf(parts.dataDir)
  const clock = createRecordClock()
  const recorder = createRecorder(scope, { ...parts, shelf, clock, keeps: () => parts.settings().keep })
  followAll(scope, { ...parts, recorder, clock })
  const tidy = () => {
    const { days, megabytes } = parts.settings()
    shelf
      .tidy({ days, megabytes, running: recorder.running() })
      .catch((error: unknown) => parts.log.warn('old flight records could not be let go', error))
  }
  scope.after(firstTidyMs, tidy)
  scope.every(dayMs / 24, tidy)

  const fetch = async (id: string): Promise<FlightRecord> => {
    if (recorder.running().has(id)) await recorder.flush()
    const record = await shelf.read(id).catch((thrown: unknown) => {
      throw new AppError('record.unreadable', { detail: toAppError(thrown).detail, cause: thrown })
    })
    if (!record) throw new AppError('record.none', { detail: id })
    return record
  }
  const hand = createHand(scope)
  return {
    now: clock.now,
    async read(id) {
      const record = await fetch(id)
      hand.keep(record)
      return withoutBodies(record)
    },
    async body(id, index) {
      const record = hand.get(id) ?? (await fetch(id))
      hand.keep(record)
      const item = record.items[index]
      return (item && 'body' in item ? item.body : undefined) ?? ''
    },
    whole: fetch,
    async remove(ids) {
      await recorder.discard(ids)
      await shelf.remove(ids)
    },
    trace(rows) {
      for (const row of rows) {
        const { item, about } = toMessage(row)
        recorder.note(clock.of(row.at), item, about)
      }
    },
    entries: (callId, entries) => noteEntries({ recorder, clock }, callId, entries),
    action: (title, about) => recorder.note(clock.now(), { kind: 'action', title }, about),
    batch: recorder.batch,
  }
}

function createHand(scope: Scope) {
  let kept: FlightRecord | undefined
  let cancel = () => {}
  return {
    get: (id: string) => (kept?.about.id === id ? kept : undefined),
    keep(record: FlightRecord) {
      kept = record
      cancel()
      cancel = scope.after(keptMs, () => {
        kept = undefined
      })
    },
  }
}
