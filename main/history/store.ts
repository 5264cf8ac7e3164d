// What keeps the history must do: take changes, find calls, tell one. Changes are data, so that a file can hold them.
import type {
  CallRecord,
  HistoryDetail,
  HistoryFound,
  HistoryQuery,
  SpokenItem,
} from '../../common/model/history.ts'
import type { Moment } from '../../common/model/moment.ts'
import type { TranscriptEntry } from '../../common/model/transcript.ts'

export type Change =
  /** A new call, or the newest of a known one; its note and flag stay. */
  | { op: 'call'; call: CallRecord }
  /** Same id replaces. Of a call that is not there: ignored, as in the ones that follow. */
  | { op: 'lines'; id: string; entries: TranscriptEntry[] }
  | { op: 'spoken'; id: string; items: SpokenItem[] }
  | { op: 'mark'; id: string; note?: string | undefined; flagged?: boolean | undefined }
  | { op: 'moment'; id: string; moment: Moment }
  | { op: 'removeMoment'; id: string; momentId: string }
  | { op: 'remove'; ids: string[] }
  /** Calls that began before. */
  | { op: 'removeBefore'; at: number }
  | { op: 'removeAll' }

export interface HistoryStore {
  readonly kept: 'database' | 'file' | 'memory'
  /** All or none; throws what the disk says. */
  apply(changes: readonly Change[]): void
  find(query: HistoryQuery): HistoryFound
  get(id: string): HistoryDetail | undefined
  close(): void
}

/** Written without spaces: a word in the middle of a line is no beginning of one there. */
export const isUnspaced = (text: string): boolean =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u.test(
    text,
  )
