// The time machine in every state.
import { toFigures } from '../../common/figures/figures.ts'
import { emptyRecord, type FlightRecord } from '../../common/model/record.ts'
import { type RecordUi, toBoard } from '../view/record-view.ts'
import { aFailingRecord, aFlightRecord } from './a-record.ts'
import * as p from './people.ts'
import { type GalleryState, state } from './state.ts'

const ready = (
  record: FlightRecord,
  more: Partial<Extract<RecordUi, { status: 'ready' }>> = {},
): RecordUi => ({
  status: 'ready',
  board: toBoard({ record, withBody: [] }),
  figures: toFigures(record),
  imported: false,
  told: undefined,
  ...more,
})

/** Made when it is looked at, once: an hour takes a moment to make up. */
function lazily(id: string, says: string, make: () => RecordUi): GalleryState {
  let made: RecordUi | undefined
  return {
    ...state(`record-${id}`, says, {}),
    get ui() {
      made ??= make()
      return { screen: 'record' as const, record: made }
    },
  }
}

const nothing = () => {
  const { about } = aFlightRecord({ minutes: 0.2 })
  return emptyRecord({ ...about, outcome: 'canceled', answeredT: undefined })
}

export const recordStates: readonly GalleryState[] = [
  lazily('short', 'A call of two minutes', () =>
    ready(aFlightRecord({ minutes: 2 }), { told: 'Saved as /home/mina/Downloads/record-2026-11-20.zip' }),
  ),
  lazily('hour', 'A call of an hour, with a bad second half', () =>
    ready(aFlightRecord({ minutes: 60, bad: true })),
  ),
  lazily('failing', 'A call without a media path', () => ready(aFailingRecord())),
  lazily('imported', 'A record that somebody sent', () =>
    ready(aFlightRecord({ minutes: 1 }), { imported: true }),
  ),
  lazily('empty', 'Nothing but its beginning and its end', () => ready(nothing())),
  lazily('loading', 'Reading a record', () => ({ status: 'loading' })),
  lazily('none', 'There is no record of this call', () => ({
    status: 'failed',
    error: p.anError('record.none'),
  })),
  lazily('broken', 'A file that is no record', () => ({
    status: 'failed',
    error: p.anError('record.foreign', 'items.3.t Invalid input'),
  })),
]
