// The history as others use it: look for calls, read one, mark it, remove, take along; old calls go by themselves.
import { AppError } from '../../common/kit/errors.ts'
import type { Log } from '../../common/kit/log.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Slice } from '../../common/kit/slice.ts'
import type {
  History,
  HistoryDetail,
  HistoryFormat,
  HistoryFound,
  HistoryQuery,
} from '../../common/model/history.ts'
import type { Moment } from '../../common/model/moment.ts'
import { toExport } from './export/export.ts'
import { createKeeper } from './keeper.ts'
import { createShownMoments } from './moments.ts'
import { type OpenedStore, openStore, removeSetAside, setAside } from './open-store.ts'
import { openRecorder, type RecorderParts } from './recorder.ts'
import type { Change } from './store.ts'

export interface HistoryFeature {
  /** All that follow throw `history.unavailable` when the disk refuses. */
  find(query: HistoryQuery): HistoryFound
  /** Throws `history.unknown`. */
  read(id: string): HistoryDetail
  mark(id: string, mark: { note?: string | undefined; flagged?: boolean | undefined }): void
  addMoment(id: string, moment: Moment): void
  removeMoment(id: string, momentId: string): void
  remove(ids: readonly string[]): void
  removeAll(): void
  /** One text of these calls, oldest first, and a name for its file. */
  export(ids: readonly string[], format: HistoryFormat): { name: string; text: string }
  /** Lines of a call's transcript, as they come. */
  entries: ReturnType<typeof openRecorder>['entries']
}

interface HistoryParts extends Omit<RecorderParts, 'put'> {
  dataDir: string
  slice: Slice<History>
  moments: Slice<Record<string, Moment[]>>
  /** 0 = for ever. */
  days(): number
  tell(error: AppError): void
  settle: Parameters<typeof createKeeper>[1]['settle']
  log: Log
  open?: (parts: Parameters<typeof openStore>[0]) => OpenedStore
}

const dayMs = 86_400_000
/** Not while the window comes up. */
const firstTidyMs = 3_000
/** A line a moment is news; the list need not be drawn for each. */
const showMs = 500

export function openHistory(scope: Scope, parts: HistoryParts): HistoryFeature {
  const { slice, log, tell, dataDir } = parts
  const disk = { dataDir, log, tell }
  const show = createShow(scope, slice)
  const moments = createShownMoments(parts.moments)
  const keeper = createKeeper(scope, {
    ...parts,
    open: () => (parts.open ?? openStore)(disk),
    setAside: (cause) => setAside(disk, cause),
    onFresh: () => recorder.again(),
    onOpened: ({ store, why }) => slice.set({ ...slice.get(), kept: store.kept, why }),
    onWritten: show,
  })
  const recorder = openRecorder(scope, { ...parts, put: keeper.put })
  // Runs before the keeper's own end: the last word about each call is written, too.
  scope.add(recorder.look)

  const change = (one: Change) => {
    keeper.put(one)
    keeper.store()
  }
  const read = (id: string): HistoryDetail => {
    const found = keeper.store().get(id)
    if (!found) throw new AppError('history.unknown', { detail: id })
    return found
  }
  const tidy = () => {
    const days = parts.days()
    if (days > 0) keeper.put({ op: 'removeBefore', at: Date.now() - days * dayMs })
  }
  // Not at a change of the days: whoever looks through the choices has not chosen yet.
  scope.after(firstTidyMs, tidy)
  scope.every(dayMs, tidy)
  return {
    find: (query) => keeper.store().find(query),
    read,
    mark: (id, mark) => change({ op: 'mark', id, ...mark }),
    addMoment(id, moment) {
      change({ op: 'moment', id, moment })
      moments.add(id, moment)
    },
    removeMoment(id, momentId) {
      change({ op: 'removeMoment', id, momentId })
      moments.remove(id, momentId)
    },
    remove(ids) {
      change({ op: 'remove', ids: [...ids] })
      moments.forget(ids)
    },
    removeAll() {
      change({ op: 'removeAll' })
      moments.forget('all')
      removeSetAside(dataDir)
    },
    export: (ids, format) =>
      toExport(
        ids.map(read).sort((a, b) => a.call.startedAt - b.call.startedAt),
        format,
      ),
    entries: recorder.entries,
  }
}

function createShow(scope: Scope, slice: Slice<History>) {
  let isPlanned = false
  const show = () => {
    isPlanned = false
    const now = slice.get()
    slice.set({ ...now, revision: now.revision + 1 })
  }
  return (changes: readonly Change[]) => {
    if (changes.some(({ op }) => op !== 'lines' && op !== 'spoken')) show()
    else if (!isPlanned) {
      isPlanned = true
      scope.after(showMs, show)
    }
  }
}
