// Opens a record for each call and each run of the quickstart, and puts down in it whatever belongs there.
import type { ErrorCode } from '../../common/kit/errors.ts'
import { AppError } from '../../common/kit/errors.ts'
import type { Log } from '../../common/kit/log.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Session } from '../../common/model/phone.ts'
import type { Quickstart } from '../../common/model/quickstart.ts'
import { type RecordAbout, type RecordBatch, toRecordId, toRunId } from '../../common/model/record.ts'
import type { RecordClock } from './clock.ts'
import { createPreamble, type ItemWithoutTime, type Noted } from './preamble.ts'
import { openRunning, type RunningRecord } from './running.ts'
import type { Shelf } from './shelf.ts'

export interface RecorderParts {
  shelf: Shelf
  clock: RecordClock
  keeps(): boolean
  /** What is the same for all records of now. */
  setting(): Pick<RecordAbout, 'environment' | 'companion'>
  tell(error: AppError): void
  settle(code: ErrorCode): void
  log: Log
}

export interface Recorder {
  /** `about`: a SIP Call-ID or a call of the platform; without it, it concerns everything that runs. */
  note(at: number, item: ItemWithoutTime, about?: string): void
  session(session: Session): void
  /** The platform's call of a session. */
  link(sessionId: string, callId: string): void
  run(quickstart: Quickstart): void
  batch(batch: RecordBatch): void
  running(): ReadonlySet<string>
  /** Lets go of those that run, unpacked, before their files are removed. */
  discard(ids: readonly string[] | 'all'): Promise<void>
  flush(): Promise<void>
}

const flushMs = 1_000
/** Answers, lines and events that are on their way when a call ends. */
const lingerMs = 6_000
/** Items of calls that are not ours, or not yet. */
const mostStrangers = 400

