// What happened just before a call began: the request that placed it, the INVITE, a registration.
import type { RecordItem } from '../../common/model/record.ts'

export interface Noted {
  /** On main's clock. */
  at: number
  item: ItemWithoutTime
  /** The call that it is about, where it says so: SIP Call-ID, or the platform's id. */
  about?: string | undefined
}

type WithoutTime<T> = T extends unknown ? Omit<T, 't'> : never
export type ItemWithoutTime = WithoutTime<RecordItem>

const longestMs = 30_000
const most = 400

export interface Preamble {
  add(noted: Noted): void
  /** Those not older than `longestMs` before that moment. */
  before(at: number): Noted[]
}

export function createPreamble(): Preamble {
  let kept: Noted[] = []
  return {
    add(noted) {
      kept.push(noted)
      if (kept.length > most * 2) kept = kept.slice(-most)
    },
    before: (at) => kept.slice(-most).filter((one) => one.at >= at - longestMs),
  }
}
