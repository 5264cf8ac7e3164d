// Puts down what the phone, the platform and the features of main show: states, sounds, lines, speak items.
import type { Scope } from '../../common/kit/scope.ts'
import type { AppState } from '../../common/model/app-state.ts'
import type { PhoneState, Session, SoundEdge } from '../../common/model/phone.ts'
import type { SpeakItem } from '../../common/model/speaking.ts'
import type { TranscriptEntry } from '../../common/model/transcript.ts'
import type { RecordClock } from './clock.ts'
import type { ItemWithoutTime } from './preamble.ts'
import type { Recorder } from './recorder.ts'
import { toPhoneStates, toSessionStates } from './to-item.ts'

interface Readable<T> {
  getState(): T
  subscribe(listener: () => void): () => void
}

export interface FollowParts {
  phone: Readable<PhoneState>
  app: Readable<AppState>
  onSound(listener: (edge: SoundEdge) => void): () => void
  recorder: Recorder
  clock: RecordClock
}

export function followAll(scope: Scope, parts: FollowParts): void {
  followPhone(scope, parts)
  followApp(scope, parts)
  scope.add(
    parts.onSound(({ sessionId, where, edge, at }) =>
      parts.recorder.note(parts.clock.of(at), { kind: 'sound', where, edge }, sessionId),
    ),
  )
}

function followPhone(scope: Scope, { phone, recorder, clock }: FollowParts): void {
  let before = phone.getState()
  let known = new Map<string, Session>()
  scope.add(
    phone.subscribe(() => {
      const next = phone.getState()
      const now = clock.now()
      for (const item of toPhoneStates(next, before)) recorder.note(now, item)
      before = next
      for (const session of next.sessions) {
        const old = known.get(session.id)
        if (old === session) continue
        // First the end's states, while its record is open; a new one is opened before its first state.
        if (!old) recorder.session(session)
        for (const item of toSessionStates(session, old)) recorder.note(now, item, session.id)
        if (old) recorder.session(session)
      }
      known = new Map(next.sessions.map((session) => [session.id, session]))
    }),
  )
}

/** What of the app is one word that changes. */
const words: ReadonlyArray<[string, (app: AppState) => string]> = [
  ['account', ({ account }) => account.status],
  ['extension', ({ extension }) => extension.status],
  ['events', ({ subscription: one }) => (one.status === 'open' ? `open, ${one.delivery}` : one.status)],
  ['practice', ({ practice }) => practice.status],
]

function followApp(scope: Scope, parts: FollowParts): void {
  const { app, recorder, clock } = parts
  let before = app.getState()
  scope.add(
    app.subscribe(() => {
      const next = app.getState()
      const last = before
      before = next
      const now = clock.now()
      const note = (item: ItemWithoutTime, about?: string) => recorder.note(now, item, about)
      for (const [what, read] of words) {
        if (read(next) !== read(last)) note({ kind: 'state', what, to: read(next) })
      }
      if (next.links !== last.links) takeLinks(next.links, recorder)
      if (next.quickstart !== last.quickstart) takeSteps(next, last, recorder, note)
      if (next.calls !== last.calls) takeCalls(next.calls, last.calls, note)
      if (next.speakings !== last.speakings) takeSpeakings(next.speakings, last.speakings, parts)
    }),
  )
}

function takeLinks(links: AppState['links'], recorder: Recorder): void {
  for (const [sessionId, link] of Object.entries(links)) {
    if (link.status === 'linked') recorder.link(sessionId, link.callId)
  }
}

type Note = (item: ItemWithoutTime, about?: string) => void

function takeSteps(next: AppState, last: AppState, recorder: Recorder, note: Note): void {
  const isOver = next.quickstart.status !== 'running'
  if (!isOver) recorder.run(next.quickstart)
  for (const step of next.quickstart.steps) {
    const old = last.quickstart.steps.find(({ id }) => id === step.id)
    if (old?.state === step.state || step.state === 'waiting') continue
    const detail = step.error?.say ?? step.proof
    note({
      kind: 'state',
      what: `step ${step.id}`,
      to: step.state,
      ...(detail ? { detail: detail.slice(0, 300) } : {}),
    })
  }
  if (isOver) recorder.run(next.quickstart)
}

function takeCalls(next: AppState['calls'], last: AppState['calls'], note: Note): void {
  for (const [id, call] of Object.entries(next)) {
    if (call === last[id] || call.status === last[id]?.status) continue
    const detail = call.hangupReason
    note({ kind: 'state', what: 'platform call', to: call.status, ...(detail ? { detail } : {}) }, id)
  }
}

function takeSpeakings(
  next: AppState['speakings'],
  last: AppState['speakings'],
  { recorder, clock }: FollowParts,
): void {
  for (const [callId, speaking] of Object.entries(next)) {
    const old = last[callId]
    if (speaking === old) continue
    if (speaking.session.status !== old?.session.status) {
      const item: ItemWithoutTime = { kind: 'state', what: 'speaking', to: speaking.session.status }
      recorder.note(clock.now(), item, callId)
    }
    const known = new Map(old?.items.map((item) => [item.id, item]))
    for (const item of speaking.items) takeSpoken(item, known.get(item.id), callId, { recorder, clock })
  }
}

/** Each step when it was reached, also where it is told late. */
function takeSpoken(
  item: SpeakItem,
  old: SpeakItem | undefined,
  callId: string,
  { recorder, clock }: Pick<FollowParts, 'recorder' | 'clock'>,
): void {
  if (item === old) return
  const { id, text } = item
  const note = (status: string, at: number) => recorder.note(at, { kind: 'say', id, status, text }, callId)
  if (item.sentAt !== undefined && item.sentAt !== old?.sentAt) note('sent', clock.of(item.sentAt))
  if (item.heardAt !== undefined && old?.heardAt === undefined) note('heard', clock.of(item.heardAt))
  if (item.status !== old?.status && item.status !== 'heard') note(item.status, clock.now())
}

/** Gaps are shown by the state of the events. */
export function noteEntries(
  { recorder, clock }: Pick<FollowParts, 'recorder' | 'clock'>,
  callId: string,
  entries: readonly TranscriptEntry[],
): void {
  for (const entry of entries) {
    if (entry.kind !== 'line') continue
    const { id, direction, status, text, source, arrivedAt, offsetMs, transcribeId: of } = entry
    recorder.note(
      clock.of(arrivedAt),
      { kind: 'line', id: id.slice(0, 300), direction, status, text, source, offsetMs, of: of.slice(0, 300) },
      callId,
    )
  }
}
