// Feeds the copy from main's events, one render a frame.
import type { EventListeners } from '../../common/bridge/table.ts'
import type { TranscriptEntry } from '../../common/model/transcript.ts'
import {
  type CopyChange,
  type CopyStore,
  toChanged,
  toTrace,
  toTraceCleared,
  toTranscript,
} from './copy-store.ts'
import { createFrameBatch, type Frames, windowFrames } from './frame-batch.ts'

type Arrival = { change: CopyChange } | { callId: string; entries: TranscriptEntry[] }

/** `onHeard` runs for every event: whoever speaks is alive. */
export function createFeed(
  store: CopyStore,
  onHeard: () => void = () => {},
  frames: Frames = windowFrames,
): EventListeners {
  const batch = createFrameBatch<Arrival>(frames, (arrivals) => {
    let next = store.getState()
    for (const change of toChanges(arrivals)) next = { ...next, ...change(next) }
    store.setState(next)
  })
  const add = (arrival: Arrival) => {
    onHeard()
    batch(arrival)
  }
  return {
    // Before the snapshot, single values may be older than it; they are in it anyway.
    'state.changed': ({ changes }) =>
      add({ change: (copy) => (copy.link.status === 'loading' ? {} : toChanged(changes)(copy)) }),
    'transcript.changed': (event) => add(event),
    'trace.added': ({ rows }) => add({ change: toTrace(rows) }),
    'trace.cleared': () => add({ change: toTraceCleared }),
  }
}

/** Transcript changes of one call in a row become one, so that a burst copies the long list once. */
function toChanges(arrivals: readonly Arrival[]): CopyChange[] {
  const changes: CopyChange[] = []
  let open: { callId: string; entries: TranscriptEntry[] } | undefined
  for (const arrival of arrivals) {
    if ('change' in arrival) {
      changes.push(arrival.change)
      continue
    }
    if (open && open.callId === arrival.callId) {
      open.entries.push(...arrival.entries)
      continue
    }
    const own = { callId: arrival.callId, entries: [...arrival.entries] }
    open = own
    changes.push((copy) => toTranscript(own.callId, own.entries)(copy))
  }
  return changes
}