export function createRecorder(scope: Scope, parts: RecorderParts): Recorder {
  const { shelf, clock } = parts
  const preamble = createPreamble()
  const open = new Map<string, RunningRecord>()
  /** SIP session → its record; the names by which others call it → its session. */
  const sessions = new Map<string, { record: RunningRecord; ended: boolean }>()
  const names = new Map<string, string>()
  let run: { startedAt: number; record: RunningRecord; isOver: boolean } | undefined
  let isRefused = false

  const refuse = (thrown: unknown) => {
    parts.log.warn('a flight record could not be written', thrown)
    if (isRefused) return
    isRefused = true
    parts.tell(new AppError('record.unsaved', { cause: thrown, detail: toText(thrown) }))
  }
  const accepted = () => {
    if (!isRefused) return
    isRefused = false
    parts.settle('record.unsaved')
  }
  const begin = (about: RecordAbout, names: readonly string[]): RunningRecord | undefined => {
    const origin = clock.of(about.startedAt)
    const before = preamble.before(origin).filter((noted) => !noted.about || names.includes(noted.about))
    try {
      const record = openRunning(shelf, about, origin, before)
      open.set(about.id, record)
      return record
    } catch (thrown) {
      refuse(thrown)
      return undefined
    }
  }
  const forget = (record: RunningRecord) => {
    for (const [id, one] of sessions) if (one.record === record) sessions.delete(id)
    if (run?.record === record) run = undefined
    return open.delete(record.id)
  }
  const packing = new Map<string, Promise<void>>()
  const finish = async (record: RunningRecord) => {
    if (!forget(record)) return
    const closed = record.close().then(accepted, refuse)
    packing.set(record.id, closed)
    await closed
    packing.delete(record.id)
  }
  const finishLater = (record: RunningRecord) => {
    scope.after(lingerMs, () => void finish(record))
  }
  /** The record of a session, and that of the run, in which it may be. None while records are switched off. */
  const of = (sessionId: string | undefined): RunningRecord[] => {
    if (!parts.keeps()) return []
    const own = sessionId === undefined ? undefined : sessions.get(sessionId)?.record
    return [...(own ? [own] : []), ...(run ? [run.record] : [])]
  }
  /** Whose it is; nothing when nobody bears that name. */
  const whose = (about: string | undefined): Iterable<RunningRecord> | undefined => {
    if (about === undefined) return open.values()
    const sessionId = names.get(about) ?? about
    return sessions.has(sessionId) || names.has(about) ? of(sessionId) : undefined
  }
  /** Of calls that nobody bears yet: one of ours that is not linked, or that of somebody else, which is written nowhere. */
  let strangers: Noted[] = []
  /** What came of a call before it was known whose it is. */
  const release = (name: string, into: readonly RunningRecord[]) => {
    for (const { at, item } of strangers.filter(({ about }) => about === name)) {
      for (const record of into) record.item(at, item)
    }
    strangers = strangers.filter(({ about }) => about !== name)
  }
  const note: Recorder['note'] = (at, item, about) => {
    if (!parts.keeps()) return
    preamble.add({ at, item, about })
    if (open.size === 0) return
    const records = whose(about)
    if (records) for (const record of records) record.item(at, item)
    else strangers = [...strangers.slice(1 - mostStrangers), { at, item, about }]
  }

  const tell = (session: Session, record: RunningRecord) => {
    const { answeredAt, endedAt, outcome, error } = session
    record.change({
      // From the wall time once: at the end its age would be that of a clock that may have been set.
      ...(answeredAt === undefined || record.about().answeredT !== undefined
        ? {}
        : { answeredT: clock.of(answeredAt) - record.origin }),
      ...(endedAt === undefined ? {} : { endedT: clock.of(endedAt) - record.origin }),
      ...(outcome === undefined ? {} : { outcome }),
      ...(error === undefined ? {} : { why: error.say }),
    })
  }
  scope.every(flushMs, () => void flush())
  const flush = async () => {
    await Promise.all([...open.values()].map((record) => record.flush().then(accepted, refuse)))
  }
  scope.add(() => Promise.all([...open.values()].map(finish)))

  return {
    note,
    session(session) {
      let known = sessions.get(session.id)
      if (!known) {
        if (!parts.keeps() || open.has(toRecordId(session)) || names.get(session.sipCallId) === session.id)
          return
        names.set(session.sipCallId, session.id)
        const about = { ...toAbout(session), ...parts.setting() }
        const record = begin(about, [session.sipCallId])
        if (!record) return
        known = { record, ended: false }
        sessions.set(session.id, known)
        // Its own record has them from the time before it.
        release(session.sipCallId, of(undefined))
      }
      if (session.answeredAt !== undefined && known.record.about().answeredT === undefined) {
        tell(session, known.record)
      }
      if (session.status !== 'ended' || known.ended) return
      known.ended = true
      tell(session, known.record)
      finishLater(known.record)
    },
    link(sessionId, callId) {
      if (names.get(callId) === sessionId) return
      names.set(callId, sessionId)
      sessions.get(sessionId)?.record.change({ callId })
      release(callId, of(sessionId))
      while (names.size > 500) names.delete(names.keys().next().value ?? '')
    },
    run({ status, startedAt }) {
      if (run && !run.isOver && (status !== 'running' || run.startedAt !== startedAt)) {
        run.isOver = true
        run.record.change({ outcome: status, endedT: clock.now() - run.record.origin })
        finishLater(run.record)
      }
      if (status !== 'running' || startedAt === undefined || !parts.keeps() || run?.startedAt === startedAt)
        return
      if (run) void finish(run.record)
      const record = begin({ id: toRunId(startedAt), ...runAbout, startedAt, ...parts.setting() }, [])
      if (record) run = { startedAt, record, isOver: false }
    },
    batch({ clock: phone, levels, rtp, steps, shown }) {
      const at = (t: number) => t + phone.offsetMs
      for (const { t, sessionId, ...row } of levels) {
        for (const record of of(sessionId)) record.level(at(t), row)
      }
      for (const { t, sessionId, ...sample } of rtp)
        for (const record of of(sessionId)) record.rtp(at(t), sample)
      for (const { t, sessionId, kind, title, tone } of steps) {
        const item: ItemWithoutTime =
          kind === 'action' ? { kind, title } : { kind, title, direction: 'none', tone: tone ?? 'plain' }
        note(at(t), item, sessionId)
      }
      for (const { t, callId, id, status } of shown) note(at(t), { kind: 'shown', id, status }, callId)
      for (const record of open.values()) record.clock(phone)
    },
    running: () => new Set([...open.keys(), ...packing.keys()]),
    async discard(ids) {
      const isMeant = (id: string) => ids === 'all' || ids.includes(id)
      const discarded = [...open.values()].filter(({ id }) => isMeant(id))
      for (const record of discarded) forget(record)
      const packed = [...packing].filter(([id]) => isMeant(id)).map(([, closed]) => closed)
      await Promise.all([...discarded.map((record) => record.discard()), ...packed])
    },
    flush,
  }
}

const runAbout = { kind: 'quickstart', title: 'Quickstart', address: '' } as const

function toAbout(session: Session): Omit<RecordAbout, 'environment' | 'companion'> {
  const { displayName, user, host } = session.remote
  return {
    id: toRecordId(session),
    kind: 'call',
    title: (displayName || user || host || 'Unknown caller').slice(0, 300),
    address: (user ? `${user}@${host}` : host).slice(0, 300),
    direction: session.direction,
    startedAt: session.startedAt,
    sipCallId: session.sipCallId.slice(0, 300),
  }
}

const toText = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown))
