// Transcripts of our calls: finals and interim lines from events, gaps marked and filled over REST, a tail after the end.
import type { Log } from '../../common/kit/log.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Call } from '../../common/model/call.ts'
import type { TranscriptEntry } from '../../common/model/transcript.ts'
import type { Platform, PlatformEvent, WireTranscript } from '../platform/platform.ts'
import {
  type CallLines,
  createCallLines,
  evict,
  type Speech,
  toFinal,
  toInterim,
  toLastWords,
} from './call-lines.ts'
import { createGaps } from './gaps.ts'
import { createOwners } from './owners.ts'

export interface Transcripts {
  take(event: PlatformEvent): void
  /** From now on lines of this call are told; those that came before are told at once. */
  follow(callId: string): void
  /** The call as it is now: its end starts the tail. */
  takeCall(call: Pick<Call, 'id' | 'status'>): void
  /** Events are being lost from now on. */
  markGap(fromAt: number): void
  /** Events flow again: what was missed is read over REST. */
  fillGap(fromAt: number, toAt: number): Promise<void>
  /** Reads what the platform has of a call; never fails. */
  read(callId: string): Promise<void>
  entries(callId: string): TranscriptEntry[]
  /** Of the followed calls. */
  all(): Record<string, TranscriptEntry[]>
  onEntries(listener: (callId: string, entries: TranscriptEntry[]) => void): () => void
  /** Speech as it begins and goes on, of every call, followed or not. */
  onSpeech(listener: (callId: string, speech: Speech) => void): () => void
}

export interface TranscriptParts {
  platform: Pick<Platform, 'transcribes' | 'transcripts'>
  log: Log
  /** Events are not to be relied on now: lines are read over REST. */
  isDeaf(): boolean
  /** No event ever brings a line, as to plain agents (contract C.10, E.5): they are read all the time. */
  isNeverTold?(): boolean
}

type Item =
  | { kind: 'final'; line: WireTranscript; source: 'event' | 'rest' }
  | { kind: 'speech'; speech: Speech }

const callLimit = 20
/** A hang-up can overtake the last line (contract E.7). */
const tailMs = 10_000
const pollMs = 2_500
/** Looks for the transcription of a followed call that no event announced. */
const findMs = [1_000, 3_000, 8_000]

