// What is pinned and flagged in calls of this run, as the window shows it; the history keeps it.
import type { Slice } from '../../common/kit/slice.ts'
import { type Moment, withMoment } from '../../common/model/moment.ts'

type ByCall = Record<string, Moment[]>

export interface ShownMoments {
  add(id: string, moment: Moment): void
  remove(id: string, momentId: string): void
  /** Deleted calls. */
  forget(ids: readonly string[] | 'all'): void
}

/** A window shows the call of now and the last ones; older ones are read with their call. */
const mostCalls = 20

export function createShownMoments(slice: Slice<ByCall>): ShownMoments {
  const set = (id: string, moments: Moment[]) => {
    const { [id]: _, ...others } = slice.get()
    const kept = Object.entries(others).slice(1 - mostCalls)
    slice.set({ ...Object.fromEntries(kept), [id]: moments })
  }
  const of = (id: string) => slice.get()[id] ?? []
  return {
    add: (id, moment) => set(id, withMoment(of(id), moment)),
    remove: (id, momentId) =>
      set(
        id,
        of(id).filter((one) => one.id !== momentId),
      ),
    forget(ids) {
      const kept = Object.entries(slice.get()).filter(([id]) => ids !== 'all' && !ids.includes(id))
      slice.set(Object.fromEntries(kept))
    },
  }
}
