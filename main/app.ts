// Read this first: wires the features of main together and decides nothing.
import type { StoreApi } from 'zustand/vanilla'
import type { MainHandlers } from '../common/bridge/table.ts'
import type { Port } from '../common/kit/port.ts'
import type { AppState } from '../common/model/app-state.ts'
import type { Host } from './host.ts'

export interface App {
  readonly store: Pick<StoreApi<AppState>, 'getState' | 'subscribe'>
  /** What a window may ask; the command line calls the same. */
  readonly handlers: MainHandlers
  /** Connects a window. One at a time: a new one (after a crash or reload) replaces the old one. Returns its detach. */
  attach(port: Port): () => void
  /** The machine woke up or its network changed. */
  wake(): void
  /** Hangs up, unregisters, stops speaking sessions and closes everything; at most 5 s. */
  close(): Promise<void>
}

export function createApp(_host: Host): App {
  throw new Error('written next')
}
