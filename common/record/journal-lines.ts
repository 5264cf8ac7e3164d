// A record as lines of text: what a crash cuts off is the last line, and every line before it still counts.
import { z } from 'zod'
import {
  emptyRecord,
  type FlightRecord,
  LevelRow,
  PhoneClock,
  RecordAbout,
  RecordItem,
  RtpSample,
} from '../model/record.ts'

const Left = z.object({ bodies: z.number().min(0), items: z.number().min(0) })

/** The newest of `about`, `clock` and `left` counts. */
export type JournalLine =
  | { about: RecordAbout }
  | { clock: PhoneClock }
  | { item: RecordItem }
  | { rtp: RtpSample }
  | { level: LevelRow }
  | { left: FlightRecord['left'] }

export const toLine = (line: JournalLine): string => `${JSON.stringify(line)}\n`

/** Nothing when there is not even a beginning. What cannot be read is left out. */
export function readLines(text: string): FlightRecord | undefined {
  let record: FlightRecord | undefined
  for (const line of text.split('\n')) {
    const value = parse(line)
    if (value === undefined) continue
    // What is not there is not checked: a refusal costs more than all that is taken.
    const about = value.about === undefined ? undefined : RecordAbout.safeParse(value.about)
    if (about?.success) {
      if (record) record.about = about.data
      else record = emptyRecord(about.data)
    } else if (record) take(record, value)
  }
  if (record) inOrder(record)
  return record
}

function parse(line: string): Record<string, unknown> | undefined {
  if (line === '') return undefined
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function take(record: FlightRecord, value: Record<string, unknown>): void {
  push(record.items, RecordItem, value.item)
  push(record.rtp, RtpSample, value.rtp)
  push(record.levels, LevelRow, value.level)
  if (value.clock !== undefined) {
    const clock = PhoneClock.safeParse(value.clock)
    if (clock.success) record.phoneClock = clock.data
  }
  if (value.left !== undefined) {
    const left = Left.safeParse(value.left)
    if (left.success) record.left = left.data
  }
}

function push<T>(list: T[], schema: z.ZodType<T>, value: unknown): void {
  if (value === undefined) return
  const parsed = schema.safeParse(value)
  if (parsed.success) list.push(parsed.data)
}

/** Rows are noted when they are known, which for some is a little after they were. */
function inOrder({ items, rtp, levels }: FlightRecord): void {
  items.sort((a, b) => a.t - b.t)
  rtp.sort((a, b) => a.t - b.t)
  levels.sort((a, b) => a.t - b.t)
}
