// Reports to the flight record once a second, in one message: loudness, counters, steps, what was done and painted.
import type { MainCaller } from '../../common/bridge/table.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { RecordBatch } from '../../common/model/record.ts'
import type { FlightReports } from '../phone/phone.ts'
import { type AlignedClock, alignClock } from './align-clock.ts'
import type { ShownLine } from './captions.ts'

type Reporting = Pick<MainCaller, 'record.add' | 'record.clock'>

export interface RecordReports extends FlightReports {
  shown(line: ShownLine): void
  open(scope: Scope, main: Reporting): void
}

const batchMs = 1_000
const most = 500
const mostRows = 50

const empty = (): Omit<RecordBatch, 'clock'> => ({ levels: [], rtp: [], steps: [], shown: [] })

/** `now`: the clock of this page, in ms. */
export function createRecordReports(now: () => number = () => performance.now()): RecordReports {
  let batch = empty()
  let clock: AlignedClock | undefined
  let target: Reporting | undefined
  /** Epoch ms of a moment ago → this page's clock: only its age is taken from the wall clock. */
  const ofEpoch = (at: number) => now() - (Date.now() - at)

  const send = () => {
    const offset = clock?.best()
    if (!target || !offset) return
    const { levels, rtp, steps, shown } = batch
    if (levels.length + rtp.length + steps.length + shown.length === 0) return
    batch = empty()
    target['record.add']({ batch: { clock: offset, levels, rtp, steps, shown } }).catch(() => {})
  }
  const put = <T>(list: T[], one: T, limit = most) => {
    if (list.length < limit) list.push(one)
  }
  return {
    levels: (sessionId, where, { at, data }) =>
      put(batch.levels, { t: ofEpoch(at), sessionId, where, data }, mostRows),
    rtp: (sessionId, sample) => put(batch.rtp, { ...sample, t: now(), sessionId }, mostRows),
    step: (step) => put(batch.steps, { ...step, t: now() }),
    shown: ({ callId, id, status, t }) => put(batch.shown, { t, callId, id: id.slice(0, 300), status }),
    open(scope, main) {
      target = main
      clock = alignClock(scope, { ask: async () => (await main['record.clock']({})).at, now })
      scope.every(batchMs, send)
    },
  }
}
