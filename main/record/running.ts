// The records that run now, and which of them something belongs to.

import { redactText } from '../../common/kit/redact.ts'
import type { LevelRow, PhoneClock, RecordAbout, RtpSample } from '../../common/model/record.ts'
import { createJournal, type Journal } from './journal.ts'
import type { ItemWithoutTime, Noted } from './preamble.ts'
import type { Shelf } from './shelf.ts'

/** One record while it runs. Times come on main's clock and are put down from its beginning. */
export interface RunningRecord {
  readonly id: string
  readonly origin: number
  about(): RecordAbout
  change(patch: Partial<RecordAbout>): void
  item(at: number, item: ItemWithoutTime): void
  rtp(at: number, sample: Omit<RtpSample, 't'>): void
  level(at: number, row: Omit<LevelRow, 't'>): void
  clock(clock: PhoneClock): void
  flush(): Promise<void>
  close(): Promise<void>
  /** Its files are left to the shelf. */
  discard(): Promise<void>
}

export function openRunning(
  shelf: Pick<Shelf, 'files'>,
  start: RecordAbout,
  origin: number,
  before: readonly Noted[],
): RunningRecord {
  let about = toClean(start)
  const journal: Journal = createJournal(shelf.files(about.id), about)
  let toldClock = ''
  /** Tenths of a ms: finer says nothing. */
  const t = (at: number) => Math.round((at - origin) * 10) / 10
  const item = (at: number, one: ItemWithoutTime) => journal.add({ item: { ...toClean(one), t: t(at) } })
  for (const noted of before) item(noted.at, noted.item)
  return {
    id: about.id,
    origin,
    about: () => about,
    change(patch) {
      about = { ...about, ...toClean(patch) }
      journal.add({ about })
    },
    item,
    rtp: (at, sample) => journal.add({ rtp: { ...sample, t: t(at) } }),
    level: (at, row) => journal.add({ level: { ...row, t: t(at) } }),
    clock(clock) {
      const said = JSON.stringify(clock)
      if (said === toldClock) return
      toldClock = said
      journal.add({ clock })
    },
    flush: journal.flush,
    close: () => journal.close(about),
    discard: journal.discard,
  }
}

/** Redacted when it is captured, whatever it is; the texts of messages have been, by the trace, and are long. */
function toClean<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      typeof one === 'string' && name !== 'body' ? redactText(one) : one,
    ]),
  ) as T
}
