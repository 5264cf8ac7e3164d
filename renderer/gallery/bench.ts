// A handle for measuring: appends lines the way events do, and tells when they are painted.
import type { EventListeners } from '../../common/bridge/table.ts'
import type { ShownRecord } from '../../common/model/record.ts'
import type { TranscriptEntry } from '../../common/model/transcript.ts'
import { toReady } from '../state/open-record.ts'
import type { UiStore } from '../state/ui-store.ts'
import { callId } from './people.ts'
import { manyLines } from './rows.ts'

export interface GalleryBench {
  /** Appends `n` lines as one event; resolves to the ms until they were painted. */
  append(n: number): Promise<number>
  /** Entries of the gallery's call, as an event brings them; resolves when they were painted. */
  take(entries: TranscriptEntry[]): Promise<void>
  /** An answer of `record.read` as text; resolves to the ms until the record was painted. */
  openRecord(answer: string): Promise<number>
}

declare global {
  var galleryBench: GalleryBench | undefined
}

export function offerBench(feed: EventListeners, ui: UiStore): void {
  let made = 10_000
  globalThis.galleryBench = {
    async append(n) {
      const startedAt = performance.now()
      feed['transcript.changed']({ callId, entries: manyLines(n, made) })
      made += n
      await painted()
      return performance.now() - startedAt
    },
    async take(entries) {
      feed['transcript.changed']({ callId, entries })
      await painted()
    },
    async openRecord(answer) {
      const startedAt = performance.now()
      ui.setState({ screen: 'record', record: toReady(JSON.parse(answer) as ShownRecord, false) })
      await painted()
      return performance.now() - startedAt
    },
  }
}

/** The feed renders in the next frame; the task after it comes when that frame was handed to the compositor. */
const painted = () =>
  new Promise<void>((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        port1.close()
        resolve()
      }
      port2.postMessage(null)
    })
  })
