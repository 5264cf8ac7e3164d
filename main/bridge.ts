// The window's end of main: serves the bridge table over a Port and pushes what changed. One window at a time.
import type { StoreApi } from 'zustand/vanilla'
import { type MainBridge, openMainBridge } from '../common/bridge/bridge.ts'
import type { Events, MainHandlers, PhoneCaller, Snapshot } from '../common/bridge/table.ts'
import { AppError } from '../common/kit/errors.ts'
import type { Port } from '../common/kit/port.ts'
import type { Scope } from '../common/kit/scope.ts'
import { waitFor } from '../common/kit/wait.ts'
import type { AppState } from '../common/model/app-state.ts'
import type { TraceRow } from '../common/model/trace.ts'
import type { TranscriptEntry } from '../common/model/transcript.ts'

export interface WindowBridge {
  attach(port: Port): () => void
  /** The phone of the present window; waits a moment for one that is just starting. */
  phone(scope: Scope): Promise<PhoneCaller>
  transcript(callId: string, entries: readonly TranscriptEntry[]): void
  /** Only a window that watches is told. */
  trace(rows: readonly TraceRow[]): void
  traceCleared(): void
}

export interface WindowOptions {
  store: Pick<StoreApi<AppState>, 'getState' | 'subscribe'>
  handlers(): MainHandlers
  /** Transcripts at this moment; the state is added here. */
  snapshot(): Omit<Snapshot, 'state'>
  /** The window has asked for its snapshot: its phone listens. */
  onReady(): void
  onGone(): void
}

/** A window that starts needs a moment until its phone listens. */
const readyMs = 10_000

/**
 *   none → attached → ready → none        a new window ends the one before
 */
type Window = { scope: Scope; bridge: MainBridge; ready: boolean; watchesTrace: boolean }

export function createWindowBridge(scope: Scope, options: WindowOptions): WindowBridge {
  let current: Window | undefined
  const waiting = new Set<() => void>()
  const outbox = createOutbox(options.store, scope, (name, event) => current?.bridge.emit(name, event))

  const becomeReady = (window: Window) => {
    if (window.ready || current !== window) return
    window.ready = true
    for (const look of [...waiting]) look()
    options.onReady()
  }

  const open = (port: Port): Window => {
    const windowScope = scope.child('window')
    const handlers = options.handlers()
    const window: Window = {
      scope: windowScope,
      ready: false,
      watchesTrace: false,
      bridge: openMainBridge(windowScope, port, {
        ...handlers,
        'app.snapshot': async () => {
          // What is on its way belongs to the time before; after the snapshot only news may follow.
          outbox.flush()
          const snapshot: Snapshot = { state: options.store.getState(), ...options.snapshot() }
          // The answer leaves first, then the phone is asked for things.
          setImmediate(() => becomeReady(window))
          return snapshot
        },
        'trace.watch': async ({ on }) => {
          window.watchesTrace = on
          return handlers['trace.watch']({ on })
        },
      }),
    }
    return window
  }

  const detach = (window: Window) => {
    if (current !== window) return
    current = undefined
    outbox.drop()
    void window.scope.end()
    options.onGone()
  }

  return {
    attach(port) {
      if (current) detach(current)
      const window = open(port)
      current = window
      window.scope.add(() => detach(window))
      return () => detach(window)
    },
    async phone(asker) {
      const wait = asker.child('phone')
      wait.after(readyMs, () => void wait.end())
      const watch = (look: () => void) => {
        waiting.add(look)
        return () => waiting.delete(look)
      }
      try {
        return await waitFor(wait, watch, () => (current?.ready ? current.bridge.phone : undefined))
      } catch {
        throw new AppError(asker.ended ? 'app.stopped' : 'app.windowGone')
      } finally {
        void wait.end()
      }
    },
    transcript: (callId, entries) => outbox.transcript(callId, entries),
    trace(rows) {
      if (current?.watchesTrace) outbox.trace(rows)
    },
    traceCleared: () => outbox.traceCleared(),
  }
}

type Emit = <N extends keyof Events>(name: N, event: Events[N]) => void

/**
 * Collects what changed and tells it once per turn of the event loop: a burst of 1,000 events is one message.
 * Rows of the trace come in bundles, behind what they tell of, and leave as they come.
 */
function createOutbox(store: WindowOptions['store'], scope: Scope, emit: Emit) {
  let sent = store.getState()
  let transcripts = new Map<string, TranscriptEntry[]>()
  let planned: NodeJS.Immediate | undefined

  const flush = () => {
    clearImmediate(planned)
    planned = undefined
    const state = store.getState()
    const changes = changedFields(sent, state)
    sent = state
    if (changes) emit('state.changed', { changes })
    const lines = transcripts
    transcripts = new Map()
    for (const [callId, entries] of lines) emit('transcript.changed', { callId, entries })
  }
  const plan = () => {
    planned ??= setImmediate(flush)
  }
  scope.add(store.subscribe(plan))
  scope.add(() => clearImmediate(planned))

  return {
    flush,
    drop() {
      clearImmediate(planned)
      planned = undefined
      sent = store.getState()
      transcripts = new Map()
    },
    transcript(callId: string, entries: readonly TranscriptEntry[]) {
      const waiting = transcripts.get(callId)
      if (waiting) waiting.push(...entries)
      else transcripts.set(callId, [...entries])
      plan()
    },
    trace: (added: readonly TraceRow[]) => emit('trace.added', { rows: [...added] }),
    traceCleared: () => emit('trace.cleared', {}),
  }
}

function changedFields(before: AppState, after: AppState): Partial<AppState> | undefined {
  const names = (Object.keys(after) as Array<keyof AppState>).filter((name) => before[name] !== after[name])
  if (names.length === 0) return undefined
  return Object.fromEntries(names.map((name) => [name, after[name]]))
}
