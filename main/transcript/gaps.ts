// Times in which events were lost: marked in the transcript, and closed when what was said meanwhile has been read.
import type { Scope } from '../../common/kit/scope.ts'
import type { TranscriptEntry } from '../../common/model/transcript.ts'
import type { CallLines } from './call-lines.ts'

export interface Gaps {
  mark(callId: string, record: CallLines, fromAt: number): void
  /** Resolves after the first reading; where that fails, others follow and the gap stays open until one works. */
  fill(callId: string, record: CallLines, toAt: number): Promise<void>
}

export interface GapParts {
  put(callId: string, record: CallLines, entry: TranscriptEntry): void
  /** True when all lines of the call could be read. */
  read(callId: string): Promise<boolean>
  /** Events are still, or again, being lost. */
  isDeaf(): boolean
  isKept(callId: string, record: CallLines): boolean
}

const againMs = [2_000, 5_000, 15_000, 60_000]

/**
 *   none ──events lost──→ open ──read──→ closed
 *                          ↻ could not be read
 */
export function createGaps(scope: Scope, parts: GapParts): Gaps {
  let made = 0
  const fill = async (callId: string, record: CallLines, toAt: number, tries = 0): Promise<void> => {
    const id = record.gap?.id
    if (id === undefined) return
    const isRead = await parts.read(callId)
    if (scope.ended || record.gap?.id !== id) return
    // Lost again meanwhile: it is the same gap, and whoever hears of its end fills it.
    if (parts.isDeaf() && !record.ended) return
    if (isRead) {
      parts.put(callId, record, { ...record.gap, endedAt: toAt })
      record.gap = undefined
      return
    }
    const waitMs = againMs[tries]
    if (waitMs === undefined) return
    scope.after(waitMs, () => {
      if (parts.isKept(callId, record)) void fill(callId, record, toAt, tries + 1)
    })
  }
  return {
    mark(callId, record, fromAt) {
      if (record.ended || record.gap) return
      record.gap = { kind: 'gap', id: `gap-${++made}`, callId, createdAt: fromAt, filled: 0 }
      parts.put(callId, record, record.gap)
    },
    fill: (callId, record, toAt) => fill(callId, record, toAt),
  }
}