export function openTranscripts(scope: Scope, parts: TranscriptParts): Transcripts {
  const records = new Map<string, CallLines>()
  const listeners = new Set<(callId: string, entries: TranscriptEntry[]) => void>()

  const speechListeners = new Set<(callId: string, speech: Speech) => void>()

  const recordOf = (callId: string): CallLines => {
    let record = records.get(callId)
    if (!record) {
      record = createCallLines()
      // Room first: the new one, which nobody follows yet, must not make way for itself.
      if (records.size >= callLimit) evict(records)
      records.set(callId, record)
    }
    return record
  }
  const tell = (callId: string, entries: TranscriptEntry[]) => {
    if (entries.length > 0) for (const listener of listeners) listener(callId, entries)
  }
  const put = (callId: string, record: CallLines, entry: TranscriptEntry) => {
    record.book.put(entry)
    if (record.followed) tell(callId, [entry])
  }

  const deliver = (callId: string, item: Item): void => {
    const record = recordOf(callId)
    if (item.kind === 'speech') {
      for (const listener of speechListeners) listener(callId, item.speech)
      const line = toInterim(callId, item.speech, record, owners.languageOf(item.speech.transcribeId))
      if (line) put(callId, record, line)
      return
    }
    if (record.book.has(item.line.id) || item.line.text.trim() === '') return
    if (record.twins.isTwin(item.line)) return
    const { source } = item
    const language = owners.languageOf(item.line.transcribeId)
    const line = toFinal(callId, item.line, record, { source, language })
    record.lastFinalAt[line.direction] = Math.max(record.lastFinalAt[line.direction] ?? 0, line.createdAt)
    delete record.utterance[line.direction]
    // Counted here: the reading while events are away fills the gap as well as the one at its end.
    if (record.gap && line.source === 'rest') record.gap = { ...record.gap, filled: record.gap.filled + 1 }
    put(callId, record, line)
  }
  const owners = createOwners<Item>(scope, { platform: parts.platform, deliver })
  const route = (transcribeId: string, item: Item) => {
    const callId = owners.callOf(transcribeId)
    if (callId) deliver(callId, item)
    else owners.hold(transcribeId, item)
  }

  /** Reads all lines of a call. */
  const backfill = async (callId: string): Promise<void> => {
    for (const transcribe of await parts.platform.transcribes.ofCall(callId)) owners.learn(transcribe)
    for (const id of owners.transcribesOf(callId)) {
      const lines = await parts.platform.transcripts.list(id)
      if (scope.ended) return
      for (const line of lines) deliver(callId, { kind: 'final', line, source: 'rest' })
    }
  }
  const reading = new Map<string, number>()
  /** True when it could be read. */
  const quietly = async (callId: string): Promise<boolean> => {
    reading.set(callId, (reading.get(callId) ?? 0) + 1)
    const isRead = await backfill(callId).then(
      () => true,
      (error) => {
        parts.log.warn(`transcript of ${callId} could not be read`, error)
        return false
      },
    )
    const left = (reading.get(callId) ?? 1) - 1
    if (left > 0) reading.set(callId, left)
    else reading.delete(callId)
    return isRead
  }
  /** A look from time to time, which must not queue behind itself where requests are slow or limited. */
  const glance = (callId: string) => void (reading.has(callId) || quietly(callId))

  const isKept = (callId: string, record: CallLines) => records.get(callId) === record
  const gaps = createGaps(scope, { put, read: quietly, isDeaf: parts.isDeaf, isKept })
  const followed = () => [...records].filter(([, record]) => record.followed)
  const markGap = (fromAt: number) => {
    for (const [callId, record] of followed()) gaps.mark(callId, record, fromAt)
  }

  const end = (callId: string, record: CallLines) => {
    record.ended = true
    scope.after(tailMs, () => {
      // Forgotten meanwhile: reading it would bring it back.
      if (!isKept(callId, record)) return
      const looked = record.gap ? gaps.fill(callId, record, Date.now()) : quietly(callId)
      void looked.then(() => {
        for (const line of toLastWords(record.book.entries())) put(callId, record, line)
      })
    })
  }

  scope.every(pollMs, () => {
    if (!parts.isDeaf() && !parts.isNeverTold?.()) return
    for (const [callId, record] of followed()) if (!record.ended) glance(callId)
  })

  return {
    take(event) {
      if (event.kind === 'transcribe') owners.learn(event.transcribe)
      else if (event.kind === 'transcript') {
        route(event.transcript.transcribeId, { kind: 'final', line: event.transcript, source: 'event' })
      } else if (event.kind === 'speech') route(event.transcribeId, { kind: 'speech', speech: event })
    },
    follow(callId) {
      const record = recordOf(callId)
      if (record.followed) return
      record.followed = true
      tell(callId, record.book.entries())
      for (const ms of findMs) {
        scope.after(ms, () => {
          if (!record.ended && owners.transcribesOf(callId).length === 0) glance(callId)
        })
      }
    },
    takeCall(call) {
      const record = records.get(call.id)
      if (record?.followed && !record.ended && call.status === 'hangup') end(call.id, record)
    },
    markGap,
    async fillGap(fromAt, toAt) {
      markGap(fromAt)
      await Promise.all(followed().map(([callId, record]) => gaps.fill(callId, record, toAt)))
    },
    read: async (callId) => void (await quietly(callId)),
    entries: (callId) => records.get(callId)?.book.entries() ?? [],
    all: () => Object.fromEntries(followed().map(([callId, record]) => [callId, record.book.entries()])),
    onEntries(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onSpeech(listener) {
      speechListeners.add(listener)
      return () => speechListeners.delete(listener)
    },
  }
}
