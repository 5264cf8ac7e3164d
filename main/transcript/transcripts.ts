// Transcripts of our calls: finals and interim lines from events, gaps marked and filled over REST, a tail after the end.
import type { Log } from '../../common/kit/log.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Call } from '../../common/model/call.ts'
import type {
  SpeechDirection,
  TranscriptEntry,
  TranscriptGap,
  TranscriptLine,
} from '../../common/model/transcript.ts'
import type { Platform, PlatformEvent, WireTranscript } from '../platform/platform.ts'
import { createTranscriptBook, type TranscriptBook } from './book.ts'
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
  entries(callId: string): TranscriptEntry[]
  /** Of the followed calls. */
  all(): Record<string, TranscriptEntry[]>
  onEntries(listener: (callId: string, entries: TranscriptEntry[]) => void): () => void
}

export interface TranscriptParts {
  platform: Pick<Platform, 'transcribes' | 'transcripts'>
  log: Log
  /** Events are not to be relied on now: lines are read over REST. */
  isDeaf(): boolean
}

type Speech = Extract<PlatformEvent, { kind: 'speech' }>
type Item =
  | { kind: 'final'; line: WireTranscript; source: 'event' | 'rest' }
  | { kind: 'speech'; speech: Speech }

/** A call whose lines we keep, followed or only in case it turns out to be ours. */
interface CallLines {
  book: TranscriptBook
  followed: boolean
  ended: boolean
  gap: TranscriptGap | undefined
  /** Start of the utterance being spoken, and the time of the last final, per direction. */
  utterance: Partial<Record<SpeechDirection, number>>
  lastFinalAt: Partial<Record<SpeechDirection, number>>
}

const callLimit = 20
/** A hang-up can overtake the last line (contract E.7). */
const tailMs = 10_000
const pollMs = 2_500
/** Looks for the transcription of a followed call that no event announced. */
const findMs = [1_000, 3_000, 8_000]

export function openTranscripts(scope: Scope, parts: TranscriptParts): Transcripts {
  const records = new Map<string, CallLines>()
  const listeners = new Set<(callId: string, entries: TranscriptEntry[]) => void>()
  let gaps = 0

  const recordOf = (callId: string): CallLines => {
    let record = records.get(callId)
    if (!record) {
      record = {
        book: createTranscriptBook(),
        followed: false,
        ended: false,
        gap: undefined,
        utterance: {},
        lastFinalAt: {},
      }
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
      const line = toInterim(callId, item.speech, record)
      if (line) put(callId, record, line)
      return
    }
    if (record.book.has(item.line.id) || item.line.text.trim() === '') return
    const line = toFinal(callId, item.line, item.source)
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
  const quietly = async (callId: string) => {
    reading.set(callId, (reading.get(callId) ?? 0) + 1)
    await backfill(callId).catch((error) =>
      parts.log.warn(`transcript of ${callId} could not be read`, error),
    )
    const left = (reading.get(callId) ?? 1) - 1
    if (left > 0) reading.set(callId, left)
    else reading.delete(callId)
  }
  /** A look from time to time, which must not queue behind itself where requests are slow or limited. */
  const glance = (callId: string) => void (reading.has(callId) || quietly(callId))

  const closeGap = (callId: string, record: CallLines, endedAt: number) => {
    if (!record.gap) return
    put(callId, record, { ...record.gap, endedAt })
    record.gap = undefined
  }
  const followed = () => [...records].filter(([, record]) => record.followed)
  const markGap = (fromAt: number) => {
    for (const [callId, record] of followed()) {
      if (record.ended || record.gap) continue
      record.gap = { kind: 'gap', id: `gap-${++gaps}`, callId, createdAt: fromAt, filled: 0 }
      put(callId, record, record.gap)
    }
  }

  const end = (callId: string, record: CallLines) => {
    record.ended = true
    scope.after(tailMs, () => {
      // Forgotten meanwhile: reading it would bring it back.
      if (records.get(callId) !== record) return
      void quietly(callId).then(() => {
        closeGap(callId, record, Date.now())
        keepLastInterim(callId, record, put)
      })
    })
  }

  scope.every(pollMs, () => {
    if (!parts.isDeaf()) return
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
      await Promise.all(
        followed().map(async ([callId, record]) => {
          if (!record.gap) return
          await quietly(callId)
          if (!scope.ended) closeGap(callId, record, toAt)
        }),
      )
    },
    entries: (callId) => records.get(callId)?.book.entries() ?? [],
    all: () => Object.fromEntries(followed().map(([callId, record]) => [callId, record.book.entries()])),
    onEntries(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** On a leg that both sides share a line, what was heard counts. */
const toDirection = (direction: SpeechDirection | 'both'): SpeechDirection =>
  direction === 'in' ? 'in' : 'out'

function toFinal(callId: string, line: WireTranscript, source: 'event' | 'rest'): TranscriptLine {
  const now = Date.now()
  return {
    kind: 'line',
    id: line.id,
    callId,
    transcribeId: line.transcribeId,
    direction: toDirection(line.direction),
    text: line.text,
    status: 'final',
    offsetMs: line.offsetMs,
    createdAt: line.createdAt ?? now,
    arrivedAt: now,
    source,
  }
}

/** The one interim line of a direction; nothing for an interim text that its final has overtaken. */
function toInterim(callId: string, speech: Speech, record: CallLines): TranscriptLine | undefined {
  const direction = toDirection(speech.direction)
  const now = Date.now()
  const at = speech.at ?? now
  if (speech.phase !== 'interim' || speech.text.trim() === '') return undefined
  if (speech.at !== undefined && speech.at <= (record.lastFinalAt[direction] ?? 0)) return undefined
  record.utterance[direction] ??= at
  return {
    kind: 'line',
    id: `interim-${speech.transcribeId}-${direction}`,
    callId,
    transcribeId: speech.transcribeId,
    direction,
    text: speech.text,
    status: 'interim',
    createdAt: record.utterance[direction],
    arrivedAt: now,
    source: 'event',
  }
}

/** What was only ever interim when the call is over is all there will be. */
function keepLastInterim(
  callId: string,
  record: CallLines,
  put: (callId: string, record: CallLines, entry: TranscriptEntry) => void,
): void {
  for (const entry of record.book.entries()) {
    if (entry.kind === 'line' && entry.status === 'interim')
      put(callId, record, { ...entry, status: 'final' })
  }
}

/** The oldest call that nobody follows, else the oldest that has ended, else the oldest. */
function evict(records: Map<string, CallLines>): void {
  const all = [...records]
  const oldest =
    all.find(([, record]) => !record.followed) ?? all.find(([, record]) => record.ended) ?? all[0]
  if (oldest) records.delete(oldest[0])
}
